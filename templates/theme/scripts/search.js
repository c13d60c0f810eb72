/* Search on the page that holds a form marked data-fb-search. Nothing of the index is fetched before a reader types
   or comes with a query in the address (search/?q=…). Works under any path, since the site's root is found from
   where this script was loaded.

   The form:  <form role="search" data-fb-search> with an input named q, an element marked data-fb-search-state
   (role="status"), and a list marked data-fb-search-results. */
"use strict";
(() => {
  const root = new URL("../", document.currentScript.src);
  const form = document.querySelector("[data-fb-search]");
  if (!form) return;

  const input = form.elements.namedItem("q");
  const state = form.querySelector("[data-fb-search-state]");
  const list = form.querySelector("[data-fb-search-results]");
  const most = 20;
  let loading = null;
  let latest = 0;

  /** The search program, fetched once, at the first question. */
  const pagefind = () => {
    loading ??= import(new URL("pagefind/pagefind.js", root).href).then(async (program) => {
      await program.options({ baseUrl: root.pathname, excerptLength: 24, noWorker: true });
      return program;
    });
    return loading;
  };

  /** Text with its matches marked. Only text and marks are taken over from the excerpt. */
  const excerpt = (html) => {
    const line = document.createElement("p");
    const read = new DOMParser().parseFromString(html, "text/html").body;
    for (const node of read.childNodes) {
      const isMatch = node.nodeName === "MARK";
      const piece = isMatch ? document.createElement("mark") : document.createTextNode(node.textContent);
      if (isMatch) piece.textContent = node.textContent;
      line.append(piece);
    }
    return line;
  };

  const row = (found) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = found.url;
    link.textContent = found.meta.title || found.url;
    item.append(link, excerpt(found.excerpt));
    return item;
  };

  const ask = async () => {
    const question = input.value.trim();
    const turn = ++latest;
    if (!question) {
      list.replaceChildren();
      state.textContent = "";
      return;
    }
    try {
      const program = await pagefind();
      const answer = await program.search(question);
      const rows = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      if (turn !== latest) return; // the reader has typed on
      const count = answer.results.length;
      list.replaceChildren(...rows.map(row));
      state.textContent =
        count === 0 ? `Nothing found for “${question}”.`
        : count > most ? `${count} pages found; the first ${most} are shown.`
        : count === 1 ? "1 page found." : `${count} pages found.`;
    } catch {
      if (turn === latest) state.textContent = "Search could not be loaded. Try again in a moment.";
      loading = null;
    }
  };

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const here = new URL(location.href);
    here.searchParams.set("q", input.value);
    history.replaceState(null, "", here);
    ask();
  });

  const asked = new URL(location.href).searchParams.get("q");
  if (asked) {
    input.value = asked;
    ask();
  }
})();
