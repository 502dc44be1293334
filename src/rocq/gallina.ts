/**
 * Sorts and terms of the kernel in Gallina, the language of Rocq.
 *
 * The text means, in the reading of proofs/rocq/kernel/interpretation.v, what the term means: ℕ is `nat`, ℝ is the `R` of the
 * section, Fin(n) is `'I_n`, functions are functions, propositions are propositions. Three things need care:
 * - Names. A binder gets a name that nothing around it has, so that no occurrence is captured.
 * - Scopes. What is written with + or ≤ is marked %N or %R wherever the surrounding scope is the other one.
 * - Dimensions. Fin(a + b) is Fin(b + a) in the kernel, not in Rocq. So the sort that Rocq infers is computed beside the text,
 *   from what is written, and where another spelling is expected the index is cast, with the equation as a proof obligation.
 */
import {
  apply,
  arrow,
  codomainAt,
  definitionOf,
  Fin,
  fresh,
  KernelError,
  Nat,
  op,
  Prop,
  pi,
  Real,
  type Sort,
  type Term,
} from '../kernel/term.ts';
import type { Names } from './names.ts';

type Scope = 'N' | 'R';

/** Text, the level of its head in Rocq's grammar, and the sort that Rocq infers, as it is spelled. */
export interface Piece {
  readonly text: string;
  readonly level: number;
  readonly sort: Sort;
}

const ATOM = 0;
const SUFFIX = 2;
const APPLICATION = 10;
const NEGATIVE = 35;
const PRODUCT = 40;
const BIG = 41;
const SUM = 50;
const RELATION = 70;
const NOT = 75;
const AND = 80;
const OR = 85;
const ARROW = 99;
const BINDER = 200;

const piece = (text: string, level: number, sort: Sort): Piece => ({ text, level, sort });
/** In parentheses where the place takes no more than `level`. */
const at = (level: number, { text, level: own }: Pick<Piece, 'text' | 'level'>): string =>
  own <= level ? text : `(${text})`;

/** A space at which no line is broken. */
export const KEPT = '\u00a0';
const abstraction = (name: string, sort: string): string => `fun ${name} : ${sort}`.replaceAll(' ', KEPT);

/** In the ring scope, with the sort that Rocq infers. */
export const printTerm = (term: Term, names: Names): Piece => print(term, names, 'R');
/** In parentheses where it would not stand to the left of an arrow. */
export const asHypothesis = (p: Piece): string => at(ARROW - 1, p);

// ------------------------------------------------------------------------------------------- sorts

export function sortText(sort: Sort, names: Names, level = BINDER): string {
  switch (sort.kind) {
    case 'Nat':
      return 'nat';
    case 'Real':
      return 'R';
    case 'Prop':
      return 'Prop';
    case 'Fin': {
      const n = print(sort.dimension!, names, 'N');
      if (n.level === APPLICATION) return `'I_(${print(sort.dimension!, names, 'R').text})`;
      return n.level === ATOM ? `'I_${n.text}` : `'I_(${n.text})%N`;
    }
    default: {
      const domain = sortText(sort.domain!, names, ARROW - 1);
      if (sort.codomain !== null) {
        const text = `${domain} -> ${sortText(sort.codomain, names)}`;
        return at(level, { text, level: ARROW });
      }
      const x = fresh(sort.hint || 'x', sort.domain!);
      const inside = names.with(x);
      const text = `forall ${inside.of(x)} : ${domain}, ${sortText(codomainAt(sort, x), inside)}`;
      return at(level, { text, level: BINDER });
    }
  }
}

// ------------------------------------------------------------------------------------------- terms

/** Of x ↦ body: x, the body, and the names inside. Another function f is read as x ↦ f(x). */
export function opened(f: Term, names: Names): readonly [Term, Term, Names] {
  const x = fresh(f.kind === 'lambda' ? f.name || f.sort.hint || 'x' : f.sort.hint || 'x', f.sort.domain!);
  return [x, apply(f, x), names.with(x)];
}

function print(term: Term, names: Names, scope: Scope): Piece {
  switch (term.kind) {
    case 'variable':
      return piece(names.of(term), ATOM, term.sort);
    case 'number':
      return term.sort.kind === 'Nat' ? natural(term, scope) : real(term, scope);
    case 'lambda': {
      const [x, body, inside] = opened(term, names);
      const value = print(body, inside, scope);
      const text = `${abstraction(inside.of(x), sortText(x.sort, names))} => ${value.text}`;
      return piece(text, BINDER, pi(x, value.sort));
    }
    case 'apply': {
      const [f, x] = term.args as readonly [Term, Term];
      return applied(print(f, names, scope), x, names, scope);
    }
    default:
      return definitionOf(term.name) ? defined(term, names, scope) : primitive(term, names, scope);
  }
}

