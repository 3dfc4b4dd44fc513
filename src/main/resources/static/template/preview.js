// How the text reads, as it stands in the editor: for a customer, or somebody made up. The mail itself is in a frame that runs nothing.
(() => {
  const place = document.getElementById('preview');
  const whose = document.getElementById('whose');
  const customer = document.getElementById('customer');
  const people = document.getElementById('people');
  const views = [...document.querySelectorAll('.template-views button')];
  const sheet = document.getElementById('document-form');
  const channel = place.dataset.channel;
  const DESKTOP = 640;
  let view = 'wide', asked = 0, open, frames = 0;

  const add = (parent, name, style, text) => {
    const element = parent.appendChild(document.createElement(name));
    if (style) element.className = style;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  window.templateLook = async () => {
    const question = ++asked;
    open?.abort();
    open = new AbortController();
    try {
      const look = await window.templateAsk('/templates/-/preview', {draft: window.templateDraft(), customer: customer.value}, open.signal);
      if (look && question === asked) show(look);
    } catch (gone) {
      // The next change asks again.
    }
  };
  const show = look => {
    const next = document.createDocumentFragment();
    if (look.problem) {
      add(next, 'p', 'template-trouble', look.problem);
      whose.textContent = '';
    } else {
      if (channel === 'email') mail(next, look); else if (channel === 'sms') sms(next, look); else push(next, look);
      whose.textContent = look.who ? 'For ' + look.who + '; what only a journey knows (a code, an order) is made up.' : 'With made-up data. Name a customer to see what they would get.';
      window.templateSize(look.bytes);
    }
    place.replaceChildren(next);
    if (!look.problem && channel === 'email' && view !== 'text' && look.html) load();
  };
  const mail = (parent, look) => {
    const head = add(parent, 'div', 'template-subject');
    add(head, 'p', 'template-subject-line', look.subject || 'No subject');
    if (look.preheader) add(head, 'p', '', look.preheader);
    if (view === 'text' || !look.html) {
      const text = add(parent, 'pre', '', look.text);
      text.tabIndex = 0;
      text.setAttribute('role', 'region');
      text.setAttribute('aria-label', 'Text part');
      return;
    }
    const stage = add(parent, 'div', 'template-stage');
    stage.dataset.view = view;
    const frame = add(stage, 'iframe');
    frame.name = 'template-document-' + ++frames;
    frame.title = 'The mail as it reads';
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    frame.referrerPolicy = 'no-referrer';
  };
  // A frame that is new takes what the form sends without a step in the window's history.
  const load = () => {
    const stage = place.querySelector('.template-stage');
    const frame = stage.querySelector('iframe');
    if (view !== 'phone') {
      const scale = Math.min(1, stage.clientWidth / DESKTOP);
      frame.width = Math.ceil(stage.clientWidth / scale);
      frame.height = Math.ceil(stage.clientHeight / scale);
      frame.style.transform = 'scale(' + scale + ')';
    }
    const values = {...window.templateDraft(), customer: customer.value, scheme: view === 'dark' ? 'dark' : 'light'};
    for (const [name, value] of Object.entries(values)) if (sheet.elements[name]) sheet.elements[name].value = value ?? '';
    sheet.target = frame.name;
    sheet.submit();
  };
  const sms = (parent, look) => {
    const device = add(parent, 'div', 'template-device');
    add(device, 'p', 'template-bubble', look.text);
    const counted = look.segments;
    if (counted) add(device, 'p', 'reason mb-0 mt-2', counted.count + (counted.count === 1 ? ' segment, ' : ' segments, ') + counted.units + ' characters in ' + counted.encoding
      + (counted.encoding === 'UCS-2' ? ': a letter outside of the GSM alphabet halves what fits' : ''));
  };
  const push = (parent, look) => {
    const note = add(add(parent, 'div', 'template-device'), 'p', 'template-bubble');
    if (look.subject) add(note, 'strong', '', look.subject);
    note.append(look.text);
  };

  const test = document.getElementById('test-form');
  const to = document.getElementById('test-to');
  const tested = document.getElementById('tested');
  test.hidden = false;
  to.value = localStorage.getItem('test-' + channel) || '';
  test.addEventListener('submit', async event => {
    event.preventDefault();
    const button = test.querySelector('button');
    button.disabled = true;
    tested.textContent = 'Sending…';
    const answer = await window.templateAsk('/templates/-/test', {draft: window.templateDraft(), customer: customer.value, to: to.value}).catch(() => null);
    button.disabled = false;
    tested.textContent = answer?.words ?? answer?.problem ?? 'It can’t be sent just now.';
    if (answer?.url) {
      localStorage.setItem('test-' + channel, to.value);
      const link = add(tested, 'a', '', 'Look at it');
      link.href = answer.url;
      link.target = '_blank';
      tested.insertBefore(document.createTextNode(' '), link);
    }
  });

  views.forEach(button => button.addEventListener('click', () => {
    view = button.dataset.view;
    views.forEach(one => one.setAttribute('aria-pressed', one === button));
    window.templateLook();
  }));
  let waiting;
  customer.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if ([...people.options].some(option => option.value === customer.value) || customer.value === '') {
        window.templateLook();
        window.templateTags();
        return;
      }
      const found = await fetch('/templates/-/people?customer=' + encodeURIComponent(customer.value)).then(answer => answer.ok ? answer.json() : []);
      people.replaceChildren(...found.map(one => new Option(one.name, one.id)));
    }, 250);
  });
  customer.addEventListener('change', () => { window.templateLook(); window.templateTags(); });
})();
