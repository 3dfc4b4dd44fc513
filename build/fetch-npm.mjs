// Fetches browser libraries that have no WebJar: exact version, checked hash, unpacked into the build's output.
// Usage: node build/fetch-npm.mjs DOWNLOAD_DIR STATIC_VENDOR_DIR TEST_VENDOR_DIR
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

const [downloads, vendor, testVendor] = process.argv.slice(2).map((path) => resolve(path));

for (const { name, version, integrity, keep, as = name, testOnly } of packages) {
  const target = join(testOnly ? testVendor : vendor, as);
  const stamp = join(target, '.integrity');
  const wanted = `${integrity} ${keep.join(' ')}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;

  const archive = join(downloads, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  mkdirSync(downloads, { recursive: true });
  if (!existsSync(archive)) {
    execFileSync('npm', ['pack', '--silent', `${name}@${version}`, '--pack-destination', downloads], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  }
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
