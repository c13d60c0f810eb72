/* The page's own furniture: light or dark, the menu on narrow screens, the contents list that follows the reader. */
(() => {
  "use strict";
  const root = document.documentElement;

  /* Light or dark: as the system, light, dark, and round again. */
  const schemes = [["", "as your system"], ["light", "light"], ["dark", "dark"]];
  const scheme = document.querySelector(".fb-scheme");
  const name = () => {
    const at = Math.max(0, schemes.findIndex(([each]) => each === (root.dataset.scheme || "")));
    const next = schemes[(at + 1) % schemes.length];
    scheme.title = `Colours: ${schemes[at][1]}. Change to ${next[1]}`;
    scheme.setAttribute("aria-label", scheme.title);
    return next[0];
  };
  if (scheme) {
    name();
    scheme.hidden = false;
    scheme.addEventListener("click", () => {
      const next = name();
      if (next) root.dataset.scheme = next;
      else delete root.dataset.scheme;
      try { localStorage.setItem("factbook-scheme", next); } catch { /* not kept, but shown */ }
      name();
    });
  }

  /* The menu closes with Escape, and when the reader goes elsewhere. */
  const menu = document.querySelector(".fb-menu");
  if (menu) {
    const close = (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; };
    document.addEventListener("click", close);
    document.addEventListener("focusin", close);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  /* The contents list says where the reader is. */
  const links = new Map([...document.querySelectorAll(".md-nav--secondary a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter((each) => each && !each.closest("aside"));
  if (headings.length && "IntersectionObserver" in window) {
    const seen = new IntersectionObserver(() => {
      const past = headings.filter((heading) => heading.getBoundingClientRect().top < window.innerHeight / 3);
      const here = past.length ? past[past.length - 1].id : "";
      for (const [id, link] of links) {
        if (id === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, { rootMargin: "0px 0px -66% 0px" });
    headings.forEach((heading) => seen.observe(heading));
  }
})();
