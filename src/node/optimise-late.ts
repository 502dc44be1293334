import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 optimise a function only after about four times the work that it would wait for by itself. For a run of about a
 * second: what is optimised in its course is hardly used, and costs a quarter of the processor's time.
 */
export function optimiseLate(): void {
  setFlagsFromString('--interrupt-budget=500000');
}
