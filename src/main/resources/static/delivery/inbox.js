// The opened message is marked in the list, which stays where it was scrolled to.
document.querySelector('.inbox-list')?.addEventListener('click', event => {
  const chosen = event.target.closest('.inbox-item');
  if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
  document.querySelectorAll('.inbox-item[aria-current]').forEach(item => item.removeAttribute('aria-current'));
  chosen.setAttribute('aria-current', 'true');
});
// On a phone the message takes the list's place: begin at its top.
document.body.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target?.id === 'reader' && matchMedia('(max-width: 991px)').matches) scrollTo(0, 0);
});
