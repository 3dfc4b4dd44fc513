// Puts a trigger together and tries it. What is shown is all there is: it is read from the form each time, sent as the API takes it, and what is
// wrong comes back with its place.
import {suggest} from '../segment/conditions.js';
import {element, groups, mistake} from '../segment/groups.js';

const form = document.getElementById('builder');
const data = JSON.parse(form.dataset.builder);
const editing = form.dataset.editing === 'true';
const told = document.getElementById('told');
const field = id => document.getElementById(id);
const value = id => field(id).value.trim();
const number = id => value(id) === '' ? null : Number(value(id));
const UNITS = [86400, 3600, 60];

// --- what stands there at first

suggest(field('lists'), data.suggestions);
const properties = element('datalist', {id: 'event-properties'});
field('lists').append(properties);
field('date-fields').append(element('option', {value: 'birthday'}),
  ...data.suggestions.attributes.filter(one => one.types.includes('date')).map(one => element('option', {value: 'attributes.' + one.name})));
const conditions = groups({form, root: field('root'), data: {...data, first: 'EVENT_TEXT'}, told, changed() {}, legend: 'Only if', view: data.criteria || {logic: 'AND', conditions: []}});

const seconds = text => {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text || '') || [];
  return Number(parts[1] || 0) * 86400 + Number(parts[2] || 0) * 3600 + Number(parts[3] || 0) * 60 + Number(parts[4] || 0);
};

function fill(trigger) {
  field('late').value = Math.round(seconds(trigger?.lateAfter || data.usual.lateAfter) / 3600);
  field('hourly').value = trigger?.hourlyLimit || data.usual.hourlyLimit;
  if (!trigger) return;
  for (const id of ['name', 'key', 'description', 'type']) field(id).value = trigger[id];
  field('event').value = trigger.event || '';
  field('segment').value = trigger.segment || '';
  if (trigger.date) {
    field('date-field').value = trigger.date.field;
    field('date-days').value = Math.abs(trigger.date.offsetDays);
    field('date-side').value = trigger.date.offsetDays > 0 ? '1' : '-1';
    field('date-at').value = trigger.date.at;
    field('date-yearly').checked = trigger.date.yearly;
  }
  if (trigger.inactivity) {
    field('quiet-events').value = trigger.inactivity.events.join(', ');
    field('quiet-days').value = trigger.inactivity.days;
  }
  const wait = seconds(trigger.delay);
  const unit = UNITS.find(one => wait > 0 && wait % one === 0) || 60;
  field('delay').value = wait / unit;
  field('delay-unit').value = String(unit);
  field('action').value = trigger.action.type;
  field('template').value = trigger.action.template || '';
  field('journey').value = trigger.action.journey || '';
  field('target').value = trigger.action.segment || '';
  field('url').value = trigger.action.url || '';
  field('body').value = trigger.action.body ? JSON.stringify(trigger.action.body, null, 2) : '';
  field('reentry').value = trigger.reentry?.policy || 'not_while_inside';
  field('reentry-days').value = trigger.reentry?.days || 30;
  field('cap-count').value = trigger.cap?.count ?? '';
  field('cap-days').value = trigger.cap?.days ?? '';
  field('active').checked = trigger.active;
}

// Only what the choice needs is shown.
function follow() {
  form.querySelectorAll('[data-for]').forEach(part => { part.hidden = !part.dataset.for.split(' ').includes(value('type')); });
  form.querySelectorAll('[data-does]').forEach(part => { part.hidden = !part.dataset.does.split(' ').includes(value('action')); });
  const channel = value('action').replace('send_', '');
  [...field('template').options].forEach(option => {
    const fits = !option.dataset.channel || option.dataset.channel === channel;
    option.hidden = option.disabled = !fits;
    if (!fits && option.selected) field('template').value = '';
  });
  field('reentry-days').hidden = value('reentry') !== 'after';
  field('date-yearly').disabled = value('date-field') === 'birthday';
  field('try-made').hidden = value('try-event') !== '-';
}

// --- reading

// What the form doesn't show of an action (data, subject, variables) stays as it was.
function action() {
  const type = value('action');
  const kept = data.trigger?.action.type === type ? data.trigger.action : {};
  if (type === 'start_journey') return {...kept, type, journey: value('journey')};
  if (type === 'add_to_segment') return {type, segment: value('target')};
  if (type === 'webhook') return {type, url: value('url'), ...(value('body') ? {body: JSON.parse(value('body'))} : {})};
  return {...kept, type, template: value('template')};
}

function trigger() {
  const type = value('type');
  const asked = conditions.read('conditions');
  const wait = Math.round((number('delay') || 0) * Number(value('delay-unit')));
  return {
    key: value('key'), name: value('name'), description: value('description'), type,
    event: type === 'event' ? value('event') : null,
    segment: type.startsWith('segment_') ? value('segment') || null : null,
    date: type === 'date' ? {field: value('date-field'), offsetDays: (number('date-days') || 0) * Number(value('date-side')), at: value('date-at'), yearly: field('date-yearly').checked} : null,
    inactivity: type === 'inactivity' ? {events: value('quiet-events').split(',').map(one => one.trim()).filter(Boolean), days: number('quiet-days')} : null,
    conditions: asked.conditions.length ? asked : null,
    delay: `PT${wait}S`,
    action: action(),
    reentry: value('action') === 'start_journey' ? {policy: value('reentry'), days: value('reentry') === 'after' ? number('reentry-days') : null} : null,
    cap: value('cap-count') || value('cap-days') ? {count: number('cap-count'), days: number('cap-days')} : null,
    lateAfter: number('late') === null ? null : `PT${number('late')}H`,
    hourlyLimit: number('hourly'),
    active: field('active').checked,
  };
}

