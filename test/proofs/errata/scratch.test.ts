import { test } from 'vitest';
import { blockFormula } from '/work/main/proofs/errata/block-formula.ts';
import { Library } from '/work/main/proofs/index.ts';
test('x', () => {
  for (const [b,s] of [['right','coordinatewise'],['printed','coordinatewise'],['right','arbitrary']] as const) {
    const t0 = performance.now();
    try { const p = new Library([blockFormula('bf', {blocks:b, σ:s})]).prove('bf'); console.log(b,s,'OK',p.steps.length, p.axioms, p.milliseconds); }
    catch (e) { console.log(b,s,(e as Error).message, performance.now()-t0); }
  }
});
