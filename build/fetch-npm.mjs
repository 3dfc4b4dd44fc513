// Fetches browser libraries that have no WebJar, and the linter of diagrams for tests: exact version, checked hash, unpacked into the build's output.
// Usage: node build/fetch-npm.mjs DOWNLOAD_DIR STATIC_VENDOR_DIR TEST_VENDOR_DIR LINT_DIR
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const packages = [
  {
    name: 'camunda-bpmn-js',
    version: '5.35.0',
    integrity: 'sha512-hT7GB/2vKA4++7oo7E8ZjWgyhFNHnlwP7r61DzrtO4wwYYoeEkulcKNzQKgrVbFIO7/tnV3Wd8cWRPblYu138Q==',
    keep: ['dist/assets', 'dist/camunda-cloud-navigated-viewer.production.min.js', 'dist/camunda-cloud-modeler.production.min.js', 'LICENSE'],
  },
  {
    name: '@fontsource-variable/inter',
    version: '5.3.0',
    integrity: 'sha512-OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==',
    keep: ['files/inter-latin-wght-normal.woff2', 'files/inter-latin-ext-wght-normal.woff2', 'LICENSE'],
    as: 'inter',
  },
  {
    name: 'grapesjs',
    version: '0.23.6',
    integrity: 'sha512-I8M/sPWjHm6MLIdUtRFNOKsQ3PtDgIDsc2S8ANkJsfHj3ZoH98oNMMWr64Kx22XgjHCQ4xpUx7nvXyQSKV1mrQ==',
    keep: ['dist/grapes.min.js', 'dist/css/grapes.min.css', 'LICENSE'],
  },
  {
    name: 'grapesjs-mjml',
    version: '1.0.8',
    integrity: 'sha512-cgaKwuGcBVgFCyqqK39kraPfw5DiA8qIyHKsDoMpOUqPY+ubMznx6U2M1NC9UKwD+gDCy/VVctyhb/aJAgyPNw==',
    keep: ['dist/index.js', 'LICENSE'],
  },
  {
    name: 'axe-core',
    version: '4.14.1',
    integrity: 'sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==',
    keep: ['axe.min.js', 'LICENSE'],
    testOnly: true,
  },
];

