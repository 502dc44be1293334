/**
 * Things that a test needs and a machine may lack. Where one is missing the test is skipped, with a line on stderr; where
 * EVERYMIN_REQUIRE (a comma list, as CI sets it) names it, that is an error instead, so that CI cannot lose a test silently.
 */
export type Requirement =
  | 'chromium'
  | 'webgpu'
  | 'tensorflow'
  | 'lapack'
  | 'rocq'
  | 'pari'
  | 'numpy'
  | 'typst'
  | 'latex'
  | 'poppler'
  | 'build';

/** Whether to run; use as `describe.runIf(requireOrSkip('webgpu', found, reason))`. Throws when it is required. */
export function requireOrSkip(what: Requirement, available: boolean, reason: string): boolean {
  if (available) return true;
  const required = (process.env.EVERYMIN_REQUIRE ?? '').split(',').map((name) => name.trim());
  if (required.includes(what)) throw new Error(`EVERYMIN_REQUIRE names ${what}, which is missing: ${reason}`);
  process.stderr.write(`SKIPPED, ${what} is missing: ${reason}\n`);
  return false;
}
