/** The weights of the feedforward network θ = vec([W^(1), …, W^(H+1)]) as a network in coordinates. */
import {
  all,
  and,
  apply,
  arrows,
  delta,
  eq,
  exists,
  Fin,
  forall,
  fun,
  imp,
  inl,
  lambda,
  Mat,
  mul,
  Nat,
  natAdd,
  natLe,
  not,
  pair,
  pi,
  sigma,
  substitute,
  sum,
  type Term,
  unpair,
  unsigma,
  Vec,
  val,
  variable,
  vec,
} from '../../src/kernel/build.ts';
import { assume, axiom, discharge, equal, modusPonens, rewrite } from '../../src/kernel/theorem.ts';
import { feedforwardSize, Weight } from '../../theorems/feedforward.ts';
import { argsOf, chain, combination, decide, instance, scaledSum, sym } from '../support/derived.ts';
import { equalityIndicator, fromNumber, indicatorIsZero } from '../support/naturals.ts';
import { part, script } from '../support/script.ts';
import { applying, trivially } from '../support/supply.ts';
import { byCases, calculation, fixing, tactic, witness } from '../support/tactics.ts';
import {
  at,
  d,
  E,
  entries,
  facts,
  H,
  l,
  N,
  natural,
  next,
  points,
  source,
  unit,
  W,
  width,
} from './network.ts';

const index = (l: Term) => arrows(Fin(width(next(l))), Fin(width(l)), Vec(N));
/** C_l(a, b) ∈ ℝᴺ reads the weight a, b of layer l */
const C = variable('C', pi(l, index(l)));
const inner = (x: Term, y: Term): Term => sum('k', N, (k) => mul(apply(x, k), apply(y, k)));
const four = (l: Term, k: Term, body: (a: Term, b: Term, x: Term, y: Term) => Term): Term =>
  entries(l, (a, b) =>
    all('x', Fin(width(next(k))), (x) => all('y', Fin(width(k)), (y) => body(a, b, x, y))),
  );
const orthonormal = natural('l', (l) =>
  imp(
    natLe(l, H),
    four(l, l, (a, b, x, y) => eq(inner(at(C, l, a, b), at(C, l, x, y)), mul(delta(a, x), delta(b, y)))),
  ),
);
const orthogonal = natural('l', (l) =>
  natural("l'", (k) =>
    imp(
      natLe(l, H),
      natLe(k, H),
      not(eq(l, k)),
      four(l, k, (a, b, x, y) => eq(inner(at(C, l, a, b), at(C, k, x, y)), 0)),
    ),
  ),
);
const reads = (W: Term): Term =>
  natural('l', (l) =>
    points('v', (v) => entries(l, (a, b) => eq(at(W, l, v, a, b), inner(at(C, l, a, b), v)))),
  );

export const linearCoordinates = part(
  'network-coordinates',
  'Orthonormal coordinates of the weights give W and E',
  'Any orthonormal list of coordinates of the weights reads them off θ, linearly, and has a direction for every change of one layer.',
  [N, H, d, C],
  [],
  [
    { id: 'orthonormal', name: 'the coordinates of a layer are orthonormal', term: orthonormal },
    { id: 'orthogonal', name: 'those of different layers are orthogonal', term: orthogonal },
  ],
  exists('W', W.sort, (V) =>
    and(
      reads(V),
      exists('E', E.sort, (F) =>
        substitute(
          and(facts.linear.term, facts.own.term, facts.apart.term, facts.length.term),
          [W, E],
          [V, F],
        ),
      ),
    ),
  ),
);

