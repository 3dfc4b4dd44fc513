// A journey is drawn here. What is wrong is asked of the server while one draws, what was drawn is kept as a draft.
document.addEventListener('DOMContentLoaded', async () => {
  const CHECK_AFTER = 500, SAVE_AFTER = 1500, MOST = 1_000_000;
  const desk = document.getElementById('desk');
  const at = id => document.getElementById(id);
  const base = '/journeys/' + encodeURIComponent(desk.dataset.journey);
  const headers = { 'Content-Type': 'application/xml', ...JSON.parse(document.body.getAttribute('hx-headers') || '{}') };
  const wide = matchMedia('(min-width: 700px)').matches;
  let revision = Number(desk.dataset.revision);
  let kept = null;
  let clash = false;

  const say = (words, kind) => { at('verdict').textContent = words; at('verdict').dataset.kind = kind; };
  // Writing the diagram down, which is done at opening already, isn't to move it: that would be a change nobody made.
  const modeler = new BpmnModeler({ container: '#canvas', propertiesPanel: { parent: '#properties' }, additionalModules: [window.journeySteps], alignToOrigin: { alignOnSave: false } });
  const [canvas, overlays, registry, selection, stack, modeling] = ['canvas', 'overlays', 'elementRegistry', 'selection', 'commandStack', 'modeling'].map(name => modeler.get(name));
  const drawn = async () => (await modeler.saveXML({ format: true })).xml;

  const post = async (path, body) => {
    const answer = await fetch(base + path, { method: 'POST', headers, body, redirect: 'error' });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { status: answer.status });
    return answer.json();
  };

  // What is wrong
  function show(problems) {
    overlays.remove({ type: 'problem' });
    const byElement = Map.groupBy(problems, one => one.elementId);
    for (const [id, own] of byElement) {
      const element = id && registry.get(id);
      if (!element || element === canvas.getRootElement()) continue;
      const mark = document.createElement('span');
      mark.className = 'draw-mark draw-mark-' + (own.some(one => one.severity === 'error') ? 'error' : 'warning');
      mark.textContent = own.some(one => one.severity === 'error') ? '!' : '?';
      mark.title = own.map(one => one.message).join('\n');
      const middle = element.waypoints && element.waypoints[Math.floor(element.waypoints.length / 2)];
      overlays.add(element, 'problem', { position: middle ? { top: middle.y - Math.min(...element.waypoints.map(one => one.y)) - 11, left: middle.x - Math.min(...element.waypoints.map(one => one.x)) - 11 } : { top: -11, left: -11 }, html: mark });
    }
    at('problems').replaceChildren(...problems.map(line));
    at('problems').classList.toggle('none', !problems.length);
    at('problems-part').hidden = !problems.length;
    const errors = problems.filter(one => one.severity === 'error').length;
    const warnings = problems.length - errors;
    const words = [errors && (errors === 1 ? '1 mistake' : errors + ' mistakes'), warnings && (warnings === 1 ? '1 warning' : warnings + ' warnings')].filter(Boolean).join(', ');
    say(words ? words + '.' : 'Nothing is wrong with it.', errors ? 'error' : warnings ? 'warning' : 'good');
  }

  function line(problem) {
    const entry = document.createElement('li');
    entry.className = 'problem problem-' + problem.severity;
    entry.dataset.element = problem.elementId || '';
    const element = problem.elementId && registry.get(problem.elementId);
    const where = document.createElement('span');
    where.className = 'problem-line';
    where.textContent = element ? (element.businessObject.name || problem.elementId) + ':' : problem.elementId ? problem.elementId + ':' : 'Diagram:';
    const goes = document.createElement(element ? 'button' : 'span');
    goes.append(where, ' ' + problem.message);
    if (element) {
      goes.type = 'button';
      goes.addEventListener('click', () => {
        selection.select(element === canvas.getRootElement() ? [] : element);
        if (element !== canvas.getRootElement()) canvas.scrollToElement(element, 80);
        at('canvas').scrollIntoView({ block: 'nearest' });
        canvas.focus?.();
      });
    }
    entry.append(goes);
    return entry;
  }

  let asked = 0;
  async function check() {
    const mine = ++asked;
    try {
      const xml = await drawn();
      if (xml.length > MOST) return say('The diagram is larger than 1 MB.', 'error');
      const { problems } = await post('/check', xml);
      if (mine === asked) show(problems);
    } catch (failed) {
      if (mine === asked) say(failed.status ? 'This can’t be checked: the server refused it.' : 'The server can’t be reached: it can’t be checked now.', 'error');
    }
  }

  // What is kept
  const keptAt = words => { at('kept').textContent = words; };
  function now(answer) {
    revision = answer.revision;
    at('state').hidden = at('discard').hidden = !revision;
  }
  function failed(error) {
    clash = error.status === 409;
    keptAt(clash ? 'Not kept: somebody else changed or deployed this drawing meanwhile. Export yours, then load the page again.'
      : error.status ? 'Not kept: the server refused it.' : 'Not kept: the server can’t be reached. Your drawing is still here.');
  }
  // One after the other: each save says upon which it builds.
  let line1 = Promise.resolve();
  const inTurn = act => { line1 = line1.then(act, act); return line1; };
  const save = wanted => inTurn(async () => {
    const xml = await drawn();
    if (clash || xml === kept && !wanted) return;
    try {
      now(await post('/draft?revision=' + revision, xml));
      kept = xml;
      keptAt('Draft kept at ' + new Date().toLocaleTimeString('en-GB') + '.');
    } catch (error) {
      failed(error);
    }
  });
  const deploy = () => inTurn(async () => {
    const button = at('deploy');
    button.disabled = true;
    say('Deploying…', 'waiting');
    try {
      const xml = await drawn();
      const answer = await post('/deploy?revision=' + revision, xml);
      asked++;
      kept = xml;
      show(answer.problems);
      now(answer);
      if (answer.version) {
        at('standing').textContent = 'version ' + answer.version + ' runs';
        keptAt('');
        at('verdict').dataset.kind = 'good';
        const link = Object.assign(document.createElement('a'), { href: base, textContent: 'See who walks it' });
        at('verdict').replaceChildren('Deployed as version ' + answer.version + '. ', link);
      } else say('Not deployed: ' + at('verdict').textContent, 'error');
    } catch (error) {
      say('Not deployed.', 'error');
      failed(error);
    }
    button.disabled = false;
  });

  let checking, saving;
  function changed() {
    clearTimeout(checking);
    clearTimeout(saving);
    checking = setTimeout(check, CHECK_AFTER);
    saving = setTimeout(save, SAVE_AFTER);
    at('undo').disabled = !stack.canUndo();
    at('redo').disabled = !stack.canRedo();
  }

  // Where an event is asked for, those that happen here are offered.
  function offerEvents() {
    for (const field of at('properties').querySelectorAll('input[type=text]')) {
      const label = field.closest('.bio-properties-panel-entry')?.querySelector('label')?.textContent.trim();
      const group = field.closest('[data-group-id]')?.dataset.groupId || '';
      if (label === 'Event' || label === 'Name' && group === 'group-message') field.setAttribute('list', 'event-names');
    }
  }

  // The modeler's pictures stand beside their words, or have a title: they say nothing of their own.
  function quietPictures() {
    for (const picture of document.querySelectorAll('main img:not([alt]), .djs-popup img:not([alt])')) picture.alt = '';
  }

  async function open(xml) {
    try {
      const { warnings } = await modeler.importXML(xml);
      const left = warnings.filter(one => one.message);
      if (left.length) keptAt(left.length + ' parts of the file were left out: ' + left[0].message.split('\n')[0]);
    } catch (unreadable) {
      say(/no diagram/.test(unreadable.message) ? 'This file says what the journey does but not how it looks: draw it, or save it with its picture (BPMN DI) in the other tool.'
        : 'This can’t be shown: ' + unreadable.message.split('\n')[0], 'error');
      return false;
    }
    fit();
    return true;
  }

  function fit() {
    canvas.resized();
    const { inner, outer } = canvas.viewbox();
    const left = wide ? 120 : 10;
    const whole = Math.min((outer.width - left - 40) / inner.width, (outer.height - 80) / inner.height, 1);
    // Too small to read helps nobody: begin at the beginning, and let it be moved.
    const zoom = Math.max(whole, wide ? 0.5 : 0.6);
    const width = outer.width / zoom;
    const height = outer.height / zoom;
    const spare = Math.max(0, outer.width - left - 40 - inner.width * zoom) / 2;
    canvas.viewbox({ x: inner.x - (left + spare) / zoom, y: inner.y - (height - inner.height) / 2, width, height });
  }

  let choices, xml;
  try {
    [choices, xml] = await Promise.all([fetch(base + '/palette').then(answer => answer.json()), fetch(base + '/drawing.bpmn').then(answer => answer.text())]);
  } catch (gone) {
    return say('The drawing could not be loaded.', 'error');
  }
  at('event-names').replaceChildren(...choices.events.map(name => new Option(name, name)));
  modeler.on('elementTemplates.errors', ({ errors }) => { throw errors[0]; });
  modeler.get('elementTemplatesLoader').setTemplates(choices.templates);
  new MutationObserver(offerEvents).observe(at('properties'), { childList: true, subtree: true });
  new MutationObserver(quietPictures).observe(document.body, { childList: true, subtree: true });
  if (await open(xml)) {
    kept = await drawn();
    check();
    modeler.on('commandStack.changed', changed);
    changed();
    clearTimeout(saving);
  }

  at('undo').addEventListener('click', () => stack.undo());
  at('redo').addEventListener('click', () => stack.redo());
  at('save').addEventListener('click', () => save(true));
  at('deploy').addEventListener('click', deploy);
  at('import').addEventListener('click', () => at('file').click());
  at('file').addEventListener('change', async () => {
    const [file] = at('file').files;
    at('file').value = '';
    if (!file) return;
    if (file.size > MOST) return say('The diagram is larger than 1 MB.', 'error');
    const before = await drawn();
    if (!await open(await file.text())) {
      const why = at('verdict').textContent;
      await open(before);
      return say(why, 'error');
    }
    // It stays this journey, whatever it is called in the file.
    const root = canvas.getRootElement();
    if (root.type === 'bpmn:Process' && root.id !== desk.dataset.journey) modeling.updateProperties(root, { id: desk.dataset.journey });
    changed();
  });
  at('export').addEventListener('click', async () => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([await drawn()], { type: 'application/xml' })), download: desk.dataset.journey + '.bpmn' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') { event.preventDefault(); save(true); }
  });
  addEventListener('resize', () => canvas.resized());
  addEventListener('beforeunload', event => { if (stack.canUndo() && at('kept').textContent.startsWith('Not kept')) event.preventDefault(); });
  if (!wide) document.body.classList.add('draw-narrow');
  desk.dataset.ready = 'true';
  window.journeyModeler = modeler;
});
