/* Opens search: from the header and with "/". What searches is in searching.js, and is fetched when a reader opens it or comes
   to the search page. Without this script the link in the header leads to the search page, with everything from A to Z. */
(() => {
  "use strict";
  const root = new URL("../", document.currentScript.src);
  const opener = document.querySelector("[data-fb-search-open]");
  const form = document.querySelector("[data-fb-search]");
  const load = () => import(new URL("scripts/searching.js", root).href);

  /* On the search page its own field is the place to type; elsewhere a panel opens over the page. */
  const open = () => {
    if (form) {
      form.elements.q.focus();
      return;
    }
    load().then((search) => search.open(root, opener)).catch(() => location.assign(opener.href));
  };

  const typing = (element) => element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

  if (form) load().then((search) => search.page(root, form));
  if (!opener) return;
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    open();
  });
})();
