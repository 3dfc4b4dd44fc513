// The editor on the rules' page. Without it the page has a plain text field that does the same by its form.
(() => {
  const form = document.getElementById('rule-form');
  const source = document.getElementById('source');
  const name = document.getElementById('name');
  const path = document.getElementById('path');
  const verdict = document.getElementById('verdict');
  const list = document.getElementById('problems');
  const discard = document.getElementById('discard');
  const publish = document.getElementById('publish');
  const dialog = document.getElementById('publishing');
  const may = form.dataset.may === 'true';

  const editor = window.codeEditor(document.getElementById('editor'), {mode: 'ace/mode/drools', tabSize: 4, fontSize: 14, minLines: 18, maxLines: 36,
    readOnly: !may && !form.dataset.path, textInputAriaLabel: 'The rules', scrollPastEnd: 0});
  const mark = window.codeMarks(editor, /^("[^"]*"|[\w.$-]+)/);
  const original = source.value;
  editor.session.setValue(original);
  source.hidden = true;
  document.querySelector('.rule-plain')?.setAttribute('hidden', '');
  document.querySelector('.rule-buttons').hidden = false;
  document.querySelector('.rule-keys').hidden = false;

  fetch('/rules/vocabulary?group=' + encodeURIComponent(form.dataset.group)).then(answer => answer.json()).then(words => {
    editor.completers = [ruleCompletion(words)];
    editor.setOptions({enableBasicAutocompletion: true, enableLiveAutocompletion: true, enableSnippets: false});
  });

  // Checked on the server while one types. Only the answer to the last question counts.
  const headers = {'Content-Type': 'application/json', ...JSON.parse(document.body.getAttribute('hx-headers') || '{}')};
  let asked = 0, waiting, open, good = false;
  const settle = () => {
    const changed = editor.getValue() !== original;
    discard.disabled = !changed;
    if (publish) publish.disabled = !good || (!changed && form.dataset.path !== undefined && !verdict.closest('main').querySelector('.alert-danger'));
  };
  const say = (words, kind) => { verdict.textContent = words; verdict.dataset.kind = kind; };
  const check = async () => {
    const question = ++asked;
    open?.abort();
    open = new AbortController();
    try {
      const answer = await fetch('/rules/check', {method: 'POST', headers, signal: open.signal, body: JSON.stringify({path: path.value, source: editor.getValue()})});
      const found = answer.ok && answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null;
      if (question !== asked) return;
      if (found) show(found); else say('It can’t be checked just now.', 'waiting');
    } catch (gone) {
      if (question === asked) say('It can’t be checked just now.', 'waiting');
    }
  };
  const later = () => { good = false; settle(); asked++; say('Checking…', 'waiting'); clearTimeout(waiting); waiting = setTimeout(check, 300); };
  const show = found => {
    good = found.valid;
    mark(found.problems);
    const errors = found.problems.filter(one => one.severity === 'error').length;
    const warnings = found.problems.length - errors;
    const count = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');
    say(errors ? count(errors, 'mistake') : warnings ? 'Good, with ' + count(warnings, 'warning') : 'Good', errors ? 'error' : warnings ? 'warning' : 'good');
    list.replaceChildren(...found.problems.map(item));
    list.classList.toggle('none', found.problems.length === 0);
    settle();
  };
  const item = one => {
    const entry = document.createElement('li');
    entry.className = 'problem problem-' + one.severity;
    const jump = entry.appendChild(document.createElement('button'));
    jump.type = 'button';
    const line = jump.appendChild(document.createElement('span'));
    line.className = 'problem-line';
    line.textContent = (one.severity === 'error' ? 'Line ' : 'Warning, line ') + one.line;
    jump.append(' ' + one.message);
    jump.addEventListener('click', () => { editor.gotoLine(one.line, one.column - 1, true); editor.focus(); });
    return entry;
  };
  editor.session.on('change', () => { source.value = editor.getValue(); later(); });
  name?.addEventListener('input', () => { path.value = form.dataset.group + '/' + (name.validity.valid ? name.value.replace(/\.drl$/, '') : 'draft') + '.drl'; });
  check();

  discard.addEventListener('click', () => { editor.setValue(original, -1); editor.focus(); });
  let sending = false;
  form.addEventListener('submit', () => { sending = true; });
  addEventListener('beforeunload', event => { if (!sending && may && editor.getValue() !== original) event.preventDefault(); });
  publish?.addEventListener('click', () => {
    if (!form.reportValidity()) return;
    const impact = document.getElementById('publishing-impact');
    dialog.showModal();
    document.getElementById('dialog-note').focus();
    if (impact) htmx.ajax('POST', '/rules/impact', {target: impact, values: {path: path.value, source: source.value}});
  });
  document.getElementById('keep-editing')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', event => { if (event.key === 'Enter' && event.target.id === 'dialog-note') { event.preventDefault(); document.getElementById('publish-sure').click(); } });
  document.getElementById('publish-sure')?.addEventListener('click', () => {
    document.getElementById('note').value = document.getElementById('dialog-note').value;
    document.getElementById('publish-sure').disabled = true;
    form.requestSubmit();
  });

  // The facts beside it: found by any of their words, written into the rule by a click.
  const search = document.getElementById('fact-search');
  search.hidden = false;
  search.addEventListener('input', () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    document.querySelectorAll('.fact-group').forEach(group => {
      const rows = [...group.querySelectorAll('li')];
      rows.forEach(row => { row.hidden = !wanted.every(word => row.textContent.toLowerCase().includes(word)); });
      group.hidden = wanted.length > 0 && rows.every(row => row.hidden);
      if (wanted.length) group.open = true;
    });
  });
  document.querySelector('.rule-side').addEventListener('click', event => {
    const fact = event.target.closest('.fact');
    if (!fact || editor.getReadOnly()) return;
    editor.insert(fact.dataset.insert);
    editor.focus();
  });
})();
