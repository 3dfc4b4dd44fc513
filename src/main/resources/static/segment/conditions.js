// One condition: a field, how it is compared, and with what. Which comparisons and inputs there are follows from the field's type.
const NUMBERS = [['gte', 'is at least'], ['gt', 'is more than'], ['lte', 'is at most'], ['lt', 'is less than'], ['eq', 'is'], ['neq', 'isn’t'], ['between', 'is between'], ['in', 'is one of']];
const COMPARISONS = {
  COUNT: NUMBERS, NUMBER: NUMBERS, SCORE: NUMBERS,
  DATE: [['within_last', 'is within the last'], ['not_within_last', 'isn’t within the last (or never was)'], ['lt', 'is before'], ['lte', 'is on or before'], ['gt', 'is after'],
    ['gte', 'is on or after'], ['eq', 'is on'], ['neq', 'isn’t on'], ['between', 'is between']],
  TEXT: [['eq', 'is'], ['neq', 'is known and isn’t'], ['in', 'is one of'], ['contains', 'contains'], ['known', 'is known'], ['unknown', 'isn’t known']],
  CHOICE: [['eq', 'is'], ['neq', 'isn’t'], ['in', 'is one of']],
  FLAG: [['eq', 'is']],
  SEGMENT: [['eq', 'is in'], ['neq', 'isn’t in']],
};
const CHOICES = {
  SUBSCRIPTION_STATUS: ['active', 'paused', 'past_due', 'cancelled', 'none'],
  RFM_SEGMENT: ['champions', 'loyal-customers', 'potential-loyalists', 'new-customers', 'promising', 'need-attention', 'about-to-sleep', 'at-risk', 'cant-lose-them', 'hibernating', 'lost', 'none'],
};
const LISTS = {COUNTRY: 'countries', TIME_ZONE: 'time-zones', RFM_SEGMENT: 'rfm-segments', SUBSCRIPTION_STATUS: 'subscription-states'};
const UNITS = [['-d', 'days ago'], ['-h', 'hours ago'], ['+d', 'days ahead'], ['on', 'the day']];
let lists = 0;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => value === true ? made.setAttribute(key, '') : value !== false && value != null && made.setAttribute(key, value));
  made.append(...children);
  return made;
};
const options = (choices, chosen) => choices.map(([value, text]) => element('option', {value, selected: value === chosen}, text));
const input = (label, attributes) => element('input', {class: 'form-control', 'aria-label': label, autocomplete: 'off', ...attributes});
const select = (label, choices, chosen, attributes = {}) => element('select', {class: 'form-select', 'aria-label': label, ...attributes}, ...options(choices, chosen));

// Lists of words to choose from while typing.
export function suggest(place, words) {
  const list = (id, values) => place.append(element('datalist', {id}, ...values.map(value => element('option', {value}))));
  list('countries', words.countries);
  list('time-zones', words.timeZones);
  list('categories', words.categories);
  list('events', words.events);
  list('rfm-segments', CHOICES.RFM_SEGMENT);
  list('subscription-states', CHOICES.SUBSCRIPTION_STATUS);
  for (const type of ['text', 'number', 'flag', 'date']) {
    list('attributes-' + type, words.attributes.filter(one => one.types.includes(type) || type === 'text' && one.types.includes('date')).map(one => one.name));
  }
}

export function condition(row, view, data, described) {
  const chosen = view.kind || data.first || 'TOTAL_ORDERS';
  const field = element('select', {class: 'form-select field', 'aria-label': 'What about', 'data-part': 'field'});
  for (const name of [...new Set(data.fields.map(one => one.group))]) {
    field.append(element('optgroup', {label: name}, ...options(data.fields.filter(one => one.group === name).map(one => [one.kind, one.label]), chosen)));
  }
  row.append(field);
  const known = kind => data.fields.find(one => one.kind === kind);
  const rebuild = (given, keepOperator) => {
    while (field.nextSibling && !field.nextSibling.classList?.contains('remove')) field.nextSibling.remove();
    const parts = [...argument(known(field.value), given), ...comparison(known(field.value), given, keepOperator)];
    field.after(...parts);
    const operator = row.querySelector('[data-part=operator]');
    const values = given => {
      while (operator.nextSibling && !operator.nextSibling.classList?.contains('remove')) operator.nextSibling.remove();
      operator.after(...valuesOf(known(field.value), operator.value, given, data));
      row.querySelectorAll('select, input').forEach(one => one.setAttribute('aria-describedby', described));
    };
    operator.addEventListener('change', () => values({values: typed(row)}));
    values(given);
  };
  field.addEventListener('change', () => rebuild({}, row.querySelector('[data-part=operator]').value));
  rebuild(view, view.operator);
}

const typed = row => [...row.querySelectorAll('[data-part=value]')].map(one => one.value).filter(Boolean);

function argument(field, view) {
  const days = label => input(label, {class: 'form-control short', type: 'number', min: 1, max: 3650, 'data-part': 'days', value: view.days || (field.takes === 'DAYS' ? 30 : ''), placeholder: field.takes === 'DAYS' ? '30' : 'ever'});
  const [label, placeholder, list] = field.prefix ? ['Its name', 'total', 'event-properties'] : field.group === 'Attributes' ? ['Attribute', 'attribute', 'attributes-' + field.kind.split('_')[1].toLowerCase()]
    : field.group === 'Orders' ? ['Category', 'category', 'categories'] : ['Event', 'product.viewed', 'events'];
  const name = () => input(label, {'data-part': 'argument', maxlength: 100, value: view.argument || '', placeholder, list});
  switch (field.takes) {
    case 'DAYS': return [days('Within how many days')];
    case 'NAME': return [name()];
    case 'NAME_AND_DAYS': return [name(), days('Within how many days; empty: ever')];
    default: return [];
  }
}

