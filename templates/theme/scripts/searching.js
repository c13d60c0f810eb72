/* Search itself: the panel over a page, and the search page with its facets. The index is Pagefind's; nothing of it is
   fetched before a reader types, chooses a facet, or comes with a question in the address (search/?q=…).

   open(root, opener)   opens the panel; closing it gives the focus back.
   page(root, form)     brings the search page's form to life: a field named q, check boxes named as their facet, and elements
                        marked data-fb-search-state, data-fb-search-results, data-fb-search-more and data-fb-search-clear. */

/* A thing ranks above what is called after it, and that above what only tells of it. The names are those of
   templates/parts/findable.html.j2 and factbook/search/__init__.py. */
const ranking = { metaWeights: { names: 30, titles: 12, title: 1, others: 1, folded: 1, every: 0 } };
const everyPage = "everypage"; // the word that all pages have
const pause = 160;

let loading = null;

/** The search program, fetched once. */
const program = (root) => {
  loading ??= import(new URL("pagefind/pagefind.js", root).href)
    .then(async (pagefind) => {
      const made = pagefind.createInstance({
        basePath: new URL("pagefind/", root).pathname, baseUrl: root.pathname,
        noWorker: true, // one file less to fetch; an index of this size is asked in a few milliseconds
        excerptLength: 22, ranking,
      });
      await made.init();
      return made;
    })
    .catch((fault) => { loading = null; throw fault; });
  return loading;
};

/* What a question is made of besides what it is about. The program wants every word on a page. */
const asides = new Set(("a about after all an and any are as at be been but by can could did do does ever exactly for from get gets "
  + "had has have he her him his how i if in into is it its just may me much my not now of on or our out say says said she should so "
  + "still than that the their them then there these they this to up us was we were what when where which who whom whose why will "
  + "with would you your").split(" "));

/** A question as the index spells it: Turkish ı is i there; all other letters the program folds by itself. Written as a sentence it
    loses the words that say nothing; US in capitals is a country. */
const asked = (text) => {
  const words = text.trim().replaceAll("ı", "i").replace(/[?!.,;:“”"]+(?=\s|$)|(?<=^|\s)[“"]/g, "").split(/\s+/);
  const telling = words.filter((word) => word === "US" || !asides.has(word.toLowerCase()));
  return (words.length > 2 && telling.length ? telling : words).join(" ");
};
const enough = (text) => asked(text).length > 1;

const few = 5;

/** Answers to a question; where few pages have all its words, after them those that have all but one. */
const answered = async (made, question, options) => {
  const answer = await made.search(question, options);
  const words = question.split(" ");
  if (answer.results.length >= few || words.length < 2 || words.length > 8) return answer;
  const known = new Set(answer.results.map((result) => result.id));
  const further = new Map();
  for (const left of words) {
    const rest = words.filter((word) => word !== left).join(" ");
    for (const result of rest ? (await made.search(rest, options)).results : []) {
      if (!known.has(result.id) && (further.get(result.id)?.score ?? 0) < result.score) further.set(result.id, result);
    }
  }
  const more = [...further.values()].sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1));
  return { ...answer, results: [...answer.results, ...more] };
};

const make = (tag, name, text) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
};

/** Text with its matches marked. Only text and marks are taken over from the excerpt. */
const excerpt = (html) => {
  const line = make("p", "fb-hit__text");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    line.append(node.nodeName === "MARK" ? make("mark", "", node.textContent) : node.textContent);
  }
  return line;
};

const hit = (found) => {
  const item = make("li", "fb-hit");
  const link = make("a", "fb-hit__link");
  link.href = found.url;
  const about = [found.filters.Kind?.[0], found.filters.Year?.[0]].filter(Boolean); // no state of play without its day
  link.append(make("span", "fb-hit__title", found.meta.title || found.url), " ", make("span", "fb-hit__about", about.join(", ")));
  item.append(link);
  if (found.excerpt) item.append(excerpt(found.excerpt));
  return item;
};

