/* Where a renamed sheet stood: on to its new page, and to the very fact that the old link asked for. */
(() => {
  "use strict";
  const to = document.querySelector("[data-fb-moved-to]");
  if (!to) return;
  const asked = decodeURIComponent(location.hash.slice(1));
  const fact = asked && document.getElementById(asked)?.querySelector("[data-fb-moved]");
  location.replace(fact ? fact.href : to.href);
})();
