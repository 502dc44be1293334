import { readdir, readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { check } from '../../src/check/index.ts';
import { reportSchema } from '../../src/check/report-schema.ts';
import { loadInstanceFile } from '../../src/node/files.ts';

const Ajv = Ajv2020.default ?? Ajv2020;
const folder = 'test/instances';

test('every report on a shipped instance satisfies the published schema', async () => {
  const validate = new Ajv({ strict: false }).compile(reportSchema());
  const files = (await readdir(folder)).filter((name) => /^[IP]\d+b?\.json$/.test(name));
  expect(files.length).toBe(50);
  for (const name of [...files.map((file) => `${folder}/${file}`), 'examples/iris/iris.json']) {
    const report = JSON.parse(JSON.stringify(await check(await loadInstanceFile(name))));
    expect(validate(report), `${name}: ${JSON.stringify(validate.errors?.[0])}`).toBe(true);
  }
});

test('the published file is the schema of the code', async () => {
  expect(JSON.parse(await readFile('schema/report.schema.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(reportSchema())),
  );
});
