#!/usr/bin/env node
// npm run bench: prints figures and ratios measured in this one run. --help lists the groups.
import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const GROUPS = ['startup', 'gram', 'backends', 'kernels', 'rank', 'networks', 'parallel'];
const chosen = process.argv.slice(2);

if (!existsSync(fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url)))) {
  console.error('bench: dist/ is missing; run `npm run build` first');
  process.exit(3);
}
const groups = await Promise.all(GROUPS.map(async (name) => (await import(`./${name}.mjs`))[name]));

if (chosen.some((word) => word === '--help' || word === '-h')) {
  console.log(`Usage: npm run bench [-- GROUP…]

Measures this build on this machine and prints ratios to what else is installed.

Groups (all by default):
${groups.map(({ name, describes }) => `  ${name.padEnd(8)}  ${describes}`).join('\n')}`);
  process.exit(0);
}
const unknown = chosen.filter((word) => !GROUPS.includes(word));
if (unknown.length > 0) {
  console.error(`bench: no group ${unknown.join(', ')}; the groups are ${GROUPS.join(', ')}`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? process.arch}, ${availableParallelism()} cores`);
for (const group of groups) {
  if (chosen.length > 0 && !chosen.includes(group.name)) continue;
  console.log(`\n${group.name}: ${group.describes}\n`);
  console.log(await group.run());
}
