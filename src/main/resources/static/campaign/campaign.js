// The wizard: what belongs to a choice is shown with it, a new name replaces the made-up one, and the clock offered first is the reader's own.
const shows = () => document.querySelectorAll('input[data-shows]').forEach(input => {
  document.getElementById(input.dataset.shows).hidden = !input.checked;
});
// What one kind of campaign has and another hasn't.
const kinds = () => {
  const kind = document.querySelector('input[name=kind]:checked')?.value;
  document.querySelectorAll('[data-kinds]').forEach(part => {
    part.hidden = part.disabled = !part.dataset.kinds.split(' ').includes(kind);
    if (part.hidden && part.selected) part.parentElement.value = '';
  });
};
document.addEventListener('change', event => {
  if (event.target.type === 'radio') {
    shows();
    if (event.target.name === 'kind') kinds();
    const button = document.querySelector('[data-sends]');
    if (button && event.target.name === 'when') button.textContent = event.target.value === 'now' ? button.dataset.sends : 'Schedule';
  }
});
shows();
// Variants of a test: the fields of what they differ in, and one row more each time.
const variable = document.querySelector('[data-variable]');
const says = () => document.querySelectorAll('[data-says]').forEach(part => { part.hidden = !part.dataset.says.split(' ').includes(variable.value); });
variable?.addEventListener('change', says);
const adds = document.querySelector('[data-adds-variant]');
if (adds) {
  const spare = () => document.querySelectorAll('[data-variant-row=spare]');
  spare().forEach(row => { row.hidden = true; });
  adds.hidden = spare().length === 0;
  adds.addEventListener('click', () => {
    const row = spare()[0];
    row.hidden = false;
    row.dataset.variantRow = 'shown';
    adds.hidden = spare().length === 0;
    row.querySelector('[data-says]:not([hidden]) :is(input, select)').focus();
  });
}
document.querySelectorAll('[data-select]').forEach(field => field.addEventListener('focus', () => field.select()));
if (document.activeElement?.matches('[data-select]')) document.activeElement.select();
document.querySelectorAll('[data-zone]').forEach(field => {
  if (field.value === 'UTC') field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
});
// What was wrong is mended as it is typed: a mistake goes when saving doesn't tell of it any more. The words are the same in both places.
document.body.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target.id !== 'kept') return;
  const wrong = JSON.parse(document.querySelector('#kept [data-wrong]')?.dataset.wrong ?? '[]');
  // Those of conditions are their builder's, which shows and hides them.
  document.querySelectorAll('.wizard-form .mistake:not(#conditions-root *):not(#conditions-mistake)').forEach(mistake => {
    if (wrong.includes(mistake.textContent)) return;
    const field = mistake.id && document.querySelector(`[aria-describedby~="${mistake.id}"]`);
    if (field) ['aria-invalid', 'aria-describedby'].forEach(name => field.removeAttribute(name));
    mistake.remove();
  });
});
