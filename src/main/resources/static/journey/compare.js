// Two versions of a diagram, what came, went or changed coloured on them; the same stands in words above. Moved together: where one looks, both look.
document.addEventListener('DOMContentLoaded', async () => {
  const changes = [...document.querySelectorAll('#changes [data-element]')].map(entry => ({ id: entry.dataset.element, kind: entry.dataset.kind }));
  const viewers = [];
  for (const host of document.querySelectorAll('[data-compare]')) {
    const viewer = new BpmnNavigatedViewer({ container: host, zoomScroll: { enabled: false } });
    const answer = await fetch(host.dataset.compare);
    if (!answer.ok) {
      host.textContent = 'The diagram could not be loaded.';
      continue;
    }
    try {
      await viewer.importXML(await answer.text());
    } catch (unreadable) {
      host.textContent = 'This version has no picture.';
      continue;
    }
    const canvas = viewer.get('canvas');
    const root = canvas.getRootElement();
    for (const { id, kind } of changes) {
      const shown = kind === 'changed' || kind === (host.dataset.side === 'from' ? 'removed' : 'added');
      if (shown && id !== root.id && viewer.get('elementRegistry').get(id)) canvas.addMarker(id, 'compare-' + kind);
    }
    const { inner, outer } = canvas.viewbox();
    const margin = 30;
    const zoom = Math.min(outer.width / (inner.width + 2 * margin), outer.height / (inner.height + 2 * margin), 1);
    canvas.viewbox({ x: inner.x - (outer.width / zoom - inner.width) / 2, y: inner.y - (outer.height / zoom - inner.height) / 2, width: outer.width / zoom, height: outer.height / zoom });
    viewers.push(viewer);
    host.dataset.ready = 'true';
  }
  let moving = false;
  for (const one of viewers) {
    one.on('canvas.viewbox.changed', ({ viewbox }) => {
      if (moving) return;
      moving = true;
      for (const other of viewers) if (other !== one) other.get('canvas').viewbox({ x: viewbox.x, y: viewbox.y, width: viewbox.width, height: viewbox.height });
      moving = false;
    });
  }
  addEventListener('resize', () => viewers.forEach(viewer => viewer.get('canvas').resized()));
});
