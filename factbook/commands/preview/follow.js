// Loads the page again when the preview has a newer one. Only a page in sight keeps a line to the server,
// since browsers allow few of them; one that comes back into sight asks at once.
(() => {
  const seen = encodeURIComponent(document.currentScript.dataset.seen);
  let line = null;
  const leave = () => {
    line?.close();
    line = null;
  };
  const follow = () => {
    if (document.hidden) {
      leave();
    } else if (!line) {
      line = new EventSource(`/_preview/events?seen=${seen}`);
      line.onmessage = () => {
        leave();
        location.reload();
      };
    }
  };
  addEventListener("pagehide", leave);
  addEventListener("pageshow", follow);
  document.addEventListener("visibilitychange", follow);
  follow();
})();