function applied(f: Piece, x: Term, names: Names, scope: Scope): Piece {
  const argument = cast(print(x, names, scope), f.sort.domain!, names);
  const sort = f.sort.codomain ?? codomainAt(f.sort, x);
  return piece(`${at(APPLICATION, f)} ${at(SUFFIX, argument)}`, APPLICATION, sort);
}

function defined(term: Term, names: Names, scope: Scope): Piece {
  let out = piece(term.name, ATOM, definitionOf(term.name)!.body.sort);
  for (const x of term.args) out = applied(out, x, names, scope);
  return out;
}

/** In the scope where + is that of numbers of this kind. */
function within(wanted: Scope, scope: Scope, text: string, level: number, sort: Sort): Piece {
  if (wanted === scope) return piece(text, level, sort);
  const inside = wanted === 'N' && text.length < 30 ? text.replaceAll(' ', KEPT) : text;
  return piece(level === ATOM ? `${text}%${wanted}` : `(${inside})%${wanted}`, ATOM, sort);
}

function natural(term: Term, scope: Scope): Piece {
  const digits = `${term.value!.numerator}`;
  return piece(scope === 'N' ? digits : `${digits}%N`, ATOM, Nat);
}

function real(term: Term, scope: Scope): Piece {
  const { numerator, denominator } = term.value!;
  const whole = (n: bigint): string => (n < 2n ? `${n}` : `${n}%:R`);
  const size = whole(numerator < 0n ? -numerator : numerator);
  const signed = numerator < 0n ? `- ${size}` : size;
  if (denominator !== 1n) return within('R', scope, `${signed} / ${whole(denominator)}`, PRODUCT, Real);
  const level = numerator < 0n ? NEGATIVE : numerator < 2n ? ATOM : SUFFIX;
  return within('R', scope, signed, level, Real);
}

