/* Reads a page as of another day, named in its address as ?on=2020-12-13: the page "In force on a day", and that of each measure.
   The build has worked out the answers for all days. data-steps holds them: "first answer publicity day" for each step, ";" between
   steps, "-" for what there is none of; a step holds from its first day until the next begins. Here they are only looked up:

   data-steps     on a state of play: it shows the answer of the day. On a row of the intervals (with data-id, data-kind and
                  data-measure): it is a thing that the elements below refer to.
   data-row       a state of play that shows the answer of this thing
   data-when      shown when this is so of its thing (data-row), or of any thing of a kind: "held", "out:not-yet", "rule held"
   data-count     how many things of a kind (or any), of one measure when named, are so: "rule held price-cap"
   data-events    by when each event had happened and could be read of; data-count-events counts them
   data-carries-day  holds links to pages that can be read as of the day too: all links to them keep it
   data-day       shows the day;  data-as-of-now  says that the page is read as of a day
   data-states    on the form: the words of the answers */
(() => {
  "use strict";
  const form = document.querySelector("[data-as-of]");
  if (!form) return;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = new Map(form.dataset.states.split(";").map((pair) => pair.split("=")));
  const order = ["in-force", "last-seen", "not-known", "not-yet", "ended"];
  const here = new URL(location.href);
  here.search = here.hash = "";

  const stepsOf = (element) => element.dataset.steps.split(";").map((text) => {
    const [first, answer, publicity, day] = text.split(" ");
    return { first: first === "-" ? "" : first, answer, publicity, day: day === "-" ? "" : day };
  });
  const stepOn = (element, on) => stepsOf(element).findLast((step) => step.first <= on);
  const so = (step, what) =>
    what === "held" ? step.publicity !== "-" : what.startsWith("out:") ? what === `out:${step.publicity}` : what === step.answer;

  /** A day, month or year as pages say it: "14 December 2020", "about 2018". */
  const inWords = (text) => {
    const [year, month, day] = text.replace("~", "").split("-");
    const name = month && new Date(Date.UTC(year, month - 1, 1)).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" });
    return `${text.endsWith("~") ? "about " : ""}${[day && String(Number(day)), name, year].filter(Boolean).join(" ")}`;
  };
  const tell = (time, text) => {
    time.dateTime = text;
    time.textContent = inWords(text);
  };
  const mark = (state, text) => {
    const after = state.nextElementSibling;
    if (after && after.matches("[data-as-of-mark]")) after.remove();
    if (!text) return;
    const made = document.createElement("span");
    made.className = "fb-mark";
    made.dataset.asOfMark = "";
    made.textContent = text;
    state.after(" ", made);
  };
  const paint = (state, step, on) => {
    const time = document.createElement("time");
    tell(time, step.day || on);
    state.className = `fb-state fb-state--${step.answer}`;
    state.replaceChildren(`${words.get(step.answer === "ended" && step.day ? "ended-on" : step.answer)} `, time);
    const notes = state.nextElementSibling;
    if (notes && notes.matches(".fb-cites")) notes.hidden = true; // they stand for the answer of the latest day
    if (state.dataset.steps) mark(state, words.get(`out:${step.publicity}`));
  };

  let shown = ""; // the day that the page is read as of; none at first

  const show = (on) => {
    shown = on;
    const things = new Map(all("[data-id][data-steps]").map((row) => [row.dataset.id, { ...row.dataset, ...stepOn(row, on) }]));
    const count = (kind, what, measure) => [...things.values()].filter((thing) =>
      (kind === "any" || kind === thing.kind) && (!measure || measure === thing.measure) && so(thing, what)).length;

    all(".fb-state[data-steps]").forEach((state) => paint(state, stepOn(state, on), on));
    all(".fb-state[data-row]").forEach((state) => paint(state, things.get(state.dataset.row), on));
    all("[data-count]").forEach((each) => { each.textContent = count(...each.dataset.count.split(" ")); });
    all("[data-when]").forEach((each) => {
      const [kind, what] = each.dataset.when.split(" ");
      each.hidden = each.dataset.row ? !so(things.get(each.dataset.row), kind)
        : what === "none" ? count(kind, "held") > 0 : count(kind, what) === 0;
    });
    all("[data-sorted]").forEach((body) => {
      const rank = (row) => order.indexOf(things.get(row.querySelector("[data-row]").dataset.row).answer);
      body.append(...[...body.rows].sort((a, b) => rank(a) - rank(b)));
    });
    all("[data-events]").forEach((each) => {
      const past = each.dataset.events.split(";").map((pair) => pair.split(" ")).filter(([happened]) => happened <= on);
      const read = past.filter(([, published]) => published !== "-" && published <= on);
      each.querySelector('[data-count-events="happened"]').textContent = past.length;
      each.querySelector('[data-count-events="read"]').textContent = read.length;
    });
    all(".fb-as-of__later").forEach((line) => line.remove());
    const chronology = document.querySelector("#chronology ~ ol");
    const later = chronology && all(":scope > li", chronology).find((row) => row.querySelector("time").dateTime.replace("~", "") > on);
    if (later) {
      const line = document.createElement("li");
      const time = document.createElement("time");
      tell(time, on);
      line.className = "fb-as-of__later";
      line.append(`${words.get("later")} `, time);
      later.before(line);
    }
    all("[data-day]").forEach((time) => tell(time, on));
    all("[data-as-of-now]").forEach((each) => { each.hidden = false; });
    const alike = new Set(all("[data-carries-day] a").map((link) => link.pathname));
    all(".fb-page a[href]").filter((link) => alike.has(link.pathname)).forEach((link) => { link.search = `?on=${on}`; });
    form.elements.namedItem("on").value = on;
    window.dispatchEvent(new Event("fb-day")); // the address to cite has a day now
  };

  const asked = () => {
    const on = new URL(location.href).searchParams.get("on") || "";
    const day = /^\d{4}-\d\d-\d\d$/.test(on) ? new Date(`${on}T00:00Z`) : NaN;
    return !Number.isNaN(Number(day)) && day.toISOString().startsWith(on) ? on : ""; // 30 February is no day
  };
  const turnTo = (on) => {
    here.searchParams.set("on", on);
    history.pushState(null, "", here);
    show(on);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    turnTo(form.elements.namedItem("on").value);
  });
  all("[data-as-of-days] a").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turnTo(new URL(link.href).searchParams.get("on"));
  }));
  window.addEventListener("popstate", () => {
    const on = asked();
    if (on === shown) return; // a way to a place within the page
    if (on) show(on);
    else location.reload();
  });
  if (asked()) show(asked());
})();