export const linearCoordinatesProof = script(linearCoordinates, (p) => {
  const a = unit(l);
  const b = source(l);
  const v = variable('v', Vec(N));
  const V = lambda(l, lambda(v, lambda(a, lambda(b, inner(at(C, l, a, b), v)))));
  const B = variable('B', Mat(width(next(l)), width(l)));
  const κ = variable('κ', Fin(N));
  const F = lambda(
    l,
    lambda(
      B,
      lambda(
        κ,
        sum('a', width(next(l)), (a) => sum('b', width(l), (b) => mul(apply(B, a, b), at(C, l, a, b, κ)))),
      ),
    ),
  );
  const put = (claim: Term): Term => substitute(claim, [W, E], [V, F]);
  const readsV = p.step(
    'T4.c1',
    reads(V),
    trivially,
    [],
    'Let W^(l)(v) have the entries ⟨C^(l)_{ab}, v⟩, and let E^(l)(B) be the sum of all B_{ab} C^(l)_{ab}.',
  );
  const linear = p.step('T4.c2', put(facts.linear.term), trivially, [], 'W is linear.');
  const low = p.suppose('T4.c3', natLe(l, H), 'Let l ≤ H.');
  const here = p.step(
    'T4.c4',
    four(l, l, (a, b, x, y) => eq(inner(at(C, l, a, b), at(C, l, x, y)), mul(delta(a, x), delta(b, y)))),
    applying(l),
    [p.given('orthonormal'), low],
    'The coordinates of layer l are orthonormal,',
  );
  const own = p.step(
    'T4.c5',
    all('B', B.sort, (B) => entries(l, (x, y) => eq(at(V, l, at(F, l, B), x, y), apply(B, x, y)))),
    calculation,
    [here],
    'so E_l(B) has B at layer l,',
  );
  const length = p.step(
    'T4.c6',
    all('B', B.sort, (B) =>
      eq(
        inner(at(F, l, B), at(F, l, B)),
        sum('a', width(next(l)), (x) => sum('b', width(l), (y) => mul(apply(B, x, y), apply(B, x, y)))),
      ),
    ),
    calculation,
    [here],
    'and its length.',
  );
  const k = variable("l'", Nat);
  const low2 = p.suppose('T4.c7', natLe(k, H), "Let l' ≤ H");
  const differ = p.suppose('T4.c8', not(eq(l, k)), 'be another layer.');
  const zero = p.step(
    'T4.c9',
    four(l, k, (a, b, x, y) => eq(inner(at(C, l, a, b), at(C, k, x, y)), 0)),
    applying(l, k),
    [p.given('orthogonal'), low, low2, differ],
    'The coordinates are orthogonal,',
  );
  const apart = p.step(
    'T4.c10',
    all('B', B.sort, (B) => entries(k, (x, y) => eq(at(V, k, at(F, l, B), x, y), 0))),
    calculation,
    [zero],
    'so E_l(B) is 0 there.',
  );
  const owns = p.step('T4.c11', put(facts.own.term), p.introducing(l), [own], 'l was arbitrary.');
  const lengths = p.step('T4.c12', put(facts.length.term), p.introducing(l), [length], 'The same.');
  const aparts = p.step('T4.c13', put(facts.apart.term), p.introducing(l, k), [apart], 'The same.');
  const four4 = [linear, owns, aparts, lengths];
  p.qed('T4.c15', witness(V, F), [readsV, ...four4], 'So W and E are as claimed.');
});

const n = variable('n', Nat);
const G = variable('G', Vec(n));
const [ν, μ] = [variable('ν', Fin(n)), variable('μ', Fin(n))];

/** For any n: a sum over Fin(H + 1) would be split into the first H and the last. */
export const picking = part(
  'index-pick',
  'A sum with the indicator of one number has one term',
  'Of a sum over all layers, the indicator of a layer leaves the term of that layer.',
  [],
  [],
  [],
  forall(
    [n, G, ν],
    eq(
      sum('μ', n, (μ) => mul(apply(G, μ), equalityIndicator(val(ν), val(μ)))),
      apply(G, ν),
    ),
  ),
);

