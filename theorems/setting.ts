/**
 * The setting of the paper (sections 2 and 3), for any numbers m of samples, dθ of parameters and dy of outputs.
 *
 * f_i(θ) stands for f(x_i; θ) and ℓ_i(q) for ℓ(q, y_i): nothing in the theory uses more of the data. Everything below
 * is a definition that unfolds to the paper's meaning; the data m, dθ, dy, λ, ℓ, f are its first six arguments.
 */
import {
  all,
  and,
  apply,
  arrow,
  arrows,
  Diff,
  eq,
  exists,
  Fin,
  fun,
  imp,
  le,
  lt,
  Mat,
  mul,
  Nat,
  not,
  op,
  partial,
  Real,
  scale,
  sum,
  Vec,
  variable,
  vec,
  vecAdd,
} from '../src/kernel/build.ts';
import { definition, sentence } from '../src/kernel/definition.ts';
import type { Notation } from '../src/kernel/notation.ts';
import { convex, inBall, localMin, norm } from '../src/kernel/notions.ts';
import type { Term } from '../src/kernel/term.ts';

/** The data of a learning problem, as terms. */
export interface Data {
  readonly m: Term;
  /** the number of parameters */
  readonly dθ: Term;
  readonly dy: Term;
  /** weights λ : ℝᵐ */
  readonly λ: Term;
  /** ℓ : {1..m} → ℝ^dy → ℝ */
  readonly ℓ: Term;
  /** f : {1..m} → ℝ^dθ → ℝ^dy */
  readonly f: Term;
}

/** m, dθ, dy, λ, ℓ, f as variables. */
export function freeData(): Data {
  const m = variable('m', Nat);
  const dθ = variable('dθ', Nat);
  const dy = variable('dy', Nat);
  return {
    m,
    dθ,
    dy,
    λ: variable('λ', Vec(m)),
    ℓ: lossesVariable(m, dy),
    f: variable('f', arrows(Fin(m), Vec(dθ), Vec(dy))),
  };
}
export const lossesVariable = (m: Term, dy: Term): Term => variable('ℓ', arrows(Fin(m), Vec(dy), Real));

const listed = (D: Data): readonly Term[] => [D.m, D.dθ, D.dy, D.λ, D.ℓ, D.f];
/** The data in the order of a context. */
export const dataVariables = listed;
const AMBIENT = [0, 1, 2, 3, 4, 5];

/** What the assumptions on the losses depend on. */
export type Losses = Pick<Data, 'm' | 'dy' | 'ℓ'>;

let defined = false;
function plain(name: string, ...args: Term[]): Term {
  if (!defined) {
    defined = true;
    defineAll();
  }
  return op(name, ...args);
}
const notion = (name: string, D: Data, ...args: Term[]): Term => plain(name, ...listed(D), ...args);

/** L(θ) = Σ_i λ_i ℓ_i(f_i(θ)) */
export const Loss = (D: Data, θ: Term): Term => notion('Loss', D, θ);
/** θ ↦ L(θ) */
export const lossFunction = (D: Data): Term => fun('θ', Vec(D.dθ), (θ) => Loss(D, θ));
/** λ_i > 0 for every i */
export const PositiveWeights = (D: Pick<Data, 'm' | 'λ'>): Term => plain('PositiveWeights', D.m, D.λ);
/** every ℓ_i is differentiable */
export const DifferentiableLosses = (D: Losses): Term => plain('DifferentiableLosses', D.m, D.dy, D.ℓ);
/** Assumption 1: every ℓ_i is differentiable and convex */
export const Assumption1 = (D: Losses): Term => plain('Assumption1', D.m, D.dy, D.ℓ);
/** Assumption 2: f_i(θ) = Σ_k g(θ)_k ∂_k f_i(θ) for one g, all i and all θ ∉ Ω */
export const Assumption2 = (D: Data): Term => notion('Assumption2', D);
/** θ ∈ Ω: some f_i is not differentiable at θ */
export const inΩ = (D: Data, θ: Term): Term => notion('Omega', D, θ);
/** θ ∈ Ω̃: every ball around θ meets Ω */
export const inΩTilde = (D: Data, θ: Term): Term => notion('OmegaTilde', D, θ);
/** ∂_k L(θ) = 0 for every k */
export const Critical = (D: Data, θ: Term): Term => notion('Critical', D, θ);
/** θ is a local minimum of L */
export const LocalMinimum = (D: Data, θ: Term): Term => localMin(lossFunction(D), θ);
/** L(θ) ≤ L(θ') for every θ' */
export const GlobalMinimum = (D: Data, θ: Term): Term => notion('GlobalMinimum', D, θ);
/** f_θ(x_i; α) = Σ_k α_k ∂_k f_i(θ), the gradient basis model */
export const Induced = (D: Data, θ: Term, i: Term, α: Term): Term => notion('Induced', D, θ, i, α);
/** L_θ(α) = Σ_i λ_i ℓ_i(f_θ(x_i; α)) */
export const InducedLoss = (D: Data, θ: Term, α: Term): Term => notion('InducedLoss', D, θ, α);
/** v ∈ V[θ, ε]: ‖v‖ ≤ 1 and f_i(θ + εv) = f_i(θ) for every i */
export const inV = (D: Data, θ: Term, ε: Term, v: Term): Term => notion('InV', D, θ, ε, v);
/** every row of S : ℝ^{s×dθ} lies in V[θ, ε]: a finite subset, listed */
export const rowsInV = (D: Data, θ: Term, ε: Term, s: Term, S: Term): Term =>
  notion('RowsInV', D, θ, ε, s, S);