const inWords = (count, shown, question) => {
  if (!count) return question ? `Nothing found for “${question}”.` : "Nothing found.";
  const pages = count === 1 ? "1 page found" : `${count.toLocaleString("en")} pages found`;
  return shown < count ? `${pages}; the first ${shown} are shown.` : `${pages}.`;
};

/** Asks after each pause in typing, and forgets the answers to earlier questions. */
const asking = (ask) => {
  let timer = 0;
  let turn = 0;
  const now = () => {
    clearTimeout(timer);
    const mine = ++turn;
    return ask(() => mine === turn);
  };
  return { now, soon: () => { clearTimeout(timer); timer = setTimeout(now, pause); } };
};

/* --- the panel ------------------------------------------------------------------------------------------------- */

let panel = null;

const build = (root, opener) => {
  const dialog = make("dialog", "fb-find");
  dialog.setAttribute("aria-label", "Search");
  const form = make("form", "fb-find__form");
  form.setAttribute("role", "search");
  form.action = opener.href;
  const input = make("input", "fb-find__field");
  Object.assign(input, { type: "search", name: "q", placeholder: "Names, measures, law, events …", autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-label", "Search for");
  input.setAttribute("aria-describedby", "find-state");
  input.setAttribute("enterkeyhint", "search");
  const shut = make("button", "fb-find__close", "Close");
  shut.type = "button";
  form.append(input, shut);
  const state = make("p", "fb-find__state");
  state.id = "find-state";
  state.setAttribute("role", "status");
  const list = make("ol", "fb-find__hits");
  const foot = make("p", "fb-find__foot");
  const all = make("a", "fb-find__all", "Search page, with filters");
  all.href = opener.href;
  foot.append(all, make("span", "fb-find__keys", "↑ ↓ to choose, Enter to open, Esc to close"));
  dialog.append(form, state, list, foot);
  document.body.append(dialog);

  const most = 8;
  const search = asking(async (current) => {
    const question = input.value.trim();
    all.href = question ? `${opener.href}?q=${encodeURIComponent(question)}` : opener.href;
    if (!enough(question)) {
      list.replaceChildren();
      state.textContent = "";
      return;
    }
    try {
      const answer = await answered(await program(root), asked(question));
      const found = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      if (!current()) return;
      list.replaceChildren(...found.map(hit));
      list.scrollTop = 0;
      list.dataset.answers = question;
      state.textContent = inWords(answer.results.length, found.length, question);
    } catch {
      if (current()) state.textContent = "Search could not be loaded. Try again in a moment.";
    }
  });

  input.addEventListener("input", () => {
    program(root).catch(() => {}); // at the first key: it arrives while the reader types on
    search.soon();
  });
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const here = stops.indexOf(document.activeElement);
    if (event.key === "Escape") {
      event.preventDefault();
      dialog.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (here < 0) return;
      event.preventDefault();
      const next = stops[Math.min(Math.max(here + (event.key === "ArrowDown" ? 1 : -1), 0), stops.length - 1)];
      next.focus();
    } else if (here > 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") {
      input.focus(); // typing on changes the question
    }
  });
  return { dialog, input };
};

/** The style sheet of search, which pages do without until it is opened. */
const dressed = (root) => {
  const address = new URL("stylesheets/search.css", root).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === address)) return Promise.resolve();
  return new Promise((done) => {
    const link = make("link");
    Object.assign(link, { rel: "stylesheet", href: address, onload: done, onerror: done });
    document.head.append(link);
  });
};

export const open = async (root, opener) => {
  await dressed(root);
  panel ??= build(root, opener);
  if (panel.dialog.open) return;
  const before = document.activeElement;
  panel.dialog.addEventListener("close", () => (before && before !== document.body ? before : opener).focus(), { once: true });
  panel.dialog.showModal();
  panel.input.focus();
  panel.input.select();
};

