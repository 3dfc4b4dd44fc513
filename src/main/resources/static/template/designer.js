// The mail is put together here as MJML; the server makes the HTML of it.
(() => {
  const desk = document.getElementById('desk');
  const {mjml, tags, version} = JSON.parse(desk.dataset.design);
  const verdict = document.getElementById('verdict');
  const list = document.getElementById('problems');
  let since = version;
  const plugin = window['grapesjs-mjml'].default || window['grapesjs-mjml'];

  const editor = grapesjs.init({
    container: '#canvas', height: '100%', fromElement: false, storageManager: false, telemetry: false, noticeOnUnload: false, cssIcons: '', showOffsets: true,
    panels: {defaults: []}, blockManager: {appendTo: '#blocks', appendOnClick: block => put(block)}, traitManager: {appendTo: '#trait-list'}, styleManager: {appendTo: '#styles'}, layerManager: {appendTo: '#layers'}, selectorManager: {appendTo: document.createElement('div')},
    deviceManager: {devices: [{id: 'desktop', name: 'Desktop', width: ''}, {id: 'mobile', name: 'Phone', width: '390px'}]},
    assetManager: {upload: false, embedAsBase64: false, showUrlInput: true},
    plugins: [editor => plugin(editor, {resetDevices: false, useCustomTheme: false, overwriteExport: false, imagePlaceholderSrc: '/web/icon.svg', fonts: {},
      blocks: ['mj-1-column', 'mj-2-columns', 'mj-3-columns', 'mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer']})],
  });
  // By a click or Enter, for whoever has no mouse to drag with: beside what is chosen, else at the end.
  const put = block => {
    const content = block.getContent();
    const body = editor.getWrapper().findType('mj-body')[0];
    const chosen = editor.getSelected();
    const beside = (kind, within) => chosen && (chosen.is(kind) ? chosen : chosen.closestType(kind)) || within.at(-1);
    let added;
    if ((typeof content === 'string' ? content : JSON.stringify(content)).includes('mj-section')) {
      const last = beside('mj-section', []);
      added = body.append(content, last ? {at: last.index() + 1} : {})[0];
    } else {
      const column = beside('mj-column', body.findType('mj-column'));
      if (!column) { say('Put a column into the mail first.', 'warning'); return; }
      const within = chosen && chosen.parent() === column;
      added = column.append(content, within ? {at: chosen.index() + 1} : {})[0];
    }
    if (added) { editor.select(added, {scroll: true}); say(block.getLabel() + ' is in the mail.', 'good'); }
  };
  const FONT = 'font-size="13px" line-height="20px" color="#66645c"';
  const block = (id, label, content) => editor.Blocks.add(id, {label, category: 'Ours', content, media: '<svg class="designer-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7"><rect x="3" y="4" width="18" height="16" rx="2"/><path d="M3 ' + (id === 'dv-footer' ? 16 : 9) + 'h18"/></svg>'});
  block('dv-header', 'Header', '<mj-section background-color="#ffffff"><mj-column><mj-text font-size="17px" font-weight="700" color="#1f6f5c">{{sender.name}}</mj-text></mj-column></mj-section>');
  block('dv-greeting', 'Greeting', '<mj-text font-size="28px" line-height="34px" color="#20231f">Hello {{default customer.firstName "there"}}</mj-text>');
  block('dv-product', 'Products for them', '<mj-section background-color="#ffffff"><mj-column><mj-raw>{{#each recommended.products limit=3}}</mj-raw><mj-text font-size="16px" line-height="25px"><a href="{{url}}" style="color:#1f6f5c">{{name}}</a> {{money price currency}}</mj-text><mj-raw>{{/each}}</mj-raw></mj-column></mj-section>');
  block('dv-cart', 'What is in the cart', '<mj-section background-color="#ffffff"><mj-column><mj-raw>{{#each cart.items}}</mj-raw><mj-text font-size="16px" line-height="25px" color="#34372f">{{quantity}} × {{name}}</mj-text><mj-raw>{{/each}}</mj-raw><mj-button background-color="#1f6f5c" color="#ffffff" href="{{cart.restoreUrl}}">Go on with my basket</mj-button></mj-column></mj-section>');
  block('dv-footer', 'Footer', '<mj-section><mj-column><mj-text ' + FONT + '>You get this because you asked {{sender.name}} to write to you. <a href="{{links.unsubscribe}}" style="color:#66645c">Unsubscribe</a> or <a href="{{links.preferences}}" style="color:#66645c">choose what you get</a>.<br/>{{sender.address}}</mj-text></mj-column></mj-section>');

  // Merge tags, where text is written.
  editor.RichTextEditor.add('merge-tag', {
    icon: '<select aria-label="Insert a merge tag"><option value="">Merge tag…</option>' + tags.map(tag => '<option>' + tag + '</option>').join('') + '</select>', event: 'change', attributes: {title: 'Insert a merge tag'},
    result: (rte, action) => { const choice = action.btn.firstElementChild; if (choice.value) rte.insertHTML('{{' + choice.value + '}}'); choice.value = ''; },
  });

  const code = () => editor.runCommand('mjml-code');
  const say = (words, kind) => { verdict.textContent = words; verdict.dataset.kind = kind; };
  let saved = null;
  editor.on('load', () => {
    document.querySelectorAll('#canvas iframe').forEach(frame => { frame.title = 'The mail'; });
    document.querySelectorAll('#blocks .gjs-block').forEach(one => {
      one.tabIndex = 0;
      one.setAttribute('role', 'button');
      one.addEventListener('keydown', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); one.click(); } });
    });
    editor.setComponents(mjml); editor.UndoManager.clear(); saved = code(); desk.dataset.ready = 'true'; });
  const changed = () => saved !== null && code() !== saved;

  document.getElementById('undo').addEventListener('click', () => editor.UndoManager.undo());
  document.getElementById('redo').addEventListener('click', () => editor.UndoManager.redo());
  document.querySelectorAll('[data-device]').forEach(button => button.addEventListener('click', () => {
    editor.Devices.select(button.dataset.device);
    document.querySelectorAll('[data-device]').forEach(one => one.setAttribute('aria-pressed', one === button));
  }));
  const panes = [...document.querySelectorAll('[data-pane]')];
  const choose = name => panes.forEach(one => {
    const on = one.dataset.pane === name;
    one.classList.toggle('active', on);
    one.setAttribute('aria-pressed', on);
    document.getElementById(one.dataset.pane).hidden = !on;
  });
  panes.forEach(one => one.addEventListener('click', () => choose(one.dataset.pane)));
  editor.on('component:selected', () => choose('traits'));
  editor.on('component:deselected', () => choose('blocks'));

  const headers = {'Content-Type': 'application/json', ...JSON.parse(document.body.getAttribute('hx-headers') || '{}')};
  const save = document.getElementById('save');
  save.addEventListener('click', async () => {
    save.disabled = true;
    say('Saving…', 'waiting');
    const now = code();
    try {
      const answer = await fetch(desk.dataset.save, {method: 'POST', headers, body: JSON.stringify({mjml: now, version: since})}).then(answer => answer.json());
      if (answer.version) {
        saved = now;
        since = answer.version;
        say('Saved as version ' + since + '.', answer.warnings.length ? 'warning' : 'good');
      } else say('Not saved: ' + (answer.problem || answer.detail || 'try again.'), 'error');
      list.replaceChildren(...(answer.warnings || []).map(one => { const entry = document.createElement('li'); entry.className = 'problem problem-warning'; entry.textContent = one.message; return entry; }));
      list.classList.toggle('none', !answer.warnings?.length);
    } catch (gone) {
      say('Not saved: the server can’t be reached. Your design is still here.', 'error');
    }
    save.disabled = false;
  });
  addEventListener('beforeunload', event => { if (changed()) event.preventDefault(); });
  window.templateDesigner = editor;
})();
