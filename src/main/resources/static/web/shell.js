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
// A form that came back goes on where something is wrong with it.
document.querySelector('main form .is-invalid')?.focus();
// The clock in the top bar goes on between two pages.
const clock = document.querySelector('.time-button time');
if (clock) {
  const ahead = new Date(clock.dateTime) - Date.now();
  const part = options => new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', ...options});
  const day = part({weekday: 'short', day: 'numeric', month: 'short'});
  const time = part({hour: '2-digit', minute: '2-digit'});
  setInterval(() => {
    const now = new Date(Date.now() + ahead);
    clock.querySelector('.time-day').textContent = day.format(now).replace(/^(\w+),? /, '$1 ') + ',';
    clock.lastElementChild.textContent = time.format(now);
  }, 5000);
  // Everything that waits comes along, which may take a moment.
  document.querySelector('.time-menu')?.addEventListener('submit', event => {
    event.submitter.setAttribute('aria-busy', 'true');
    event.submitter.textContent = 'Skipping ahead…';
  });
}
