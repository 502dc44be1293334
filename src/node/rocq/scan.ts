import type { Unproved } from '../../derive/proofs/rocq-report.ts';

/**
 * Looks through Rocq sources for what would make a proof rest on something that is not proved. `Print Assumptions` finds
 * what a theorem uses; this finds what nothing uses yet, and what switches a check of Rocq off.
 */

/** Never allowed. */
const FORBIDDEN =
  /^(Admitted|Axioms?|Conjectures?|Parameters?|Declare\s+ML\s+Module|Unset\s+(Guard|Universe|Positivity)\s+Checking|Set\s+Type\s+In\s+Type|Primitive|Add\s+LoadPath)\b/;
const TACTICS = /(?<![\w'.])(admit|give_up|bypass_check)(?![\w'])/;
/** Allowed in a section, where they are hypotheses of what follows. */
const LOCAL = /^(Hypothes[ie]s|Variables?|Context)\b/;

/** Every such place of a file, in its order. Comments and strings are left out. */
export function unprovedIn(file: string, source: string): readonly Unproved[] {
  const found: Unproved[] = [];
  let sections = 0;
  let line = 1;
  for (const { text, skipped, lines } of sentences(source)) {
    const at = line + skipped;
    line += lines;
    const command = text.replace(/^(#\[[^\]]*\]\s*|Local\s+|Global\s+|Polymorphic\s+)*/, '');
    if (/^Section\b/.test(command)) sections += 1;
    else if (/^End\b/.test(command)) sections = Math.max(0, sections - 1);
    const named = FORBIDDEN.exec(command)?.[1] ?? TACTICS.exec(command)?.[1];
    const outside = sections === 0 ? LOCAL.exec(command)?.[1] : undefined;
    if (named !== undefined) found.push({ file, line: at, command: named });
    else if (outside !== undefined)
      found.push({ file, line: at, command: `${outside} outside of a section` });
  }
  return found;
}

interface Sentence {
  /** without comments; each string is "" */
  readonly text: string;
  /** line ends before its first letter */
  readonly skipped: number;
  /** line ends in all */
  readonly lines: number;
}

/** A sentence ends at a dot before white space; comments nest. */
function* sentences(source: string): Generator<Sentence> {
  let text = '';
  let skipped = 0;
  let lines = 0;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    const two = c + (source[i + 1] ?? '');
    if (c === '\n') {
      lines += 1;
      if (text === '') skipped += 1;
    }
    if (quoted) {
      if (c === '"') {
        quoted = false;
        if (depth === 0) text += '"';
      }
      continue;
    }
    if (c === '"') {
      quoted = true;
      if (depth === 0) text += '"';
      continue;
    }
    if (two === '(*') {
      depth += 1;
      i += 1;
      continue;
    }
    if (depth > 0) {
      if (two === '*)') {
        depth -= 1;
        i += 1;
      }
      continue;
    }
    if (c === '.' && /^\s?$/.test(source[i + 1] ?? '')) {
      if (text !== '') yield { text, skipped, lines };
      else if (lines > 0) yield { text: '', skipped, lines };
      text = '';
      skipped = 0;
      lines = 0;
      continue;
    }
    if (text !== '' || !/\s/.test(c)) text += c;
    // A bullet or a brace before a command is not part of it.
    if (/^[-+*{}]+\s*$/.test(text)) {
      text = '';
      skipped = lines;
    }
  }
  if (text !== '') yield { text, skipped, lines };
}
