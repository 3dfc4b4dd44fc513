// A scheduled campaign is dragged to another day: it is asked for by the page's own form, as the form behind "Move" does, so that what can't be is refused there.
const form = document.getElementById('drag');
const days = document.querySelector('.calendar-days');
let dragged = null;
const target = event => {
  const day = event.target.closest('.calendar-day');
  return dragged && day && day !== dragged.closest('.calendar-day') ? day : null;
};
const unmark = () => document.querySelectorAll('.is-target').forEach(day => day.classList.remove('is-target'));
days?.addEventListener('dragstart', event => {
  dragged = event.target.closest?.('.calendar-entry[draggable=true]');
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.querySelector('.calendar-what').textContent);
  dragged.classList.add('is-dragged');
});
days?.addEventListener('dragover', event => {
  unmark();
  const day = target(event);
  if (!day) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'move';
  day.classList.add('is-target');
});
days?.addEventListener('dragend', () => {
  unmark();
  dragged?.classList.remove('is-dragged');
  dragged = null;
});
days?.addEventListener('drop', event => {
  const day = target(event);
  if (!day) return;
  event.preventDefault();
  form.action = `/calendar/${dragged.dataset.id}/move`;
  form.elements.was.value = dragged.dataset.was;
  form.elements.day.value = day.dataset.day;
  form.submit();
});