/* --- the search page ------------------------------------------------------------------------------------------- */

export const page = (root, form) => {
  const input = form.elements.namedItem("q");
  const state = form.querySelector("[data-fb-search-state]");
  const list = form.querySelector("[data-fb-search-results]");
  const more = form.querySelector("[data-fb-search-more]");
  const clear = form.querySelector("[data-fb-search-clear]");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const step = 20;
  let rest = [];
  let total = 0;

  const chosen = (leaveOut) => {
    const filters = {};
    for (const box of boxes) {
      if (box.checked && box.name !== leaveOut) (filters[box.name] ??= { any: [] }).any.push(box.value);
    }
    return filters;
  };

  const show = async (current = () => true) => {
    const found = await Promise.all(rest.splice(0, step).map((result) => result.data()));
    if (!current()) return;
    list.append(...found.map(hit));
    more.hidden = !rest.length;
    state.textContent = inWords(total, list.children.length, input.value.trim());
    return found.length;
  };

  /* How many pages each box would leave; beside a chosen one, how many it would add. */
  const count = async (made, question, answer, filters) => {
    const counts = { ...answer.filters };
    for (const facet of Object.keys(filters)) {
      counts[facet] = (await made.search(question, { filters: chosen(facet) })).filters[facet];
    }
    return counts;
  };

  const tell = (counts) => {
    for (const box of boxes) {
      const number = counts?.[box.name]?.[box.value] ?? 0;
      const place = box.parentElement.querySelector(".fb-facet__n");
      place.textContent = counts ? number.toLocaleString("en") : place.dataset.all;
      box.parentElement.classList.toggle("fb-facet__value--none", Boolean(counts) && !number && !box.checked);
    }
    for (const facet of form.querySelectorAll("details.fb-facet")) {
      const number = facet.querySelectorAll("input:checked").length;
      facet.querySelector(".fb-facet__chosen").textContent = number ? `${number} chosen` : "";
    }
  };

  const remember = () => {
    const here = new URL(location.href);
    here.search = "";
    if (input.value.trim()) here.searchParams.set("q", input.value.trim());
    for (const box of boxes) if (box.checked) here.searchParams.append(box.name, box.value);
    history.replaceState(null, "", here);
  };

  const search = asking(async (current) => {
    const filters = chosen();
    const narrowed = Object.keys(filters).length > 0;
    const question = enough(input.value) ? asked(input.value) : everyPage;
    clear.hidden = !narrowed;
    remember();
    if (question === everyPage && !narrowed) {
      list.replaceChildren();
      more.hidden = true;
      state.textContent = "";
      tell(null);
      return;
    }
    try {
      const made = await program(root);
      await made.filters();
      const answer = await made.search(question, { filters });
      const counts = await count(made, question, answer, filters);
      if (!current()) return;
      rest = [...answer.results];
      total = rest.length;
      list.replaceChildren();
      await show(current);
      if (!current()) return;
      if (!total) state.textContent = inWords(0, 0, input.value.trim());
      tell(counts);
    } catch {
      if (current()) state.textContent = "Search could not be loaded. Try again in a moment.";
    }
  });

  input.addEventListener("input", () => {
    program(root).catch(() => {});
    search.soon();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); search.now(); });
  form.addEventListener("change", (event) => { if (event.target !== input) search.now(); });
  more.addEventListener("click", async () => {
    const at = list.children.length;
    await show();
    list.children[at]?.querySelector("a").focus();
  });
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    search.now();
    input.focus();
  });

  /* What a reader typed or ticked before this script arrived counts as much as what the address says. */
  const address = new URL(location.href).searchParams;
  input.value ||= address.get("q") ?? "";
  for (const box of boxes) box.checked ||= address.getAll(box.name).includes(box.value);
  if (input.value || boxes.some((box) => box.checked)) search.now();
};
