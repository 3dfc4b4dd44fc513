// Conditions of an audience, put together as those of segments are: kept in a field of the wizard's form, which saves itself.
import {suggest} from '../segment/conditions.js';
import {groups, mistake} from '../segment/groups.js';

const root = document.getElementById('conditions-root');
const form = root.closest('form');
const data = JSON.parse(root.dataset.builder);
const kept = document.getElementById('conditions');
const told = document.getElementById('conditions-told');
const words = document.getElementById('conditions-words');
const wrong = document.getElementById('conditions-mistake');

suggest(document.getElementById('conditions-lists'), data.suggestions);
const conditions = groups({form: root, root, data, told, legend: 'Only those of whom', changed: () => sync(true), view: data.criteria || {logic: 'AND', conditions: []}});
root.closest('.conditions').hidden = false;

const headers = () => ({'Content-Type': 'application/json', Accept: 'application/json', ...JSON.parse(document.body.getAttribute('hx-headers') || '{}')});
const ask = () => fetch('/campaigns/conditions', {method: 'POST', headers: headers(), body: JSON.stringify({conditions: kept.value ? JSON.parse(kept.value) : null})}).then(answer => {
  // A session that ended answers with the log-in page.
  if (answer.redirected && new URL(answer.url).pathname === '/login') location.assign('/login');
  return answer.json();
});

let waiting;
// What is typed is in the field before the form looks at it; adding and taking away has to be told.
function sync(tell) {
  const asked = conditions.read('conditions');
  kept.value = asked.conditions.length ? JSON.stringify(asked) : '';
  clearTimeout(waiting);
  waiting = setTimeout(look, 350);
  if (tell) kept.dispatchEvent(new Event('change', {bubbles: true}));
}
root.addEventListener('input', () => sync(false));
root.addEventListener('change', () => sync(false));

async function look() {
  try {
    const seen = await ask();
    words.textContent = seen.words ? seen.words + '.' : '';
    if (!seen.errors.length) show([]);
  } catch (gone) {
    words.textContent = 'Not available just now.';
  }
}

function show(errors) {
  root.querySelectorAll('.condition').forEach(made => mistake(made, ''));
  const rest = errors.filter(error => {
    const made = [...root.querySelectorAll('.condition')].find(part => error.field === part.dataset.path || error.field.startsWith(part.dataset.path + '.'));
    if (made) mistake(made, error.message);
    return !made;
  });
  wrong.textContent = rest.map(error => error.message).join(' ');
  wrong.hidden = !rest.length;
}

let good = false;
form.addEventListener('submit', async event => {
  if (good || !kept.value) return;
  event.preventDefault();
  let errors = [];
  try {
    errors = (await ask()).errors;
  } catch (gone) {
    // The form itself says that nobody can be reached.
  }
  show(errors);
  good = !errors.length;
  if (good) form.requestSubmit();
  else {
    root.closest('details').open = true;
    (root.querySelector('.wrong select, .wrong input') || root.querySelector('select')).focus();
    told.textContent = `Not saved: ${errors.length === 1 ? 'one thing is' : errors.length + ' things are'} wrong.`;
  }
});
if (data.criteria) look();
