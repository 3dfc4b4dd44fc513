// What a template can take, with what it would be for the chosen customer; a click writes it into the text.
(() => {
  const place = document.getElementById('tags');
  const search = document.getElementById('tag-search');
  const customer = document.getElementById('customer');
  const channel = document.getElementById('template-form').dataset.channel;
  const BLOCKS = {name: 'Blocks and helpers', tags: [
    {name: 'Otherwise', words: 'A word for those who have none', insert: '{{default customer.firstName "there"}}'},
    {name: 'If', words: 'Only where there is one', insert: '{{#if discountCode}}\n  \n{{else}}\n  \n{{/if}}'},
    {name: 'In a segment', words: 'A block for its members, another for the rest', insert: '{{#segment "segment-key"}}\n  \n{{else}}\n  \n{{/segment}}'},
    {name: 'Is it this?', words: 'For what a rule or an attribute says', insert: '{{#is decision "premium"}}\n  \n{{else}}\n  \n{{/is}}'},
    {name: 'Money', words: 'With its currency', insert: '{{money cart.total cart.currency}}'},
    {name: 'Date', words: 'On the customer’s own clock', insert: '{{date discountExpiresAt "d MMMM"}}'},
    {name: 'Plural', words: '1 item, 2 items', insert: '{{plural cart.itemCount "item" "items"}}'},
    {name: 'Products', words: 'Chosen for this customer', insert: '{{#each recommended.products limit=3}}\n  <a href="{{url}}">{{name}}</a> {{money price currency}}\n{{/each}}'}]};

  const add = (parent, name, style, text) => {
    const element = parent.appendChild(document.createElement(name));
    if (style) element.className = style;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const show = groups => {
    const open = new Set([...place.querySelectorAll('details[open]')].map(one => one.dataset.name));
    place.replaceChildren(...[...groups, BLOCKS].map((group, n) => {
      const details = document.createElement('details');
      details.className = 'fact-group';
      details.dataset.name = group.name;
      details.open = open.size ? open.has(group.name) : n === 0;
      add(details, 'summary', '', group.name);
      const list = add(details, 'ul', 'fact-list');
      group.tags.forEach(tag => {
        const button = add(add(list, 'li'), 'button', 'fact');
        button.type = 'button';
        button.dataset.insert = tag.insert;
        button.title = 'Insert ' + tag.insert;
        add(button, 'span', 'fact-name' + (group === BLOCKS ? '' : ' mono'), tag.name);
        add(button, 'span', 'fact-words', tag.words);
        if (tag.value !== undefined && !tag.insert.startsWith('{{#')) add(button, 'span', 'fact-example', tag.value === null ? '–' : tag.value);
      });
      return details;
    }));
    filter();
  };
  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    place.querySelectorAll('.fact-group').forEach(group => {
      const rows = [...group.querySelectorAll('li')];
      rows.forEach(row => { row.hidden = !wanted.every(word => row.textContent.toLowerCase().includes(word)); });
      group.hidden = wanted.length > 0 && rows.every(row => row.hidden);
      if (wanted.length) group.open = true;
    });
  };
  window.templateTags = () => fetch('/templates/-/tags?channel=' + channel + '&customer=' + encodeURIComponent(customer.value))
    .then(answer => answer.ok ? answer.json().then(show) : null);
  search.addEventListener('input', filter);
  place.addEventListener('click', event => {
    const tag = event.target.closest('.fact');
    if (tag) window.templateInsert(tag.dataset.insert);
  });
  window.templateTags();
})();