export const pickingProof = script(picking, (p) => {
  const number = p.step(
    'T4.c16',
    forall([n, ν, μ], eq(equalityIndicator(val(ν), val(μ)), delta(ν, μ))),
    fixing(
      [n, ν, μ],
      byCases(
        [eq(ν, μ), not(eq(ν, μ))],
        tactic('an index is determined by its number', (goal) =>
          decide(
            eq(ν, μ),
            (h) => rewrite(h, lambda(μ, goal), trivially.run(substitute(goal, [μ], [ν]), [])),
            (no) => {
              const numbers = assume(eq(val(ν), val(μ)));
              const equal = instance(axiom('VALINJ'), n, ν, μ, numbers);
              const differ = discharge(numbers.conclusion, modusPonens(no, equal));
              return chain(
                indicatorIsZero.run(eq(argsOf(goal, 'eq')[0]!, 0), [differ]),
                sym(instance(axiom('DELTA'), n, ν, μ, no)),
              );
            },
          ),
        ),
      ),
    ),
    [],
    'The number of a block determines it.',
  );
  p.qed(
    'T4.c17',
    fixing(
      [n, G, ν],
      tactic('linear combination', 1, (goal, [number]) =>
        combination(goal, [scaledSum(instance(number!, n, ν, μ), apply(G, μ), [μ])], []),
      ),
    ),
    [number],
    'So a sum over blocks with it has one term.',
  );
});

const dθ = feedforwardSize(H, d);
const sizes = dθ.args[0]!;
const layers = natAdd(H, 1);
const incidence = pi(l, arrows(Fin(width(next(l))), Fin(width(l)), Vec(dθ)));
const readsWeights = (C1: Term): Term =>
  all('λ', Fin(layers), (λ) =>
    all('v', Vec(dθ), (v) =>
      entries(val(λ), (a, b) =>
        eq(
          sum('k', dθ, (k) => mul(apply(C1, val(λ), a, b, k), apply(v, k))),
          apply(Weight(H, d, v, λ), a, b),
        ),
      ),
    ),
  );
const inBlocks = (claim: Term, C1: Term): Term => substitute(claim, [N, C], [dθ, C1]);

export const blocks = part(
  'feedforward-coordinates',
  'The blocks of θ are orthonormal coordinates of the weights',
  'θ of the network of (4.3) is cut into blocks, one for each layer, and their entries are such coordinates.',
  [H, d],
  [],
  [],
  exists('C', incidence, (C1) => and(readsWeights(C1), inBlocks(orthonormal, C1), inBlocks(orthogonal, C1))),
);

