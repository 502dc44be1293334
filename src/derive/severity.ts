import type { Remark } from '../../theorems/result.ts';

/** What the letter of a remark or an erratum says. */
export const SEVERITY: Readonly<Record<Remark['severity'], string>> = {
  F: 'false as printed',
  G: 'gap in the printed proof',
  I: 'misprint',
  U: 'not needed',
  S: 'sharper',
};
