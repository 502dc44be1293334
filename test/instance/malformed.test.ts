import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstanceError } from '../../src/instance/error.ts';
import { loadInstanceFile } from '../../src/node/files.ts';

const folder = join(import.meta.dirname, '../malformed');
const expected: Record<string, string> = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'expected.json');

describe('malformed instances', () => {
  it('lists every file', () => {
    expect(Object.keys(expected).sort()).toEqual(files.sort());
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  it.each(files)('%s', async (name) => {
    const path = join(folder, name);
    const error: unknown = await loadInstanceFile(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InstanceError);
    const { message, place, fault } = error as InstanceError;
    expect(message).toBe(`${path}: ${expected[name]}`);
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(fault).not.toBe('');
    if (place !== '') expect(expected[name]).toContain(place);
  });
});
