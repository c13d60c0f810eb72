/* "Cite this page" becomes "Cite this fact" when the address names one: the fact's address takes the page's place.
   A page read as of another day is cited with that day in its address. */
(() => {
  "use strict";
  const box = document.getElementById("cite-this");
  if (!box) return;
  const fields = [...box.querySelectorAll("dd, pre")].map((field) => [field, field.textContent]);
  const permalink = fields[0][1].trim();
  const title = box.querySelector("h2");
  const what = box.querySelector("p");

  const update = () => {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const fact = anchor && document.getElementById(anchor);
    const day = new URL(location.href).searchParams.get("on");
    const on = document.querySelector("[data-as-of]") && /^\d{4}-\d\d-\d\d$/.test(day ?? "") ? `?on=${day}` : "";
    const known = fact && fact.closest(".fb-page") && fact !== box && !/^(note-\d+|top)$/.test(anchor);
    title.textContent = known ? "Cite this fact" : "Cite this page";
    what.hidden = !known;
    if (known) {
      const words = fact.cloneNode(true);
      words.querySelectorAll(".fb-cites, .fb-mark, .fb-fact__note, .fb-quote").forEach((each) => each.remove());
      const text = words.textContent.replace(/\s+/g, " ").trim();
      what.textContent = `“${text.length > 160 ? `${text.slice(0, 157)}…` : text}”`;
    }
    for (const [field, text] of fields) {
      field.textContent = text.split(permalink).join(`${permalink}${on}${known ? `#${anchor}` : ""}`);
    }
  };
  window.addEventListener("hashchange", update);
  window.addEventListener("fb-day", update);
  update();
})();
