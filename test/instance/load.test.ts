import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInstanceFile } from '../../src/node/files.ts';

const folder = join(import.meta.dirname, '../instances');
const files = readdirSync(folder).filter((name) => /^[IP]\d+b?\.json$/.test(name));
describe('shipped instances', () => {
  it.each(files)('%s', async (name) => {
    const i = await loadInstanceFile(join(folder, name));
    expect(i.m).toBeGreaterThan(0);
  });
});
