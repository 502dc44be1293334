import { SpecError } from '../symbolic/spec-error.ts';
import type { ParameterBlock } from './model.ts';

/** Larger models are refused: every parameter is a node of the graph. */
export const MAX_PARAMETERS = 2_000_000;

/** Lays parameter blocks one after another in θ. */
export class BlockLayout {
  readonly blocks: ParameterBlock[] = [];
  #length: number;
  readonly #path: string;

  constructor(path: string, offset = 0) {
    this.#path = path;
    this.#length = offset;
  }

  /** Throws a SpecError when θ grows beyond MAX_PARAMETERS. */
  add(name: string, shape: readonly number[]): ParameterBlock {
    const length = shape.reduce((product, side) => product * side, 1);
    const block = Object.freeze({ name, shape: Object.freeze([...shape]), offset: this.#length, length });
    if (this.#length + length > MAX_PARAMETERS)
      throw new SpecError(
        this.#path,
        `the model has more than ${MAX_PARAMETERS} parameters (block ${name}); use smaller layers`,
      );
    this.#length += length;
    this.blocks.push(block);
    return block;
  }

  get length(): number {
    return this.#length;
  }
}
