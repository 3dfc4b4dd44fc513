// Puts conditions together. What is shown is all there is: the criteria are read from the form each time, sent as the API takes them, and what
// is wrong with them comes back with its place.
import {suggest} from './conditions.js';
import {element, groups, mistake} from './groups.js';

const form = document.getElementById('builder');
const data = JSON.parse(form.dataset.builder);
const editing = form.dataset.editing === 'true';
const root = document.getElementById('root');
const told = document.getElementById('told');

const body = () => JSON.stringify({
  key: value('key'), name: value('name'), type: value('type'), description: value('description'), criteria: conditions.read('criteria'), editing, version: data.version,
});
const value = id => document.getElementById(id).value.trim();
const headers = () => ({'Content-Type': 'application/json', Accept: 'application/json, application/x-ndjson', ...JSON.parse(document.body.getAttribute('hx-headers') || '{}')});
const post = (path, signal) => fetch('/segments/builder' + path, {method: 'POST', headers: headers(), body: body(), signal}).then(answer => {
  // A session that ended answers with the log-in page.
  if (answer.redirected && new URL(answer.url).pathname === '/login') location.assign('/login');
  return answer;
});

// --- what is wrong

function show(errors, all) {
  form.querySelectorAll('.condition').forEach(made => mistake(made, ''));
  ['name', 'key'].forEach(id => all && field(id, errors.find(error => error.field === id)?.message || ''));
  const rest = [];
  errors.forEach(error => {
    const made = [...form.querySelectorAll('.condition')].find(part => error.field === part.dataset.path || error.field.startsWith(part.dataset.path + '.'));
    if (made) {
      if (all || made.dataset.touched) mistake(made, error.message);
    } else if (error.field !== 'name' && error.field !== 'key') {
      rest.push(error.message);
    }
  });
  const failure = document.getElementById('failure');
  failure.hidden = !all || !rest.length;
  failure.textContent = rest.join(' ');
  if (all && errors.length) {
    (form.querySelector('.wrong select, .wrong input, .is-invalid') || failure).focus?.();
    told.textContent = `Not saved: ${errors.length === 1 ? 'one thing is' : errors.length + ' things are'} wrong.`;
  }
}

function field(id, words) {
  const input = document.getElementById(id);
  const place = document.getElementById(id + '-mistake');
  place.textContent = words;
  place.hidden = !words;
  input.classList.toggle('is-invalid', !!words);
  input.setAttribute('aria-describedby', words ? place.id : '');
}

// --- looking: the rule at once, then the figures as they come; whatever is overtaken is given up

let waiting;
let running = new AbortController();

function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(look, 350);
}

async function look() {
  running.abort();
  running = new AbortController();
  const {signal} = running;
  try {
    const answer = await post('/look', signal);
    if (!answer.ok) return words('Not available just now.');
    const seen = await answer.json();
    show(seen.errors, false);
    if (seen.errors.length) {
      document.getElementById('words').textContent = '';
      document.getElementById('rule').textContent = seen.rule || 'Complete the conditions to see it.';
      const whole = seen.errors.find(error => error.field === 'criteria');
      words(whole ? 'It can’t decide like this.' : 'Complete the conditions to see who it is.');
      list('warnings', whole ? [element('li', {}, whole.message)] : []);
      return;
    }
    document.getElementById('words').textContent = seen.words + '.';
    document.getElementById('rule').textContent = seen.rule;
    list('warnings', seen.warnings.map(warning => element('li', {}, warning)));
    await count(signal);
  } catch (gone) {
    if (gone.name !== 'AbortError') words('Not available just now.');
  }
}

async function count(signal) {
  const answer = await post('/count', signal);
  if (!answer.ok) return words('Others are counting just now: it goes on with your next change.');
  const lines = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {done, value} = await lines.read();
    if (done || signal.aborted) return;
    const all = (rest + value).split('\n');
    rest = all.pop();
    if (all.length) figures(JSON.parse(all.at(-1)));
  }
}

const plain = new Intl.NumberFormat('en');

function figures(seen) {
  const place = document.getElementById('count');
  const progress = document.getElementById('progress');
  // A screen reader hears the end, not each step to it.
  place.setAttribute('aria-live', seen.finished ? 'polite' : 'off');
  place.classList.remove('words');
  const share = seen.total ? seen.customers / seen.total : 1;
  place.textContent = seen.finished ? plain.format(seen.count) : '≈ ' + plain.format(Math.round(seen.count / Math.max(share, 1e-9)));
  progress.hidden = seen.finished;
  progress.value = share;
  const moves = document.getElementById('moves');
  moves.hidden = false;
  moves.textContent = seen.finished ? `of ${plain.format(seen.total)}` + (editing ? `; ${plain.format(seen.entering)} would enter, ${plain.format(seen.leaving)} leave` : '')
    : `${plain.format(seen.customers)} of ${plain.format(seen.total)} looked at`;
  if (seen.finished && seen.count === seen.total && seen.total > 0) {
    list('warnings', [element('li', {}, 'This is everybody.')]);
  }
  list('sample', seen.sample.slice(0, 5).map(one => element('li', {}, element('a', {href: '/customers/' + encodeURIComponent(one.customerId)}, one.name), element('span', {}, one.reason))));
}

function words(text) {
  const place = document.getElementById('count');
  place.classList.add('words');
  place.textContent = text;
  ['progress', 'moves'].forEach(id => { document.getElementById(id).hidden = true; });
  list('sample', []);
  list('warnings', []);
}

function list(id, items) {
  const place = document.getElementById(id);
  place.replaceChildren(...items);
  place.hidden = !items.length;
}

// --- beginning

suggest(document.getElementById('lists'), data.suggestions);
const conditions = groups({form, root, data, told, changed, legend: 'Customers of whom', view: data.criteria || {logic: 'AND', conditions: [{}]}});
form.hidden = false;

let ownKey = editing;
document.getElementById('key').addEventListener('input', () => { ownKey = true; });
document.getElementById('name').addEventListener('input', () => {
  if (!ownKey) {
    document.getElementById('key').value = value('name').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 100);
  }
});
form.addEventListener('input', changed);
form.addEventListener('change', changed);
form.addEventListener('focusout', event => {
  const made = event.target.closest('.condition');
  if (made && !made.contains(event.relatedTarget)) {
    made.dataset.touched = 'true';
    changed();
  }
});
form.addEventListener('submit', async event => {
  event.preventDefault();
  if (document.getElementById('handwritten') && !confirm('Write the rule anew from the conditions? What somebody wrote into it by hand, its reason and its comments, stays in its versions only.')) return;
  const save = form.querySelector('button[type=submit]');
  save.disabled = true;
  try {
    const answer = await post('');
    const result = await answer.json();
    if (answer.ok) {
      location.assign(result.location);
      return;
    }
    show(result.errors || [{field: '', message: result.detail || 'That didn’t work.'}], true);
  } catch (gone) {
    show([{field: '', message: 'Not saved: the server can’t be reached just now.'}], true);
  }
  save.disabled = false;
});
if (data.criteria) look();