/** f̃_θ(x_i; α, ε, S) = Σ_k Σ_j α_kj ∂_k f_i(θ + εS_j), with α : ℝ^{dθ×s} */
export const Perturbed = (D: Data, θ: Term, ε: Term, s: Term, S: Term, i: Term, α: Term): Term =>
  notion('Perturbed', D, θ, ε, s, S, i, α);
/** F ∈ Ẽ[θ, ε]: F_i = f̃_θ(x_i; α, ε, S) for every i, for some S ⊆_fin V[θ, ε] and α */
export const inE = (D: Data, θ: Term, ε: Term, F: Term): Term => notion('InE', D, θ, ε, F);
/** L̃_θ(α, ε, S) = Σ_i λ_i ℓ_i(f̃_θ(x_i; α, ε, S)) */
export const PerturbedLoss = (D: Data, θ: Term, ε: Term, s: Term, S: Term, α: Term): Term =>
  notion('PerturbedLoss', D, θ, ε, s, S, α);
/** Σ_i λ_i ∂ℓ_i(f_i(θ)) ∂_k f_i(θ'), with row vector ∂ℓ_i written out in coordinates */
export const Force = (D: Data, θ: Term, at: Term, k: Term): Term => notion('Force', D, θ, at, k);

/** θ + εv */
export const moved = (θ: Term, ε: Term, v: Term): Term => vecAdd(θ, scale(ε, v));

/** The set { value(S, α) : S ⊆_fin V[θ, ε], α }, as a predicate on reals; `value` may bind more with `exists`. */
export function overPerturbations(
  D: Data,
  θ: Term,
  ε: Term,
  claim: (y: Term, s: Term, S: Term, α: Term) => Term,
): Term {
  return fun('y', Real, (y) =>
    exists('s', Nat, (s) =>
      exists('S', Mat(s, D.dθ), (S) =>
        and(
          rowsInV(D, θ, ε, s, S),
          exists('α', Mat(D.dθ, s), (α) => claim(y, s, S, α)),
        ),
      ),
    ),
  );
}

