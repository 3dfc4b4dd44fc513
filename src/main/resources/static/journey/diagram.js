// Shows a journey's diagram, and on each step how many stand there and how many went on. The numbers are those of the table below it,
// which htmx brings anew every few seconds.
document.addEventListener('DOMContentLoaded', async () => {
  const host = document.getElementById('diagram');
  if (!host) return;
  const viewer = new BpmnNavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  const answer = await fetch(host.dataset.diagram);
  if (!answer.ok) {
    host.textContent = 'The diagram could not be loaded.';
    return;
  }
  await viewer.importXML(await answer.text());
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const elements = viewer.get('elementRegistry');

  function fit() {
    canvas.resized();
    const { inner } = canvas.viewbox();
    const margin = 24;
    canvas.viewbox({ x: inner.x - margin, y: inner.y - margin, width: inner.width + 2 * margin, height: inner.height + 2 * margin });
    // On a phone the whole would be too small to read: begin at the beginning, and let it be moved.
    if (canvas.zoom() < 0.5) {
      canvas.zoom(0.7);
      const box = canvas.viewbox();
      canvas.viewbox({ x: inner.x - margin, y: inner.y - margin, width: box.width, height: box.height });
    } else if (canvas.zoom() > 1) {
      canvas.zoom(1, 'auto');
    }
  }

  function badge(kind, number, words) {
    const span = document.createElement('span');
    span.className = `journey-badge journey-${kind}`;
    span.textContent = number.toLocaleString('en');
    span.title = `${number.toLocaleString('en')} ${words}`;
    return span;
  }

  function count() {
    overlays.remove({ type: 'count' });
    for (const row of document.querySelectorAll('#steps [data-element]')) {
      const element = elements.get(row.dataset.element);
      if (!element) continue;
      const now = Number(row.dataset.now);
      const left = Number(row.dataset.left);
      if (now > 0) overlays.add(element, 'count', { position: { top: -12, right: 14 }, html: badge('now', now, 'stand here now') });
      if (left > 0) overlays.add(element, 'count', { position: { bottom: 12, right: 14 }, html: badge('left', left, 'went on') });
    }
  }

  fit();
  count();
  addEventListener('resize', fit);
  document.body.addEventListener('htmx:afterSettle', count);
  document.querySelector('.journey-tools').addEventListener('click', (event) => {
    const wish = event.target.dataset.zoom;
    if (wish === 'fit') fit();
    else if (wish) canvas.zoom(canvas.zoom() * (wish === 'in' ? 1.25 : 0.8), 'auto');
  });
});
