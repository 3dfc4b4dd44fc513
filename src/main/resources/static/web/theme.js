// Runs before the page is drawn, so that it never flashes in the other colours.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => localStorage.getItem('drover-theme');
  const show = () => document.documentElement.setAttribute('data-bs-theme', chosen() ?? (dark.matches ? 'dark' : 'light'));
  show();
  dark.addEventListener('change', show);
  document.addEventListener('click', event => {
    if (!event.target.closest?.('#theme')) return;
    const next = document.documentElement.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
    // Back to what the system says: forget the choice, and follow it again.
    if (next === (dark.matches ? 'dark' : 'light')) localStorage.removeItem('drover-theme');
    else localStorage.setItem('drover-theme', next);
    show();
  });
})();
