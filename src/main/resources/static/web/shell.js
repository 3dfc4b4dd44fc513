// A session that ended answers a fragment's request with the log-in page: go there as a whole instead of showing it in a corner.
document.body.addEventListener('htmx:beforeSwap', event => {
  if (event.detail.xhr.responseURL && new URL(event.detail.xhr.responseURL).pathname === '/login') {
    event.detail.shouldSwap = false;
    location.assign('/login');
  }
});
// A tile that isn't there is left out rather than shown empty or as a mistake.
document.body.addEventListener('htmx:beforeOnLoad', event => {
  if (event.detail.xhr.status >= 400 && event.detail.elt.classList.contains('tile-waiting')) {
    event.preventDefault();
    if (event.detail.xhr.status === 404) event.detail.elt.remove();
  }
});
