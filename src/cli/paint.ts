import { type Paint, plain } from '../derive/report/paint.ts';

/** ANSI colours, or none. */
export async function paintWhere(colored: boolean): Promise<Paint> {
  if (!colored) return plain;
  const { default: picocolors } = await import('picocolors');
  const colors = picocolors.createColors(true);
  return (ink, part) => colors[ink](part);
}