function defineAll(): void {
  const D = freeData();
  const { m, dθ, dy, λ, ℓ, f } = D;
  const θ = variable('θ', Vec(dθ));
  const i = variable('i', Fin(m));
  const ε = variable('ε', Real);
  const s = variable('s', Nat);
  const S = variable('S', Mat(s, dθ));
  const perSample = (body: (i: Term) => Term) => all('i', Fin(m), body);
  const name = (id: string, extra: readonly Term[], body: Term, written: Omit<Notation, 'ambient'>) =>
    definition(id, [...listed(D), ...extra], body, { ...written, ambient: AMBIENT });
  const total = (prediction: (i: Term) => Term) =>
    sum('i', m, (j) => mul(apply(λ, j), apply(ℓ, j, prediction(j))));

  name(
    'Loss',
    [θ],
    total((j) => apply(f, j, θ)),
    {
      written: 'L(#6)',
      asFunction: { argument: 6, written: 'L' },
      meaning: 'the objective',
    },
  );
  definition(
    'PositiveWeights',
    [m, λ],
    perSample((j) => lt(0, apply(λ, j))),
    {
      ...sentence('', 'the weights are positive', '', 'λ_i > 0'),
    },
  );

  const smooth = (j: Term) => all('q', Vec(dy), (q) => Diff(apply(ℓ, j), q));
  definition('DifferentiableLosses', [m, dy, ℓ], perSample(smooth), {
    ...sentence('', 'every ℓ_i is differentiable', '', 'ℓ_i(q) = ℓ(q, y_i) has a derivative in q everywhere'),
    written: '"every "ℓ_{i}" is differentiable"',
  });
  definition(
    'Assumption1',
    [m, dy, ℓ],
    perSample((j) => and(smooth(j), convex(apply(ℓ, j)))),
    sentence('', 'Assumption 1', '', 'every ℓ_i is differentiable and convex'),
  );

  const kink = (at: Term) => exists('i', Fin(m), (j) => not(Diff(apply(f, j), at)));
  name('Omega', [θ], kink(θ), {
    written: '#6:6 ∈ Ω',
    precedence: 5,
    member: { argument: 6, written: 'Ω' },
    meaning: 'the points at which some f_i is not differentiable',
  });
  const nearbyKink = (e: Term) => exists("θ'", Vec(dθ), (t) => and(inBall(t, θ, e), kink(t)));
  name(
    'OmegaTilde',
    [θ],
    all('ε', Real, (e) => imp(lt(0, e), nearbyKink(e))),
    {
      written: '#6:6 ∈ Ω̃',
      precedence: 5,
      member: { argument: 6, written: 'Ω̃' },
      meaning: 'the points with such a point in every ball around them (the closure of Ω)',
    },
  );

  const combination = (coefficients: Term, j: Term, at: Term) =>
    vec('c', dy, (c) =>
      sum('k', dθ, (k) => mul(apply(coefficients, k), apply(partial(apply(f, j), at, k), c))),
    );
  name(
    'Assumption2',
    [],
    exists('g', arrow(Vec(dθ), Vec(dθ)), (g) =>
      perSample((j) =>
        all('θ', Vec(dθ), (t) => imp(not(inΩ(D, t)), eq(apply(f, j, t), combination(apply(g, t), j, t)))),
      ),
    ),
    sentence(
      '',
      'Assumption 2',
      '',
      'f is a combination of its partial derivatives, the same for all samples',
    ),
  );

  name(
    'Critical',
    [θ],
    all('k', Fin(dθ), (k) => eq(partial(lossFunction(D), θ, k), 0)),
    sentence('#6:6', ' is a critical point of ', 'L', 'every partial derivative of L vanishes there'),
  );
  name(
    'GlobalMinimum',
    [θ],
    all("θ'", Vec(dθ), (t) => le(Loss(D, θ), Loss(D, t))),
    sentence('#6:6', ' is a global minimum of ', 'L', 'no point has a smaller value'),
  );

  const α = variable('α', Vec(dθ));
  name('Induced', [θ, i, α], combination(α, i, θ), {
    written: 'f_{#6}(x_{#7}; #8)',
    meaning: 'the gradient basis model that θ induces',
  });
  name(
    'InducedLoss',
    [θ, α],
    total((j) => Induced(D, θ, j, α)),
    {
      written: 'L_{#6}(#7)',
      asFunction: { argument: 7, written: 'L_{#6}' },
      meaning: 'the objective of the gradient basis model; convex in α',
    },
  );

  const v = variable('v', Vec(dθ));
  const same = perSample((j) => eq(apply(f, j, moved(θ, ε, v)), apply(f, j, θ)));
  name('InV', [θ, ε, v], and(le(norm(v), 1), same), {
    written: '#8:6 ∈ V[#6, #7]',
    precedence: 5,
    member: { argument: 8, written: 'V[#6, #7]' },
    meaning: 'the directions of length at most 1 in which a step of ε changes no prediction',
  });
  name(
    'RowsInV',
    [θ, ε, s, S],
    all('j', Fin(s), (j) => inV(D, θ, ε, apply(S, j))),
    {
      written: '#9:6 ⊆ V[#6, #7]',
      precedence: 5,
      meaning: 'a finite subset, listed as the rows S_1, …, S_s of a matrix',
    },
  );

  const A = variable('α', Mat(dθ, s));
  const atRow = (j: Term) => moved(θ, ε, apply(S, j));
  const perturbed = vec('c', dy, (c) =>
    sum('k', dθ, (k) => sum('j', s, (j) => mul(apply(A, k, j), apply(partial(apply(f, i), atRow(j), k), c)))),
  );
  name('Perturbed', [θ, ε, s, S, i, A], perturbed, {
    written: 'f̃_{#6}(x_{#10}; #11, #7, #9)',
    meaning: 'the perturbable gradient basis model',
  });
  const F = variable('F', Mat(m, dy));
  const reached = exists('s', Nat, (n) =>
    exists('S', Mat(n, dθ), (T) =>
      and(
        rowsInV(D, θ, ε, n, T),
        exists('α', Mat(dθ, n), (a) => perSample((j) => eq(apply(F, j), Perturbed(D, θ, ε, n, T, j, a)))),
      ),
    ),
  );
  name('InE', [θ, ε, F], reached, {
    written: '#8:6 ∈ Ẽ[#6, #7]',
    precedence: 5,
    member: { argument: 8, written: 'Ẽ[#6, #7]' },
    meaning: 'the predictions of the perturbable gradient basis model on all samples at once',
  });
  name(
    'PerturbedLoss',
    [θ, ε, s, S, A],
    total((j) => Perturbed(D, θ, ε, s, S, j, A)),
    {
      written: 'L̃_{#6}(#10, #7, #9)',
      meaning: 'the objective of the perturbable gradient basis model',
    },
  );

  const at = variable("θ'", Vec(dθ));
  const k = variable('k', Fin(dθ));
  const pull = (j: Term) =>
    sum('c', dy, (c) => mul(partial(apply(ℓ, j), apply(f, j, θ), c), apply(partial(apply(f, j), at, k), c)));
  name(
    'Force',
    [θ, at, k],
    sum('i', m, (j) => mul(apply(λ, j), pull(j))),
    {
      written: 'Σ_{i=1}^{#0} λ_{i} ∂ℓ_{i}(f_{i}(#6)) ∂_{#8} f_{i}(#7)',
      precedence: 7,
      meaning: 'the derivatives of the losses at the predictions of θ, pulled back along ∂_k f at θ′',
    },
  );
}