function primitive(term: Term, names: Names, scope: Scope): Piece {
  const { name, args } = term;
  const arg = (i: number, inner: Scope = scope): Piece => print(args[i]!, names, inner);
  const like = (i: number, sort: Sort, inner: Scope = scope): string =>
    at(SUFFIX, cast(arg(i, inner), sort, names));
  const plain = (i: number): string => at(SUFFIX, arg(i));
  const infix = (mark: string, level: number, left: number, right: number, sort: Sort): Piece =>
    piece(`${at(left, arg(0))} ${mark} ${at(right, arg(1))}`, level, sort);
  const numeric = (
    wanted: Scope,
    mark: string,
    level: number,
    left: number,
    right: number,
    sort: Sort,
  ): Piece =>
    within(wanted, scope, `${at(left, arg(0, wanted))} ${mark} ${at(right, arg(1, wanted))}`, level, sort);
  const quantified = (word: string): Piece => {
    let [x, body, inside] = opened(args[0]!, names);
    const sort = sortText(x.sort, names);
    let bound = inside.of(x);
    // Neighbours of one sort share it; Rocq has no ∃ of several variables in plain text.
    while (word === 'forall' && body.kind === 'operation' && body.name === word) {
      const [y, rest, deeper] = opened(body.args[0]!, inside);
      if (sortText(y.sort, inside) !== sort) break;
      bound += ` ${deeper.of(y)}`;
      [body, inside] = [rest, deeper];
    }
    return piece(`${word} ${bound} : ${sort}, ${print(body, inside, scope).text}`, BINDER, Prop);
  };
  const big = (wanted: Scope, sort: Sort): Piece => {
    const [x, body, inside] = opened(args[0]!, names);
    const size = at(RELATION - 1, print(x.sort.dimension!, names, wanted));
    const range = `${inside.of(x)} < ${size}`.replaceAll(' ', KEPT);
    const text = `\\sum_(${range}) ${at(BIG, print(body, inside, wanted))}`;
    return within(wanted, scope, text, BIG, sort);
  };
  const call = (head: string, parts: readonly string[], sort: Sort): Piece =>
    piece(`${head} ${parts.join(' ')}`, APPLICATION, sort);

  switch (name) {
    case 'true':
      return piece('True', ATOM, Prop);
    case 'false':
      return piece('False', ATOM, Prop);
    case 'and':
      return infix('/\\', AND, AND - 1, AND, Prop);
    case 'or':
      return infix('\\/', OR, OR - 1, OR, Prop);
    case 'imp':
      if (args[1]!.name === 'false') return piece(`~ ${at(NOT, arg(0))}`, NOT, Prop);
      return infix('->', ARROW, ARROW - 1, BINDER, Prop);
    case 'forall':
      return quantified('forall');
    case 'exists':
      return quantified('exists');
    case 'eq': {
      const left = arg(0);
      const right = cast(arg(1), left.sort, names);
      return piece(`${at(RELATION - 1, left)} = ${at(RELATION - 1, right)}`, RELATION, Prop);
    }
    case 'le':
      return numeric('R', '<=', RELATION, RELATION - 1, RELATION - 1, Prop);
    case 'lt':
      return numeric('R', '<', RELATION, RELATION - 1, RELATION - 1, Prop);
    case 'natLe':
      return numeric('N', '<=', RELATION, RELATION - 1, RELATION - 1, Prop);
    case 'natLt':
      return numeric('N', '<', RELATION, RELATION - 1, RELATION - 1, Prop);
    case 'add':
      return numeric('R', '+', SUM, SUM, SUM - 1, Real);
    case 'mul':
      return numeric('R', '*', PRODUCT, PRODUCT, PRODUCT - 1, Real);
    case 'natAdd':
      return numeric('N', '+', SUM, SUM, SUM - 1, Nat);
    case 'natMul':
      return numeric('N', '*', PRODUCT, PRODUCT, PRODUCT - 1, Nat);
    case 'inv':
      return within('R', scope, `${at(SUFFIX, arg(0, 'R'))}^-1`, SUFFIX + 1, Real);
    case 'sqrt':
      return call('Num.sqrt', [plain(0)], Real);
    case 'natToReal':
      return within('R', scope, `${at(ATOM, arg(0, 'R'))}%:R`, SUFFIX, Real);
    case 'sum':
      return big('R', Real);
    case 'natSum':
      return big('N', Nat);
    case 'val':
      return call('nat_of_ord', [plain(0)], Nat);
    case 'delta': {
      const left = arg(0);
      return call('delta R', [at(SUFFIX, left), like(1, left.sort)], Real);
    }
    case 'index':
      return call('@Ordinal', [plain(0), plain(1), 'isT'], Fin(args[0]!));
    case 'inl':
      return call(
        '@lshift',
        [plain(0), plain(1), like(2, Fin(args[0]!))],
        Fin(op('natAdd', ...args.slice(0, 2))),
      );
    case 'inr':
      return call(
        '@rshift',
        [plain(0), plain(1), like(2, Fin(args[1]!))],
        Fin(op('natAdd', ...args.slice(0, 2))),
      );
    case 'pair': {
      const parts = [plain(0), plain(1), like(2, Fin(args[0]!)), like(3, Fin(args[1]!))];
      return call('@index_pair', parts, Fin(op('natMul', ...args.slice(0, 2))));
    }
    case 'sigma': {
      const e = arg(0);
      const [size, l] = args as readonly [Term, Term];
      const n = at(SUFFIX, print(e.sort.domain!.dimension!, names, scope));
      const parts = [n, at(SUFFIX, e), like(1, e.sort.domain!), like(2, Fin(apply(size, l)))];
      return call('@index_block', parts, Fin(op('natSum', size)));
    }
    case 'join': {
      const u = arg(2);
      const values = u.sort.codomain!;
      const parts = [
        plain(0),
        plain(1),
        like(2, arrow(Fin(args[0]!), values)),
        like(3, arrow(Fin(args[1]!), values)),
      ];
      return call('@join_functions _', parts, arrow(Fin(op('natAdd', ...args.slice(0, 2))), values));
    }
    case 'Diff':
    case 'partial': {
      const f = arg(0);
      const values = f.sort.codomain!;
      const head = values.kind === 'Real' ? name : `${name}_vec`;
      if (values.kind !== 'Real' && values.codomain?.kind !== 'Real') break;
      const parts = [at(SUFFIX, f), like(1, f.sort.domain!)];
      if (name === 'Diff') return call(head, parts, Prop);
      return call(head, [...parts, like(2, f.sort.domain!.domain!)], values);
    }
  }
  throw new KernelError(`Gallina: expected an operation of the interpretation but received ${term}`);
}

// ------------------------------------------------------------------------------------------- dimensions

/** The same value in a sort that differs only in how dimensions are spelled. */
function cast(given: Piece, to: Sort, names: Names): Piece {
  const [from, wanted] = [sortText(given.sort, names), sortText(to, names)];
  if (from === wanted) return given;
  if (to.kind === 'Fin') {
    const dimension = (sort: Sort): string => at(RELATION - 1, print(sort.dimension!, names, 'N'));
    const equation = `(${dimension(given.sort)} = ${dimension(to)})%N`;
    return piece(`cast_ord (ltac:(dimension) : ${equation}) ${at(SUFFIX, given)}`, APPLICATION, to);
  }
  if (to.kind !== 'Pi') throw new KernelError(`Gallina: expected a term of ${wanted} but received ${from}`);
  const y = fresh(to.hint || 'i', to.domain!);
  const inside = names.with(y);
  const argument = cast(piece(inside.of(y), ATOM, to.domain!), given.sort.domain!, inside);
  const value = piece(
    `${at(APPLICATION, given)} ${at(SUFFIX, argument)}`,
    APPLICATION,
    given.sort.codomain ?? codomainAt(given.sort, y),
  );
  const body = cast(value, to.codomain ?? codomainAt(to, y), inside);
  const head = abstraction(inside.of(y), sortText(to.domain!, names));
  return piece(`${head} => ${body.text}`, BINDER, to);
}