// What lint-bpmn.mjs stands on: bpmnlint, Camunda's rules, and all that these need, each whole.
const linter = [
  ['bpmnlint', '11.14.1', 'sha512-GE2o1rwe354fuBaeMZj6Usfzf/TbGQ/BXBY9qKmTeyqDF409YPDInDawWYBHEKG8hS7mx4dwDNrvQMNI9ltOTA=='],
  ['bpmnlint-plugin-camunda-compat', '2.61.0', 'sha512-vbtQu8/SnowyVy279vMYsrJHz7iwRdGAEiNy3Kn+Clpf9tzdHINwTVNHIlnG5dIWRb1gCWwATo1gM82A6IgdSA=='],
  ['bpmn-moddle', '10.3.0', 'sha512-NGSvzLBipbRtU/t54s47V2Ewf/lIC92EOGOp1y0kSCRspQFL6yfq98JIMuTu/iz8YFcucTUN3+PvlKS/VuJQgw=='],
  ['moddle', '8.2.1', 'sha512-20qzO/ZpMGO9j9gdQgXk9bfGxb9wA3JKnGth/21YZKODLrZE4RW/uVMIL5pTskYm34Z61DucBEPkq93qByNsBQ=='],
  ['moddle-xml', '12.3.2', 'sha512-fo6DSZdLr7Lr4ydgpHbEQEXu63QxxRPNmu5k2n3B/+oRTT9ybBLrcxo/hIK6Bo16ORVtw8FoZbwRCwZRr5l19g=='],
  ['saxen', '11.2.0', 'sha512-2bG564AAJcm/3vyZC0Uhs/mACrH+4AHMaKHKAB2M5xMqomUZa27FQ7MYaQGFKVcJk/MVzSEQ34A8QZWW+eiWEw=='],
  ['min-dash', '5.1.0', 'sha512-HAvN6XzmCQj+js43G9sJRRw8kj/7DvoxN7qhoIN9Xo5ZN1NMljtpyKs/NunXmw0QSWwlgZzNv6tLeEa4xaZ0tg=='],
  ['bpmnlint-utils', '1.1.1', 'sha512-Afdb77FmwNB3INyUfbzXW40yY+mc0qYU3SgDFeI4zTtduiVomOlfqoXiEaUIGI8Hyh7aVYpmf3O97P2w7x0DYQ=='],
  ['@bpmn-io/moddle-utils', '0.3.0', 'sha512-0kz2PKfjIH3XFtO9Koxh7jV8e1DWWs4rgp0IczhJgluoRHf9Jhq8zX1H3wGJu6+lpg1Rkzc6YW1ezKz+2K8wTg=='],
  ['@bpmn-io/feel-analyzer', '0.3.0', 'sha512-TJjNDg9c8f3Vg9rPuUTMV1vKQfX2mZGejyTUAzOWy4KXjqMTRG1PxlpAma5P444niivnZPtEukHgvO8R3aGd3g=='],
  ['@bpmn-io/lezer-feel', '2.5.0', 'sha512-09JlwNYeD5YYeFrl0dIFfgQKEL+NNiTyUwEtdcPhfftz1mYa7z+ylOPCv/8Z0GqG7X81uyMFvRZDFCRBFTiUPg=='],
  ['@lezer/highlight', '1.2.5', 'sha512-O1GMVKgtf5YspFaRzpmqkVgMtIk2HG9uMAbH6wdAIdNh3TVzCsch/+cRi+6l2//UGDKe6NB9BW3cvuR5ezMQ0w=='],
  ['@lezer/lr', '1.4.12', 'sha512-On9HU4oMMiHPMkQDgoTnGahjgG5n/MkN38CgG77sMraKLL+3JBbeQNi1FcCXV9QRqwF9/BUXP3caHyJC1fBOTQ=='],
  ['@lezer/common', '1.5.4', 'sha512-xt3Q4z64xM+xhg4M7NXqw1N//1O74bUFo5kz6fwMeC4qwxSuRdwkYSmjcqCEEKYkNw5e67f2hcNqBoNERAEU0w=='],
  ['@bpmn-io/semver-compat', '0.1.0', 'sha512-hIcW42Ku92MUioL6aknDbRoW1jK8ZEqIe8qZZ+d3cjitDO+PMEFFXj/sezJYIHMe8elu4CBz9qpjkV8WIVG9qw=='],
  ['semver', '7.8.6', 'sha512-9lpSSU4Mly3mrtruwLs1eLK6+gzbzqeBFwRNjIjE+9LuDpWdYctrQlQ3ej1Ilgi7gknpsTRnPoLP8DpCHqHIJw=='],
  ['@camunda/feel-builtins', '1.4.0', 'sha512-G3jH5MRvF/3L9/h6fY1zn+kwgYgH7APa84p34jajSG9IVWPCIGpttVGyRTrnbsCI76C2QdPbR2AvOm3RaLzUJg=='],
  ['semver-compare', '1.0.0', 'sha512-YM3/ITh2MJ5MtzaM429anh+x2jiLVjqILF4m4oyQB18W7Ggea7BfqdH/wGMK7dDiMghv/6WG7znWMwUDzJiXow=='],
  ['zeebe-bpmn-moddle', '1.9.0', 'sha512-Y9ncIdP4m1PKbIBDqSghwZud2eiiBpfygE0bTApGqtnGlJMA/6Xanl/J7ujxG5zREoAliwf6rJyJFk3FZ75AYg=='],
];

const [downloads, vendor, testVendor, lint] = process.argv.slice(2).map((path) => resolve(path));

const everything = [
  ...packages.map((one) => ({ ...one, target: join(one.testOnly ? testVendor : vendor, one.as ?? one.name) })),
  ...linter.map(([name, version, integrity]) => ({ name, version, integrity, keep: ['.'], target: join(lint, 'node_modules', name) })),
].map((one) => ({
  ...one,
  stamp: join(one.target, '.integrity'),
  wanted: `${one.integrity} ${one.keep.join(' ')}`,
  archive: join(downloads, `${one.name.replace('@', '').replace('/', '-')}-${one.version}.tgz`),
})).filter(({ stamp, wanted }) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted);

mkdirSync(downloads, { recursive: true });
const missing = everything.filter(({ archive }) => !existsSync(archive));
if (missing.length > 0) {
  // In one call: each takes a second.
  execFileSync('npm', ['pack', '--silent', ...missing.map(({ name, version }) => `${name}@${version}`), '--pack-destination', downloads], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

for (const { name, version, integrity, keep, target, stamp, wanted, archive } of everything) {
  const actual = 'sha512-' + createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (actual !== integrity) {
    rmSync(archive);
    throw new Error(`${name}@${version}: the download's hash is ${actual}, expected ${integrity}. It was removed; nothing was installed.`);
  }
  execFileSync('tar', ['-xzf', archive, '-C', downloads]);
  rmSync(target, { recursive: true, force: true });
  for (const path of keep) cpSync(join(downloads, 'package', path), join(target, path.replace(/^dist\//, '')), { recursive: true });
  rmSync(join(downloads, 'package'), { recursive: true });
  writeFileSync(stamp, wanted);
}

mkdirSync(lint, { recursive: true });
cpSync('build/lint-bpmn.mjs', join(lint, 'lint-bpmn.mjs'));