const headers = accept => ({'Content-Type': 'application/json', Accept: accept, ...JSON.parse(document.body.getAttribute('hx-headers') || '{}')});
const post = (path, accept, body) => fetch('/triggers/builder' + path, {method: 'POST', headers: headers(accept), body: JSON.stringify(body)}).then(answer => {
  // A session that ended answers with the log-in page.
  if (answer.redirected && new URL(answer.url).pathname === '/login') location.assign('/login');
  return answer;
});

// --- what is wrong

function show(errors) {
  form.querySelectorAll('.condition').forEach(made => mistake(made, ''));
  form.querySelectorAll('[id$=-mistake]').forEach(place => place.id.startsWith('mistake-') || tell(place, ''));
  const rest = [];
  errors.forEach(error => {
    const made = [...form.querySelectorAll('.condition')].find(part => error.field === part.dataset.path || error.field.startsWith(part.dataset.path + '.'));
    const place = field(error.field.replaceAll('.', '-') + '-mistake');
    if (made) mistake(made, error.message);
    else if (place && !place.parentElement.hidden) tell(place, error.message);
    else rest.push(error.message);
  });
  const failure = field('failure');
  failure.hidden = !rest.length;
  failure.textContent = rest.join(' ');
  if (errors.length) {
    (form.querySelector('.wrong select, .wrong input, .is-invalid') || failure).focus();
    told.textContent = `Not saved: ${errors.length === 1 ? 'one thing is' : errors.length + ' things are'} wrong.`;
  }
}

function tell(place, words) {
  place.textContent = words;
  place.hidden = !words;
  const input = place.parentElement.querySelector('input, select, textarea');
  input?.classList.toggle('is-invalid', !!words);
  if (words) input?.setAttribute('aria-describedby', place.id);
  else input?.removeAttribute('aria-describedby');
}

// --- what happened before

let asked = '';
async function past() {
  const type = value('type');
  const name = type === 'event' ? value('event') : type === 'segment_entry' ? 'segment.entered' : type === 'segment_exit' ? 'segment.left' : '';
  if (name === asked) return;
  asked = name;
  const [events, names] = name ? await Promise.all(['events', 'properties'].map(what => fetch(`/triggers/builder/${what}?name=${encodeURIComponent(name)}`, {headers: {Accept: 'application/json'}})
    .then(answer => answer.ok ? answer.json() : []))) : [[], []];
  if (name !== asked) return;
  properties.replaceChildren(...names.map(one => element('option', {value: one})));
  field('try-event').replaceChildren(element('option', {value: ''}, 'the newest that fits'), element('option', {value: '-'}, 'one I make up'),
    ...events.map(one => element('option', {value: one.id}, `${one.at}: ${one.told}`)));
  follow();
}

field('try-it').addEventListener('click', async () => {
  const place = field('tried');
  field('try-it').disabled = true;
  try {
    const made = value('try-event') === '-' ? {properties: JSON.parse(value('try-properties') || '{}')} : null;
    const picked = made || !value('try-event') ? null : value('try-event');
    const answer = await post('/try', 'text/html', {trigger: trigger(), asked: {customerId: value('try-customer') || null, eventId: picked, event: made}});
    place.innerHTML = answer.ok ? await answer.text() : '';
    if (!answer.ok) place.textContent = 'That can’t be tried just now.';
  } catch (broken) {
    place.textContent = broken instanceof SyntaxError ? 'This is no JSON: ' + broken.message : 'The server can’t be reached just now.';
  }
  field('try-it').disabled = false;
});

form.addEventListener('submit', async event => {
  event.preventDefault();
  const save = form.querySelector('button[type=submit]');
  save.disabled = true;
  try {
    const answer = await post('', 'application/json', {trigger: trigger(), editing});
    const result = await answer.json();
    if (answer.ok) {
      location.assign(result.location);
      return;
    }
    show(result.errors || [{field: '', message: result.detail || 'That didn’t work.'}]);
  } catch (broken) {
    show([broken instanceof SyntaxError ? {field: 'action.body', message: 'This is no JSON: ' + broken.message} : {field: '', message: 'Not saved: the server can’t be reached just now.'}]);
  }
  save.disabled = false;
});

// --- beginning

fill(data.trigger);
form.hidden = false;
let ownKey = editing;
field('key').addEventListener('input', () => { ownKey = true; });
field('name').addEventListener('input', () => {
  if (!ownKey) {
    field('key').value = value('name').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 100);
  }
});
form.addEventListener('change', () => { follow(); past(); });
follow();
past();
