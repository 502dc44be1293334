import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scripts } from '../../proofs/index.ts';
import { readSources, SOURCES } from '../../src/node/rocq/sources.ts';
import { rocqTheorems, rocqTheoremsOf } from '../../src/rocq/theorems.ts';
import { errata } from '../../theorems/errata.ts';
import { results } from '../../theorems/index.ts';

const { files, texts } = await readSources();

test('every theorem is stated where it is said to be', () => {
  for (const { file, name } of rocqTheorems) {
    expect(files, file).toContain(file);
    expect(texts.get(file), `${file}: ${name}`).toMatch(
      new RegExp(`^(Theorem|Lemma|Corollary|Proposition|Definition) ${name}\\b`, 'm'),
    );
  }
});

test('no theorem is named twice', () => {
  const names = rocqTheorems.map(({ file, name }) => `${file} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test('every result that has a proof has a theorem, and each is about something that there is', () => {
  for (const { result } of scripts) expect(rocqTheoremsOf(result.id), result.id).not.toEqual([]);
  const ids = [...results.map(({ id }) => id), ...errata.map(({ id }) => id)];
  const topics = rocqTheorems.map(({ about }) => about).filter((about) => !ids.includes(about));
  expect([...new Set(topics)].sort()).toEqual([
    'axioms',
    'converses',
    'elimination',
    'faithful',
    'nonvacuous',
    'overparameterized',
    'robust',
  ]);
});

test('the README maps the paper to every headline theorem that is not generated', () => {
  const readme = readFileSync(join(SOURCES, 'README.md'), 'utf8');
  for (const { file, name } of rocqTheorems.filter((each) => !each.file.endsWith('correspondence.v'))) {
    expect(readme).toContain(`\`${name}\``);
    expect(readme).toContain(`](${file})`);
  }
  for (const [, link] of readme.matchAll(/\]\(([\w./]+)\)/g))
    expect(existsSync(join(SOURCES, link!)), link).toBe(true);
});