export const blocksProof = script(blocks, (p) => {
  const [a, b] = [unit(l), source(l)];
  const same = (n: Term, k: Term, x: Term, y: Term): Term => delta(inl(n, k, x), inl(k, n, y));
  const block = (λ: Term, l: Term, a: Term, b: Term): Term => {
    const [rows, columns] = [width(next(val(λ))), width(val(λ))];
    return unpair(
      vec('i', rows, (i) =>
        vec('j', columns, (j) =>
          mul(equalityIndicator(l, val(λ)), same(width(next(l)), rows, a, i), same(width(l), columns, b, j)),
        ),
      ),
    );
  };
  const C1 = lambda(
    l,
    lambda(
      a,
      lambda(
        b,
        unsigma(
          sizes,
          fun('λ', Fin(layers), (λ) => block(λ, l, a, b)),
        ),
      ),
    ),
  );
  p.name('N', dθ);
  p.name('P', apply(C1, l, a, b), l, a, b);
  const λ = variable('λ', Fin(layers));
  const picked = p.cite(picking.id, [], []);
  const v = variable('v', Vec(dθ));
  const [x, y] = [unit(val(λ)), source(val(λ))];
  const term = (x: Term, y: Term) =>
    fun('μ', Fin(layers), (μ) => {
      const [rows, columns] = [width(next(val(μ))), width(val(μ))];
      return sum('i', rows, (i) =>
        sum('j', columns, (j) =>
          mul(
            same(width(next(val(λ))), rows, x, i),
            same(width(val(λ)), columns, y, j),
            apply(v, sigma(sizes, μ, pair(rows, columns, i, j))),
          ),
        ),
      );
    });
  const readsC = p.step(
    'T4.c18',
    readsWeights(C1),
    fixing(
      [λ, v, x, y],
      tactic('sum over blocks', 1, (goal, [picked]) => {
        const [left, right] = goal.args as [Term, Term];
        const one = instance(picked!, layers, term(x, y), λ);
        return chain(
          equal(left, one.conclusion.args[0]!, []),
          one,
          equal(one.conclusion.args[1]!, right, ['Weight']),
        );
      }),
    ),
    [picked],
    'C reads the weights: Σ_κ C_κ v_κ is the entry of the block.',
  );
  const k = variable("l'", Nat);
  const product = (l: Term, k: Term, a: Term, b: Term, x: Term, y: Term): Term =>
    sum('k', dθ, (κ) => mul(apply(C1, l, a, b, κ), apply(C1, k, x, y, κ)));
  const orthonormalAt = (l: Term): Term =>
    four(l, l, (a, b, x, y) => eq(product(l, l, a, b, x, y), mul(delta(a, x), delta(b, y))));
  const orthogonalAt = (l: Term, k: Term): Term =>
    four(l, k, (a, b, x, y) => eq(product(l, k, a, b, x, y), 0));
  const [z, w] = [variable('x', x.sort), variable('y', y.sort)];
  const ownBlock = p.step(
    'T4.c19',
    all('λ', Fin(layers), (λ) => orthonormalAt(val(λ))),
    fixing(
      [λ, x, y, z, w],
      tactic('the entry of a block', 1, (goal, [reads]) => {
        const entry = instance(reads!, λ, apply(C1, val(λ), z, w), x, y);
        return chain(entry, equal(entry.conclusion.args[1]!, goal.args[1]!, ['Weight']));
      }),
    ),
    [readsC],
    'The entries of C_l(x, y) in its block are 1 at x, y and else 0,',
  );
  const low = p.suppose('T4.c20', natLe(l, H), 'Let l ≤ H.');
  const ownLayer = p.step(
    'T4.c21',
    orthonormalAt(l),
    fromNumber(layers, l),
    [ownBlock, low],
    'l is the number of a block.',
  );
  const own = p.step('T4.c22', inBlocks(orthonormal, C1), p.introducing(l), [ownLayer], 'l was arbitrary.');
  const [i, j] = [variable('x', unit(k).sort), variable('y', source(k).sort)];
  const otherBlock = p.step(
    'T4.c23',
    all('λ', Fin(layers), (λ) => imp(not(eq(val(λ), k)), orthogonalAt(val(λ), k))),
    fixing(
      [λ, x, y, i, j],
      tactic('the entry of a block', 1, (_, [reads, ...differ]) => {
        const entry = instance(reads!, λ, apply(C1, k, i, j), x, y);
        const zero = indicatorIsZero.run(eq(equalityIndicator(k, val(λ)), 0), differ);
        const rest = mul(
          same(width(next(k)), width(next(val(λ))), i, x),
          same(width(k), width(val(λ)), j, y),
        );
        return combination(eq(entry.conclusion.args[0]!, 0), [entry, [rest, zero]], ['Weight']);
      }),
    ),
    [readsC],
    'and in other blocks 0.',
  );
  p.suppose('T4.c24', natLe(k, H), "Let l' ≤ H");
  const differ = p.suppose('T4.c25', not(eq(l, k)), 'be another layer.');
  const otherLayer = p.step(
    'T4.c26',
    imp(not(eq(l, k)), orthogonalAt(l, k)),
    fromNumber(layers, l),
    [otherBlock, low],
    'l is the number of a block.',
  );
  const zero = p.step(
    'T4.c27',
    orthogonalAt(l, k),
    applying(),
    [otherLayer, differ],
    'So the coordinates are orthogonal.',
  );
  const other = p.step(
    'T4.c28',
    inBlocks(orthogonal, C1),
    p.introducing(l, k),
    [zero],
    "l and l' were arbitrary.",
  );
  p.qed('T4.c29', witness(C1), [readsC, own, other], 'So C is as claimed.');
});
