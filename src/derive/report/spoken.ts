import type { ResultReport } from '../../check/report.ts';

/** theorem-4 → Theorem 4, local-minimum → local minimum */
export function spoken(id: string, capital: boolean): string {
  const words = id.replaceAll('-', ' ');
  return capital ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** Theorem 4 at t = 1; `title` in place of the id */
export const spokenResult = ({ result, t }: ResultReport, title = spoken(result, true)): string =>
  `${title}${t === undefined ? '' : ` at t = ${t}`}`;
