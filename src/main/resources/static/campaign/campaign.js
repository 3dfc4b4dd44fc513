// The wizard: what belongs to a choice is shown with it, a new name replaces the made-up one, and the clock offered first is the reader's own.
const shows = () => document.querySelectorAll('input[data-shows]').forEach(input => {
  document.getElementById(input.dataset.shows).hidden = !input.checked;
});
document.addEventListener('change', event => {
  if (event.target.type === 'radio') {
    shows();
    const button = document.querySelector('[data-sends]');
    if (button && event.target.name === 'when') button.textContent = event.target.value === 'now' ? 'Send' : 'Schedule';
  }
});
shows();
document.querySelectorAll('[data-select]').forEach(field => field.addEventListener('focus', () => field.select()));
if (document.activeElement?.matches('[data-select]')) document.activeElement.select();
document.querySelectorAll('[data-zone]').forEach(field => {
  if (field.value === 'UTC') field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
});
