// A list of people from a file: each line's customer goes into the field below, where it can be seen and mended before it is kept. The file itself isn't sent.
const MOST_BYTES = 5_000_000;
const HEADS = ['externalid', 'external_id', 'customerid', 'customer_id', 'id', 'email', 'e-mail'];
const upload = document.querySelector('[data-upload]');
const cells = (line, between) => line.split(between).map(cell => cell.trim().replace(/^"(.*)"$/, '$1').trim());
/** The column that is called like a customer's id or address, otherwise the first; a line of names above is left out. */
export function people(text) {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n|\r/).filter(line => line.trim());
  if (lines.length === 0) return [];
  const between = [';', '\t', ','].find(sign => lines[0].includes(sign)) ?? ',';
  const head = cells(lines[0], between).map(name => name.toLowerCase());
  const column = HEADS.map(name => head.indexOf(name)).find(place => place >= 0) ?? -1;
  return (column < 0 ? lines : lines.slice(1)).map(line => cells(line, between)[Math.max(0, column)] ?? '').filter(Boolean);
}
if (upload) {
  const told = upload.querySelector('[role=status]');
  const field = document.getElementById(upload.dataset.upload);
  upload.hidden = false;
  upload.querySelector('input').addEventListener('change', async event => {
    event.stopPropagation();
    const file = event.target.files[0];
    if (!file) return;
    if (file.size > MOST_BYTES) {
      told.textContent = 'That is more than 5 MB: import it as customers, with a segment of their own.';
      return;
    }
    const found = people(await file.text());
    const before = field.value.split('\n').map(line => line.trim()).filter(Boolean);
    const all = [...new Set([...before, ...found])];
    field.value = all.join('\n');
    told.textContent = found.length === 0 ? 'There is nobody in that file.' : `${(all.length - before.length).toLocaleString('en')} added from ${file.name}, ${all.length.toLocaleString('en')} in all.`;
    event.target.value = '';
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
