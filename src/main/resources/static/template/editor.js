// The editor on a template's page. Without it the page has plain fields that do the same by their form.
(() => {
  const form = document.getElementById('template-form');
  const verdict = document.getElementById('verdict');
  const list = document.getElementById('problems');
  const save = document.getElementById('save');
  const size = document.getElementById('size');
  const html = document.getElementById('html');
  const MOST = 500000, LIMIT = 100 * 1024, CLIPPED = 102 * 1024;
  document.querySelector('main').classList.add('template-scripted');

  let editor = null, mark = () => {};
  if (html) {
    editor = window.codeEditor(document.getElementById('editor'), {mode: 'ace/mode/handlebars', tabSize: 2, fontSize: 13, minLines: 20, maxLines: 38, textInputAriaLabel: 'HTML'});
    mark = window.codeMarks(editor, /^(\{\{[^}]*\}*|<[\w-]+|[\w.$:#/-]+)/);
    editor.session.setValue(html.value);
    html.hidden = true;
    editor.session.on('change', () => { html.value = editor.getValue(); html.dispatchEvent(new Event('input', {bubbles: true})); });
    const tabs = [...document.querySelectorAll('.template-tabs [role=tab]')];
    const choose = tab => tabs.forEach(one => {
      const on = one === tab;
      one.classList.toggle('active', on);
      one.setAttribute('aria-selected', on);
      one.tabIndex = on ? 0 : -1;
      document.getElementById(one.getAttribute('aria-controls')).hidden = !on;
      if (on && one.id === 'tab-html') editor.resize();
    });
    document.querySelector('.template-tabs').hidden = false;
    tabs.forEach((tab, n) => {
      tab.addEventListener('click', () => choose(tab));
      tab.addEventListener('keydown', event => { if (event.key.startsWith('Arrow')) { const other = tabs[1 - n]; choose(other); other.focus(); } });
    });
    choose(tabs[0]);
    window.templateTabs = part => choose(tabs[part === 'text' ? 1 : 0]);
  }

  // What is written into: where one wrote last.
  const parts = [...form.querySelectorAll('.template-part')];
  let last = html ? null : document.getElementById('text');
  parts.forEach(part => part.addEventListener('focus', () => { last = part; }));
  editor?.on('focus', () => { last = null; });
  window.templateInsert = text => {
    if (last && (last.offsetParent || !editor)) {
      last.setRangeText(text, last.selectionStart ?? last.value.length, last.selectionEnd ?? last.value.length, 'end');
      last.dispatchEvent(new Event('input', {bubbles: true}));
      last.focus();
    } else if (editor) {
      window.templateTabs('html');
      editor.insert(text);
      editor.focus();
    }
  };

  window.templateDraft = () => Object.fromEntries(['key', 'channel', 'name', 'type', 'category', 'subject', 'preheader', 'html', 'text'].map(name => [name, form.elements[name] ? form.elements[name].value : null]));
  const state = () => JSON.stringify(window.templateDraft());
  const original = state();

  // Checked on the server while one types. Only the answer to the last question counts.
  const headers = {'Content-Type': 'application/json', ...JSON.parse(document.body.getAttribute('hx-headers') || '{}')};
  window.templateAsk = (path, body, signal) => fetch(path, {method: 'POST', headers, signal, body: JSON.stringify(body)})
    .then(answer => answer.ok && answer.headers.get('Content-Type')?.includes('json') ? answer.json() : answer.json().then(said => ({problem: said.detail}), () => null));
  let asked = 0, waiting, open;
  const say = (words, kind) => { verdict.textContent = words; verdict.dataset.kind = kind; };
  const check = async () => {
    const question = ++asked;
    open?.abort();
    open = new AbortController();
    const draft = window.templateDraft();
    const length = Math.max(...[draft.html, draft.text].map(text => (text || '').length));
    if (length > MOST) {
      show({problems: [{part: (draft.html || '').length > MOST ? 'html' : 'text', line: 1, column: 1, message: 'It is far too long for a message: ' + Math.round(length / 1024) + ' KB. A mail may have 100 KB.'}], warnings: []});
      return;
    }
    try {
      const found = await window.templateAsk('/templates/-/check', draft, open.signal);
      if (question !== asked) return;
      if (found?.problems) show(found); else say('It can’t be checked just now.', 'waiting');
    } catch (gone) {
      if (question === asked) say('It can’t be checked just now.', 'waiting');
    }
  };
  const later = () => { asked++; say('Checking…', 'waiting'); clearTimeout(waiting); waiting = setTimeout(() => { check(); window.templateLook(); }, 350); };
  const show = found => {
    const all = [...found.problems.map(one => ({...one, severity: 'error'})), ...found.warnings];
    mark(all.filter(one => one.part === 'html'));
    parts.forEach(part => {
      const wrong = all.filter(one => one.part === part.dataset.part && one.severity === 'error');
      part.classList.toggle('template-field-mark', wrong.length > 0);
      part.setAttribute('aria-invalid', wrong.length > 0);
    });
    const count = kind => all.filter(one => one.severity === kind).length;
    const words = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');
    const errors = count('error'), warnings = count('warning'), hints = count('hint');
    say(errors ? words(errors, 'mistake') : warnings ? 'Good, with ' + words(warnings, 'warning') : hints ? 'Good, with ' + words(hints, 'hint') : 'Good', errors ? 'error' : warnings ? 'warning' : 'good');
    save.disabled = errors > 0;
    list.replaceChildren(...all.map(item));
    list.classList.toggle('none', all.length === 0);
  };
  const NAMES = {subject: 'Subject', preheader: 'Preheader', text: 'Text'};
  const item = one => {
    const entry = document.createElement('li');
    entry.className = 'problem problem-' + one.severity;
    const jump = entry.appendChild(document.createElement('button'));
    jump.type = 'button';
    const line = jump.appendChild(document.createElement('span'));
    line.className = 'problem-line';
    const kind = one.severity === 'error' ? '' : one.severity === 'warning' ? 'Warning, ' : 'Hint, ';
    const where = one.part === 'html' || one.part === 'text' && html ? (NAMES[one.part] && html ? NAMES[one.part].toLowerCase() + ', ' : '') + 'line ' + one.line : NAMES[one.part].toLowerCase();
    line.textContent = (kind + where).replace(/^./, letter => letter.toUpperCase());
    line.title = 'Column ' + one.column;
    jump.append(' ' + one.message);
    jump.addEventListener('click', () => {
      if (one.part === 'html') { window.templateTabs('html'); editor.gotoLine(one.line, one.column - 1, true); editor.focus(); }
      else { if (html && one.part === 'text') window.templateTabs('text'); parts.find(part => part.dataset.part === one.part)?.focus(); }
    });
    return entry;
  };
  window.templateSize = bytes => {
    if (!size) return;
    size.hidden = bytes === 0;
    const kb = (bytes / 1024).toFixed(bytes < 10240 ? 1 : 0);
    size.textContent = kb + ' KB of 100 KB' + (bytes > CLIPPED ? ': Gmail cuts it off at 102 KB' : '; Gmail cuts off at 102 KB');
    size.dataset.kind = bytes > LIMIT ? 'error' : bytes > LIMIT * .8 ? 'warning' : '';
  };
  form.addEventListener('input', event => { if (event.target.id !== 'note') later(); });
  form.addEventListener('change', event => { if (event.target.id === 'type') later(); });
  check();
  window.templateLook();

  // A key made from the name, until somebody writes one.
  const key = document.getElementById('key');
  if (key) {
    let own = key.value !== '';
    key.addEventListener('input', () => { own = key.value !== ''; });
    form.elements.name.addEventListener('input', () => { if (!own) key.value = form.elements.name.value.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60); });
  }
  let sending = false;
  form.addEventListener('submit', event => {
    if (form.dataset.designed === 'true' && html && html.value !== JSON.parse(original).html && !confirm('This mail was made in the designer. With this HTML the designer begins anew. Save?')) { event.preventDefault(); return; }
    sending = true;
  });
  addEventListener('beforeunload', event => { if (!sending && (state() !== original || document.querySelector('.alert-danger'))) event.preventDefault(); });
  const dialog = document.getElementById('copying');
  document.getElementById('copy')?.addEventListener('click', () => dialog.showModal());
  document.getElementById('no-copy')?.addEventListener('click', () => dialog.close());
})();
