import { describe, expect, it } from 'vitest';
import { readCsv, readCsvTable } from '../../src/instance/csv.ts';
import { InstanceError } from '../../src/instance/error.ts';
import { random } from './writers.ts';

const cells = (text: string, options = {}) => readCsvTable(text, options, 'x.csv').cells;

describe('csv', () => {
  it('reads quoted cells, doubled quotes, line breaks inside cells, CRLF and a byte order mark', () => {
    const text = '\ufeffa,"b ""c""",d\r\n1,"2,5","two\r\nlines"\r\n"",x,\r\n';
    expect(cells(text)).toEqual(['a', 'b "c"', 'd', '1', '2,5', 'two\r\nlines', '', 'x', '']);
    expect(readCsvTable(text, {}, 'x.csv').lines).toEqual([1, 2, 4]);
  });

  it('chooses columns in the order asked for', () => {
    expect(cells('a,b,c\n1,2,3\n4,5,6\n', { columns: ['c', 'a'] })).toEqual(['3', '1', '6', '4']);
    expect(cells('1,2,3\n4,5,6', { columns: [2, 0] })).toEqual(['3', '1', '6', '4']);
    expect(cells('a,b\n1,2', { columns: [1], header: true })).toEqual(['2']);
  });

  it('gives exact decimals, or floats when asked', () => {
    const text = '0.1, 1/3 \n-2e-3,7\n';
    expect(readCsv(text, {}, 'x.csv').rationals().map(String)).toEqual(['1/10', '1/3', '-1/500', '7']);
    expect([...readCsv(text, { numbers: 'float64' }, 'x.csv').floats()]).toEqual([0.1, 1 / 3, -2e-3, 7]);
    expect(readCsv('0.1\n', { numbers: 'float64' }, 'x.csv').rational(0).toString()).not.toBe('1/10');
  });

  it('reads back what a writer quotes, 500 random tables', () => {
    const next = random(3);
    const letters = ['a', '"', ',', '\n', '\r\n', ' ', 'ü', ''];
    for (let run = 0; run < 500; run++) {
      const width = 1 + next(4);
      const table = Array.from({ length: 1 + next(5) }, () =>
        Array.from({ length: width }, () =>
          Array.from({ length: 1 + next(4) }, () => letters[next(letters.length)]!).join(''),
        ),
      );
      const text = table
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
        .join('\n');
      expect(cells(text)).toEqual(table.flat());
    }
  });

  it('settles on 5000 mutants: a table, or an InstanceError', () => {
    const text = 'a,"b b",c\r\n1,2,"x""y"\r\n3,4,5\n"6",7,8\n';
    const alphabet = '",\r\n 01a;\t\u0000';
    const next = random(5);
    let accepted = 0;
    for (let run = 0; run < 5000; run++) {
      let mutant = text;
      for (let edits = 1 + next(3); edits > 0; edits--) {
        const at = next(mutant.length + 1);
        mutant = mutant.slice(0, at) + alphabet[next(alphabet.length)]! + mutant.slice(at + next(2));
      }
      try {
        const table = readCsvTable(mutant, {}, 'x.csv');
        expect(table.cells.length).toBe(table.columns * table.lines.length);
        accepted++;
      } catch (error) {
        if (!(error instanceof InstanceError)) throw error;
      }
    }
    expect(accepted).toBeGreaterThan(100);
  });

  it('takes linear time on many blank lines', () => {
    expect(cells(`${'\n'.repeat(300_000)}x\n`).length).toBe(300_001);
  });
});
