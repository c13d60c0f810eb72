/* Light or dark as the reader chose it, set before anything is painted; so this script stands alone, in the head. */
(() => {
  "use strict";
  try {
    const chosen = localStorage.getItem("factbook-scheme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
  } catch { /* storage is forbidden: the system's choice stands */ }
})();
