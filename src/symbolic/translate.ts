import type { MathNode } from 'mathjs/number';
import { Rational } from '../kernel/rational.ts';
import { type GraphBuilder, type NodeId, UNARY, type Unary } from './graph.ts';
import { SpecError } from './spec-error.ts';
import { exactNumber, fault, type Token } from './tokens.ts';

const MAX_BITS = 20_000;
const MAX_POWER = 1000;

type Step =
  | { readonly visit: MathNode }
  | { readonly expect: string }
  | { readonly combine: (args: NodeId[]) => NodeId; readonly arity: number };

/**
 * mathjs's syntax tree as nodes of a graph, by a whitelist: post-order with an explicit stack, consuming the tokens of
 * the text in step. A tree that is not a bracketing of exactly these tokens is refused.
 */
export class Translation {
  readonly #tokens: readonly Token[];
  readonly #builder: GraphBuilder;
  readonly #resolve: (name: string) => NodeId | undefined;
  readonly #path: string;
  readonly #values: NodeId[] = [];
  #next = 0;

  constructor(
    tokens: readonly Token[],
    builder: GraphBuilder,
    resolve: (name: string) => NodeId | undefined,
    path: string,
  ) {
    this.#tokens = tokens;
    this.#builder = builder;
    this.#resolve = resolve;
    this.#path = path;
  }

  run(tree: MathNode): NodeId {
    const stack: Step[] = [{ visit: tree }];
    while (stack.length > 0) {
      const step = stack.pop()!;
      if ('visit' in step) {
        stack.push(...this.#steps(step.visit).reverse());
      } else if ('expect' in step) this.#take('operator', step.expect);
      else {
        const args = this.#values.splice(this.#values.length - step.arity);
        this.#push(step.combine(args));
      }
    }
    if (this.#next !== this.#tokens.length) throw this.#mismatch();
    return this.#values[0]!;
  }

  #steps(node: MathNode): Step[] {
    const b = this.#builder;
    switch (node.type) {
      case 'ConstantNode': {
        const token = this.#take('number');
        if (Number(token.text) !== (node as unknown as { value: unknown }).value) throw this.#mismatch();
        this.#push(b.constant(exactNumber(token, this.#path)));
        return [];
      }
      case 'SymbolNode': {
        const token = this.#take('name', (node as unknown as { name: string }).name);
        const value = this.#resolve(token.text);
        if (value === undefined) throw this.#mismatch();
        this.#push(value);
        return [];
      }
      case 'ParenthesisNode':
        return [
          { expect: '(' },
          { visit: (node as unknown as { content: MathNode }).content },
          { expect: ')' },
        ];
      case 'FunctionNode': {
        const { fn, args } = node as unknown as { fn: { name: unknown }; args: MathNode[] };
        return this.#call(this.#take('name', String(fn.name)), args);
      }
      case 'OperatorNode': {
        const { op, args, implicit } = node as unknown as {
          op: string;
          args: MathNode[];
          implicit: boolean;
        };
        return this.#operation(op, args, implicit);
      }
      default:
        throw new SpecError(
          this.#path,
          `a ${node.type} at column ${this.#column()} is not arithmetic; use + - * / ^, numbers, names and functions`,
        );
    }
  }

  #operation(op: string, args: readonly MathNode[], implicit: boolean): Step[] {
    const b = this.#builder;
    const [first, second] = args;
    if (first && !second && (op === '-' || op === '+')) {
      const combine = ([a]: NodeId[]) => (op === '-' ? b.negate(a!) : a!);
      return [{ expect: op }, { visit: first }, { combine, arity: 1 }];
    }
    const binary: Readonly<Record<string, (a: NodeId, c: NodeId) => NodeId>> = {
      '+': (a, c) => b.sum(a, c),
      '-': (a, c) => b.difference(a, c),
      '*': (a, c) => b.product(a, c),
      '/': (a, c) => this.#quotient(a, c),
      '^': (a, c) => this.#power(a, c),
    };
    const rule = Object.hasOwn(binary, op) ? binary[op] : undefined;
    if (!rule || !first || !second || args.length !== 2)
      throw fault(this.#path, `operator ${op}`, this.#column(), 'use + - * / ^');
    const sign: Step[] = implicit ? [] : [{ expect: op }];
    const combine = ([a, c]: NodeId[]) => rule(a!, c!);
    return [{ visit: first }, ...sign, { visit: second }, { combine, arity: 2 }];
  }

  #call(name: Token, args: readonly MathNode[]): Step[] {
    const b = this.#builder;
    const extremum = name.text === 'max' || name.text === 'min' ? name.text : undefined;
    if (!extremum && !(UNARY as readonly string[]).includes(name.text)) throw this.#mismatch();
    if (extremum ? args.length < 1 : args.length !== 1)
      throw fault(
        this.#path,
        `${name.text} has ${args.length} arguments`,
        name.column,
        `give it ${extremum ? 'at least ' : ''}one`,
      );
    const inner = args.flatMap((each, k): Step[] => [{ expect: k === 0 ? '(' : ',' }, { visit: each }]);
    const combine = (values: NodeId[]) =>
      extremum
        ? values.reduce((a, c) => b.extremum(extremum, a, c))
        : b.unary(name.text as Unary, values[0]!);
    return [...inner, { expect: ')' }, { combine, arity: args.length }];
  }

  #constant(id: NodeId): Rational | undefined {
    const node = this.#builder.node(id);
    return node.op === 'constant' ? node.value : undefined;
  }

  #quotient(a: NodeId, c: NodeId): NodeId {
    if (this.#constant(c)?.isZero)
      throw new SpecError(
        this.#path,
        `division by zero before column ${this.#column()}; change the denominator`,
      );
    return this.#builder.quotient(a, c);
  }

  #power(a: NodeId, c: NodeId): NodeId {
    const b = this.#builder;
    const exponent = this.#constant(c);
    const doubled = exponent?.mul(Rational.integer(2));
    if (!exponent || !doubled!.isInteger) return b.unary('exp', b.product(c, b.unary('log', a)));
    if (doubled!.abs().cmp(Rational.integer(2 * MAX_POWER)) > 0)
      throw new SpecError(
        this.#path,
        `the exponent ${exponent} before column ${this.#column()} is too large; use at most ${MAX_POWER}`,
      );
    const base = this.#constant(a);
    if (base?.isZero && exponent.sign < 0) return this.#quotient(b.constant(1), a);
    if (base && bits(base) * Math.abs(exponent.toNumber()) > MAX_BITS) throw this.#tooLong();
    return exponent.isInteger
      ? b.power(a, exponent.toNumber())
      : b.power(b.unary('sqrt', a), doubled!.toNumber());
  }

  #push(id: NodeId): void {
    const value = this.#constant(id);
    if (value && bits(value) > MAX_BITS) throw this.#tooLong();
    this.#values.push(id);
  }

  #tooLong(): SpecError {
    return new SpecError(
      this.#path,
      `a constant before column ${this.#column()} has more than ${MAX_BITS} bits; write it shorter`,
    );
  }

  #take(kind: Token['kind'], text?: string): Token {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind || (text !== undefined && token.text !== text)) throw this.#mismatch();
    this.#next++;
    return token;
  }

  #column(): number {
    const token = this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!;
    return token.column;
  }

  #mismatch(): SpecError {
    return new SpecError(
      this.#path,
      `the expression at column ${this.#column()} is not plain arithmetic; use + - * / ^, numbers, names and functions`,
    );
  }
}

function bits(value: Rational): number {
  return 4 * (value.numerator.toString(16).length + value.denominator.toString(16).length);
}
