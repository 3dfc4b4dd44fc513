// Conditions in groups, as segments and triggers put them together: what is shown is all there is, and is read from the form each time.
import {condition, readCondition} from './conditions.js';

const DEEPEST = 6;

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => value === true ? made.setAttribute(key, '') : value !== false && value != null && made.setAttribute(key, value));
  made.append(...children);
  return made;
};

const button = (text, act, look = 'btn-outline-secondary') => {
  const made = element('button', {type: 'button', class: `btn btn-sm ${look}`}, text);
  made.addEventListener('click', act);
  return made;
};

// What is wrong with a condition, beneath it.
export function mistake(made, words) {
  const place = made.querySelector('.mistake');
  place.textContent = words;
  place.hidden = !words;
  made.classList.toggle('wrong', !!words);
  made.querySelectorAll('select, input').forEach(input => words ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid'));
}

/**
 * @param told    where a screen reader hears what became of a button
 * @param changed called after each change
 * @param legend  how the outermost group begins, such as "Customers of whom"
 * @param view    what stands there at first
 * @returns {read: path => criteria}
 */
export function groups({form, root, data, told, changed, legend, view: first}) {
  let number = 0;

  function group(view, depth) {
    const logic = element('select', {class: 'form-select', 'aria-label': depth === 1 ? 'How many of the conditions must hold' : 'How many of the group’s conditions must hold'},
      element('option', {value: 'AND', selected: view.logic !== 'OR'}, 'all'), element('option', {value: 'OR', selected: view.logic === 'OR'}, 'any'));
    const parts = element('div', {class: 'parts'});
    const made = element('fieldset', {class: 'group'}, element('legend', {}, depth === 1 ? legend : 'Group: of these', logic, 'hold' + (depth === 1 ? ' of these' : '')), parts);
    view.conditions.forEach(part => parts.append(item(part, depth)));
    const actions = element('div', {class: 'group-actions'}, button('Add condition', () => add(parts, item({}, depth), 'Condition added')));
    if (depth < DEEPEST) {
      actions.append(button('Add group', () => add(parts, item({logic: view.logic === 'OR' || logic.value === 'OR' ? 'AND' : 'OR', conditions: [{}]}, depth), 'Group added')));
    }
    if (depth > 1) {
      actions.append(button('Remove group', () => remove(made.closest('.nested'), 'Group removed')));
    }
    made.append(actions);
    return made;
  }

  function item(view, depth) {
    if (view.conditions) {
      return element('div', {class: 'nested'}, group(view, depth + 1));
    }
    const made = element('div', {class: 'condition', role: 'group', id: `condition-${++number}`});
    const row = element('div', {class: 'condition-row'});
    const mistake = element('p', {class: 'mistake', id: `mistake-${number}`, hidden: true});
    condition(row, view, data, `mistake-${number}`);
    const gone = button('✕', () => remove(made, 'Condition removed'));
    gone.classList.add('remove');
    row.append(gone);
    made.append(row, mistake);
    return made;
  }

  function add(parts, made, words) {
    parts.append(made);
    renumber();
    (made.querySelector('.condition [data-part]') || made.querySelector('[data-part]')).focus();
    told.textContent = words;
    changed();
  }

  // The focus goes to what took the place, or to the button that adds.
  function remove(made, words) {
    const parts = made.parentElement;
    const next = made.nextElementSibling || made.previousElementSibling;
    made.remove();
    if (!parts.children.length && parts.closest('.nested')) {
      remove(parts.closest('.nested'), 'Group removed');
      return;
    }
    renumber();
    (next?.querySelector('select, input') || parts.parentElement.querySelector('.group-actions button')).focus();
    told.textContent = words;
    changed();
  }

  function renumber() {
    form.querySelectorAll('.condition').forEach((made, n) => {
      made.setAttribute('aria-label', `Condition ${n + 1}`);
      made.querySelector('.remove').setAttribute('aria-label', `Remove condition ${n + 1}`);
    });
    form.querySelectorAll('.nested > .group').forEach((made, n) => made.querySelector(':scope > .group-actions').lastElementChild.setAttribute('aria-label', `Remove group ${n + 1}`));
  }

  function read(made, path) {
    made.dataset.path = path;
    return {
      logic: made.querySelector(':scope > legend select').value,
      conditions: [...made.querySelectorAll(':scope > .parts > *')].map((part, n) => {
        const place = `${path}.conditions[${n}]`;
        part.dataset.path = place;
        return part.classList.contains('nested') ? read(part.firstElementChild, place) : readCondition(part.firstElementChild, data);
      }),
    };
  }

  root.append(group(first, 1));
  renumber();
  return {read: path => read(root.firstElementChild, path)};
}