function comparison(field, view, operator) {
  // Of some dates only days ago are known, of a birth only the day.
  const choices = COMPARISONS[field.type].filter(([key]) => field.ago || !key.endsWith('within_last'));
  return [select('How', choices, choices.some(([key]) => key === operator) ? operator : choices[0][0], {'data-part': 'operator'})];
}

const joint = text => element('span', {class: 'joint'}, text);

function valuesOf(field, operator, view, data) {
  const [first = '', second = ''] = view.values || [];
  if (operator === 'known' || operator === 'unknown') return [];
  if (operator === 'in') {
    return [input('Values, with commas between', {'data-part': 'list', value: (view.values || []).join(', '), placeholder: field.kind === 'COUNTRY' ? 'NL, BE' : 'one, another', list: LISTS[field.kind]})];
  }
  switch (field.type) {
    case 'DATE':
      if (operator.endsWith('within_last')) return [input('Days', {class: 'form-control short', type: 'number', min: 1, 'data-part': 'value', value: /^\d+$/.test(first) ? first : '30'}), joint('days')];
      return operator === 'between' ? [...day(field, 'From', first), joint('and'), ...day(field, 'To', second)] : day(field, 'When', first);
    case 'CHOICE': return [select('Value', CHOICES[field.kind].map(one => [one, one.replaceAll('-', ' ').replaceAll('_', ' ')]), first, {'data-part': 'value'})];
    case 'FLAG': return [select('Value', [['true', 'yes'], ['false', 'no']], String(first), {'data-part': 'value'})];
    case 'SEGMENT': {
      const known = data.suggestions.segments.map(one => [one.key, one.name]);
      return [select('Segment', first && !known.some(([key]) => key === first) ? [[first, first], ...known] : known, first, {'data-part': 'value'})];
    }
    case 'TEXT': return [input('Value', {'data-part': 'value', maxlength: 200, value: first, list: LISTS[field.kind]})];
    default: {
      const number = (label, value) => input(label, {class: 'form-control short', type: 'number', step: field.type === 'NUMBER' ? 'any' : 1, 'data-part': 'value', value});
      return operator === 'between' ? [number('From', first), joint('and'), number('To', second)] : [number('Value', first)];
    }
  }
}

// So many days ago or ahead, or a day of the calendar.
function day(field, label, value) {
  const relative = /^([+-])(\d+)([dh])$/.exec(value);
  const units = UNITS.filter(([key]) => key === 'on' ? field.onDay : field.ago);
  const unit = relative ? (relative[3] === 'h' ? '-h' : relative[1] === '+' && relative[2] !== '0' ? '+d' : '-d') : value && field.onDay || !field.ago ? 'on' : '-d';
  const amount = on => on ? input(label, {type: 'date', 'data-part': 'value', value: relative ? '' : value})
    : input(label, {class: 'form-control short', type: 'number', min: 0, 'data-part': 'value', value: relative ? relative[2] : ''});
  const chosen = select(label + ': days or a date', units, unit, {'data-part': 'unit'});
  let shown = amount(unit === 'on');
  chosen.addEventListener('change', () => {
    const next = amount(chosen.value === 'on');
    next.setAttribute('aria-describedby', chosen.getAttribute('aria-describedby') || '');
    if (next.type === shown.type) next.value = shown.value;
    shown.replaceWith(next);
    shown = next;
  });
  return units.length > 1 ? [shown, chosen] : [shown, chosen].map((one, n) => { if (n) one.hidden = true; return one; });
}

// As the API takes it.
export function readCondition(row, data) {
  const part = name => row.querySelector(`[data-part=${name}]`);
  const field = data.fields.find(one => one.kind === part('field').value);
  const operator = part('operator').value;
  const argument = part('argument')?.value.trim() ?? '';
  const days = part('days')?.value.trim() ?? '';
  const name = field.prefix ? field.prefix + argument : field.group === 'Attributes' ? 'attributes.' + argument : field.key + (field.takes.startsWith('NAME') ? ':' + argument : '') + (days || field.takes === 'DAYS' ? ':' + days : '');
  const typed = text => field.type === 'FLAG' ? text === 'true' : ['COUNT', 'NUMBER', 'SCORE'].includes(field.type) && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (operator === 'known' || operator === 'unknown') return {field: name, operator: operator === 'known' ? 'neq' : 'eq', value: null};
  if (operator === 'in') return {field: name, operator, value: part('list').value.split(',').map(one => one.trim()).filter(Boolean).map(typed)};
  if (field.type === 'DATE' && !operator.endsWith('within_last')) {
    const units = [...row.querySelectorAll('[data-part=unit]')];
    const values = [...row.querySelectorAll('[data-part=value]')].map((one, n) => !one.value ? '' : units[n].value === 'on' ? one.value : units[n].value[0] + one.value + units[n].value[1]);
    return {field: name, operator, value: operator === 'between' ? values : values[0]};
  }
  const values = [...row.querySelectorAll('[data-part=value]')].map(one => typed(one.value.trim()));
  return {field: name, operator, value: operator === 'between' ? values : values[0] ?? ''};
}
