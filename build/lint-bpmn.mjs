// Looks for what is wrong in diagrams: bpmnlint's recommended rules, and Camunda's for version 8.5. Runs beside its node_modules, see fetch-npm.mjs.
// Usage: node lint-bpmn.mjs FOLDER; a line for each finding, status 1 where there is any.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
const zeebe = require('zeebe-bpmn-moddle/resources/zeebe.json');

// One for each diagram: its rules remember what they have seen.
const linter = () => new Linter({
  resolver: new NodeResolver({ require }),
  config: { extends: ['bpmnlint:recommended', 'plugin:camunda-compat/camunda-cloud-8-5'] },
});

const folder = process.argv[2];
const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.bpmn'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
let found = 0;
for (const file of files) {
  const { rootElement, warnings } = await new BpmnModdle({ zeebe }).fromXML(readFileSync(file, 'utf8'));
  const tell = (where, what, message) => {
    found++;
    console.log(`${relative(folder, file)}: ${where}: ${what}: ${message}`);
  };
  warnings.forEach((warning) => tell(warning.element?.id ?? '', 'import', warning.message));
  for (const [rule, reports] of Object.entries(await linter().lint(rootElement))) {
    reports.forEach((report) => tell(report.id ?? '', `${report.category} ${rule}`, report.message));
  }
}
console.log(`${files.length} diagrams, ${found} findings`);
process.exit(found > 0 || files.length === 0 ? 1 : 0);
