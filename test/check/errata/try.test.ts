import { test } from 'vitest';
import { errata } from '../../../theorems/errata.ts';
import { runErratum } from '../../../src/check/errata/index.ts';
test('x', async () => {
  let out = '';
  for (const { id } of errata) {
    try {
      const r = await runErratum(id);
      out += `${id} ${r.status} ${r.seconds.toFixed(3)}\n`;
      for (const l of r.lines) out += `   ${l.claim} | ${l.printed} (${l.printedHolds}) | ${l.right}\n`;
      for (const f of r.facts) out += `   - ${f.claim}: ${f.value} ${f.holds}\n`;
    } catch (e) { out += `${id} THROWS ${(e as Error).stack?.split('\n').slice(0, 5).join('\n')}\n`; }
  }
  process.stdout.write(out);
});
