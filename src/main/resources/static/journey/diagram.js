// Shows a journey's diagram, and on each step how many stand there and how many went on, or the way one customer went. What is shown is what the
// table below it says, which htmx brings anew every few seconds. A click on a step lists who stands there.
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
    const { inner, outer } = canvas.viewbox();
    // While the page is being laid out or left there is no room to fit into.
    if (!outer.width || !outer.height) return;
    const margin = 24;
    const whole = Math.min(outer.width / (inner.width + 2 * margin), outer.height / (inner.height + 2 * margin), 1);
    // On a phone the whole would be too small to read: begin at the beginning, and let it be moved.
    const readable = outer.width < 600 ? 0.5 : 0.35;
    const zoom = whole < readable ? 0.7 : whole;
    const width = outer.width / zoom;
    const height = outer.height / zoom;
    const start = elements.find(one => one.type === 'bpmn:StartEvent' && one.parent?.type === 'bpmn:Process');
    const x = inner.width > width ? inner.x - margin : inner.x - (width - inner.width) / 2;
    const y = inner.height > height ? Math.max(inner.y - margin, (start?.y ?? inner.y) - height / 2) : inner.y - (height - inner.height) / 2;
    canvas.viewbox({ x, y, width, height });
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
      const [now, left, stuck] = ['now', 'left', 'stuck'].map(name => Number(row.dataset[name]));
      const stayed = row.dataset.wait ? `, after ${row.dataset.wait} on average` : '';
      if (now > 0) overlays.add(element, 'count', { position: { top: -12, right: 14 }, html: badge('now', now, 'stand here now') });
      if (stuck > 0) overlays.add(element, 'count', { position: { top: -12, left: -6 }, html: badge('stuck', stuck, 'are stuck here') });
      // An event's name stands below it.
      const position = element.width < 50 ? { top: stuck > 0 ? 14 : -12, left: -12 } : { bottom: 12, right: 14 };
      if (left > 0) overlays.add(element, 'count', { position, html: badge('left', left, 'went on' + stayed) });
    }
  }

  // One customer's way: what they came by, and the arrows between two steps of which one was left when the other was reached.
  function path() {
    const been = new Set();
    for (const row of document.querySelectorAll('#path [data-element]')) {
      const element = elements.get(row.dataset.element);
      if (!element) continue;
      for (const state of ['been', 'here', 'stuck', 'cut']) canvas.removeMarker(element, 'path-' + state);
      canvas.addMarker(element, 'path-' + row.dataset.state);
      been.add(element);
    }
    for (const flow of elements.filter(one => one.type === 'bpmn:SequenceFlow')) if (been.has(flow.source) && been.has(flow.target)) canvas.addMarker(flow, 'path-flow');
  }

  const who = document.getElementById('who');
  let chosen;
  async function list(element) {
    const shape = element.labelTarget || element;
    const row = [...document.querySelectorAll('#steps [data-element]')].find(one => one.dataset.element === shape.id);
    if (!row) return;
    if (chosen) canvas.removeMarker(chosen, 'journey-chosen');
    chosen = shape;
    canvas.addMarker(chosen, 'journey-chosen');
    await htmx.ajax('GET', `${host.dataset.steps}${encodeURIComponent(shape.id)}?version=${host.dataset.version}`, { target: '#who', swap: 'innerHTML' });
    who.hidden = false;
    who.scrollIntoView({ block: 'nearest' });
  }

  fit();
  count();
  path();
  if (who) viewer.on('element.click', ({ element }) => list(element));
  addEventListener('resize', fit);
  document.body.addEventListener('htmx:afterSettle', count);
  document.querySelector('.journey-tools').addEventListener('click', (event) => {
    const wish = event.target.dataset.zoom;
    if (wish === 'fit') fit();
    else if (wish) canvas.zoom(canvas.zoom() * (wish === 'in' ? 1.25 : 0.8), 'auto');
  });
  host.dataset.ready = 'true';
});
