// Asks where the links lead, when somebody wants to know: as they are in the preview, for the chosen customer.
(() => {
  const place = document.getElementById('links');
  if (!place) return;
  const button = document.getElementById('check-links');
  const said = document.getElementById('links-said');
  const list = document.getElementById('links-found');
  const customer = document.getElementById('customer');
  const WORDS = {dead: 'Dead', unsure: 'Unsure', moved: 'Moved', unasked: 'Not asked', ok: 'There'};
  const KIND = {dead: 'error', unsure: 'warning', moved: 'warning', unasked: 'hint', ok: 'good'};
  const ORDER = Object.keys(WORDS);
  place.hidden = false;

  const item = one => {
    const entry = document.createElement('li');
    entry.className = 'problem problem-' + KIND[one.state];
    const word = entry.appendChild(document.createElement('span'));
    word.className = 'problem-line';
    word.textContent = WORDS[one.state];
    const link = entry.appendChild(document.createElement('a'));
    link.href = one.url;
    link.target = '_blank';
    link.rel = 'noreferrer noopener';
    link.textContent = one.url.length > 70 ? one.url.slice(0, 70) + '…' : one.url;
    const words = entry.appendChild(document.createElement('div'));
    words.className = 'reason';
    words.textContent = one.words;
    return entry;
  };
  button.addEventListener('click', async () => {
    button.disabled = true;
    list.classList.add('none');
    said.textContent = 'Asking…';
    const answer = await window.templateAsk('/templates/-/links', {draft: window.templateDraft(), customer: customer.value}).catch(() => null);
    button.disabled = false;
    if (!answer?.links) {
      said.textContent = answer?.problem ?? 'They can’t be asked just now.';
      return;
    }
    const links = answer.links.sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
    const dead = links.filter(one => one.state === 'dead').length;
    said.textContent = links.length === 0 ? 'There are no links that could be asked.' : (dead === 0 ? 'None is dead' : dead + (dead === 1 ? ' is dead' : ' are dead')) + ', of ' + links.length + '.'
      + (answer.left ? ' ' + answer.left + ' more weren’t asked.' : '');
    list.replaceChildren(...links.map(item));
    list.classList.toggle('none', links.length === 0);
  });
})();
