// Asks before what can't be taken back with a click, and sends a form as soon as its file is chosen.
document.addEventListener('submit', event => {
  const words = event.target.dataset.confirm;
  if (words && !confirm(words)) event.preventDefault();
});
document.addEventListener('change', event => {
  if (event.target.matches('[data-submits]')) event.target.form.requestSubmit();
});
