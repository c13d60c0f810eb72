/* Cards that open in place: the source behind a number, and a look at the page behind a link.
   Without this script a number leads to the same source at the foot of the page, and a link to its page. */
(() => {
  "use strict";
  const article = document.querySelector(".fb-page");
  if (!article) return;

  const card = document.createElement("aside");
  card.className = "fb-card";
  card.hidden = true;
  card.id = "card";
  card.setAttribute("role", "note");
  document.body.append(card);

  let owner = null;      // the link whose card is open
  let pinned = false;    // opened on purpose: stays until closed
  let waiting = 0;       // timer of a hover
  const seen = new Map(); // pages already looked at, by address

  const close = () => {
    clearTimeout(waiting);
    if (owner) owner.removeAttribute("aria-expanded");
    if (owner) owner.removeAttribute("aria-details");
    card.hidden = true;
    owner = null;
    pinned = false;
  };

  const place = (link) => {
    const box = link.getBoundingClientRect();
    const width = card.offsetWidth;
    const left = Math.min(Math.max(8, box.left - 16), document.documentElement.clientWidth - width - 8);
    const below = box.bottom + 6;
    const fits = below + card.offsetHeight < window.innerHeight || box.top < card.offsetHeight + 12;
    const top = fits ? below : box.top - card.offsetHeight - 6;
    card.style.setProperty("left", `${left + window.scrollX}px`);
    card.style.setProperty("top", `${top + window.scrollY}px`);
  };

  const open = (link, content, pin) => {
    close();
    owner = link;
    pinned = pin;
    card.replaceChildren(...content);
    if (pin) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fb-card__close";
      button.textContent = "Close";
      button.addEventListener("click", () => { const back = owner; close(); if (back) back.focus(); });
      card.prepend(button);
    }
    const fact = pin && link.closest("[id]:not(article):not(header)");
    if (fact && article.contains(fact) && document.getElementById("cite-this")) {
      const line = document.createElement("p");
      const cite = document.createElement("a");
      cite.href = `#${fact.id}`;
      cite.textContent = "Cite this fact";
      cite.addEventListener("click", (event) => {
        event.preventDefault();
        close();
        history.replaceState(null, "", `#${fact.id}`);
        window.dispatchEvent(new HashChangeEvent("hashchange"));
        document.getElementById("cite-this").focus();
      });
      line.append(cite);
      card.append(line);
    }
    card.hidden = false;
    link.setAttribute("aria-expanded", "true");
    link.setAttribute("aria-details", "card");
    place(link);
  };

  const copyOf = (item) => {
    const copy = item.cloneNode(true);
    copy.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    return [...copy.childNodes];
  };

  /* The source behind a number: what stands at the foot of the page, and the whole entry where it refers to one above. */
  const source = (link) => {
    const item = document.getElementById(link.hash.slice(1));
    if (!item) return null;
    const content = copyOf(item);
    const first = item.querySelector('a[href^="#note-"]');
    const whole = first && document.getElementById(first.hash.slice(1));
    if (!whole) return content;
    const more = document.createElement("div");
    more.append(...copyOf(whole));
    return [...content, more];
  };

  /* A look at the page behind a link: its title, what it is, its state. */
  const look = async (link) => {
    const address = link.href.split("#")[0];
    if (!seen.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const lines = [];
      for (const [selector, name] of [
        [".fb-kicker", "fb-kicker"], [".fb-title", "fb-card__title"], [".fb-lede, #definition", ""], [".fb-fresh .fb-state", "fb-state"],
      ]) {
        const found = page.querySelector(`.fb-page ${selector.split(", ").join(", .fb-page ")}`);
        if (!found) continue;
        found.querySelectorAll(".fb-cites").forEach((each) => each.remove());
        const line = document.createElement("p");
        line.textContent = found.textContent.replace(/\s+/g, " ").trim();
        line.className = name || "";
        if (name === "fb-state") line.className = found.className;
        lines.push(line);
      }
      seen.set(address, lines);
    }
    return seen.get(address).map((line) => line.cloneNode(true));
  };

  const isNote = (link) => link.matches(".fb-cites > a");
  const isPage = (link) =>
    link.origin === location.origin && link.pathname !== location.pathname && !link.closest(".fb-card, nav, .fb-sources, .fb-quote");

  const show = async (link, pin) => {
    const content = isNote(link) ? source(link) : await look(link).catch(() => null);
    if (content && content.length && (pin || waiting)) open(link, content, pin);
  };

  const later = (event) => {
    const link = event.target.closest && event.target.closest("a");
    if (!link || !article.contains(link) || pinned || link === owner || !(isNote(link) || isPage(link))) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(link, false), isNote(link) ? 120 : 350);
  };
  const leave = (event) => {
    const to = event.relatedTarget;
    if (to && (card.contains(to) || (owner && owner.contains(to)))) return;
    clearTimeout(waiting);
    waiting = 0;
    if (!pinned && owner) setTimeout(() => { if (!pinned && !card.matches(":hover")) close(); }, 150);
  };

  article.addEventListener("mouseover", later);
  article.addEventListener("mouseout", leave);
  article.addEventListener("focusin", later);
  article.addEventListener("focusout", leave);
  card.addEventListener("mouseleave", leave);

  article.addEventListener("click", (event) => {
    const link = event.target.closest(".fb-cites > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (owner === link && pinned) close();
    else show(link, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !owner) return;
    const back = owner;
    const had = card.contains(document.activeElement);
    close();
    if (had) back.focus();
  });
  document.addEventListener("click", (event) => {
    if (owner && !card.contains(event.target) && !event.target.closest(".fb-cites > a")) close();
  });
  window.addEventListener("resize", close);
})();
