import {
  all,
  and,
  apply,
  eq,
  exists,
  Fin,
  imp,
  lt,
  Mat,
  mul,
  Nat,
  natAdd,
  natLe,
  not,
  pi,
  Real,
  sum,
  type Term,
  Vec,
  val,
  variable,
  vec,
  vecAdd,
} from '../src/kernel/build.ts';
import { inBall, isMin } from '../src/kernel/notions.ts';
import { hasAtLeast, inSet, isSubset, matVec } from '../src/kernel/notions-linear.ts';
import { fresh } from '../src/kernel/term.ts';
import {
  aboveT,
  type Feedforward,
  feedforwardData,
  feedforwardNames,
  feedforwardVariables,
  freeFeedforward,
  networkEquations,
  Weight,
} from './feedforward.ts';
import { assumption1, differentiableNearby, localMinimum, weights } from './hypotheses.ts';
import { result } from './result.ts';
import { type Data, Loss, overPerturbations, Perturbed } from './setting.ts';

export const theorem4 = result({
  id: 'theorem-4',
  title: 'A local minimum of a locally partially linear network is optimal over the features of its layers',
  kind: 'theorem',
  source: { by: 'paper', section: '4.2.3', page: 2309 },
  remarks: [
    {
      severity: 'S',
      place: 'Theorem 4',
      text:
        'With the rows outside J and the layers up to t frozen, f is a polynomial in the remaining weights. So at every ' +
        'local minimum with such J, L(θ) = min Σ_i λ_i ℓ_i(Σ_l α^(l+1) h_i^(l)(θ)), differentiable or not, and f̃ never ' +
        'improves the value. For deep linear networks with dy ≤ min{d_1, …, d_H} the value is the global minimum.',
    },
  ],
  statement: () => {
    const net = freeFeedforward();
    const D = feedforwardData(net);
    const θ = variable('θ', Vec(D.dθ));
    const conclusion = exists('ε₀', Real, (ε0) =>
      and(
        lt(0, ε0),
        all('ε', Real, (ε) => imp(lt(0, ε), lt(ε, ε0), isMin(Loss(D, θ), values(net, D, θ, ε)))),
      ),
    );
    return {
      abbreviations: feedforwardNames(net),
      context: [...feedforwardVariables(net, D), θ],
      setting: [
        weights(D),
        { id: 'network', name: 'the layers of (4.3)', term: networkEquations(net) },
        { id: 'coordinatewise', name: 'σ acts coordinatewise', term: coordinatewise(net) },
      ],
      hypotheses: [
        assumption1(D),
        { id: 'locally-linear', name: 'θ ∈ Θ_{dy,t}', term: locallyLinear(net, D, θ) },
        differentiableNearby(D, θ),
        localMinimum(D, θ),
      ],
      conclusion,
    };
  },
});

/** The layer t + 1 + ρ for an index ρ of Fin(r): its number, and its width. */
const above = (net: Feedforward, ρ: Term): Term => natAdd(net.t, val(ρ), 1);
const width = (net: Feedforward, ρ: Term): Term => apply(net.d, above(net, ρ));

/** For l = t+1..H, σ^(l)(z)_k depends on z_k only. */
function coordinatewise(net: Feedforward): Term {
  return all('ρ', Fin(net.r), (ρ) => {
    const layer = Vec(width(net, ρ));
    const at = (z: Term, k: Term) => apply(net.σ, above(net, ρ), z, k);
    return all('z', layer, (z) =>
      all("z'", layer, (other) =>
        all('k', Fin(width(net, ρ)), (k) =>
          imp(eq(apply(z, k), apply(other, k)), eq(at(z, k), at(other, k))),
        ),
      ),
    );
  });
}

/** θ ∈ Θ_{dy,t}: sets J^(l), l = t+1..H, of at least dy units that are linear near θ and closed under condition 3. */
function locallyLinear(net: Feedforward, D: Data, θ: Term): Term {
  const l = fresh('l', Nat);
  const sets = pi(l, Vec(apply(net.d, l)));
  const layers = (claim: (ρ: Term, J: Term) => Term, J: Term) =>
    all('ρ', Fin(net.r), (ρ) => claim(ρ, apply(J, above(net, ρ))));
  const large = (J: Term) => layers((_, set) => and(isSubset(set), hasAtLeast(D.dy, set)), J);
  const linear = (J: Term, at: Term) =>
    layers(
      (ρ, set) =>
        all('k', Fin(width(net, ρ)), (k) =>
          imp(
            inSet(k, set),
            all('i', Fin(net.m), (i) => {
              const input = apply(net.h, natAdd(net.t, val(ρ)), i, at);
              const preactivation = matVec(Weight(net.H, net.d, at, aboveT(net, ρ)), input);
              return eq(apply(net.h, above(net, ρ), i, at, k), apply(preactivation, k));
            }),
          ),
        ),
      J,
    );
  // W^(l)_ij = 0 for i ∉ J^(l), j ∈ J^(l−1) and l = t+2..H
  const closed = (J: Term) =>
    layers((ρ, set) => {
      const before = apply(J, natAdd(net.t, val(ρ)));
      const entry = (i: Term, j: Term) => apply(Weight(net.H, net.d, θ, aboveT(net, ρ)), i, j);
      return imp(
        natLe(1, val(ρ)),
        all('i', Fin(width(net, ρ)), (i) =>
          all('j', Fin(apply(net.d, natAdd(net.t, val(ρ)))), (j) =>
            imp(not(inSet(i, set)), inSet(j, before), eq(entry(i, j), 0)),
          ),
        ),
      );
    }, J);
  const nearby = (J: Term) =>
    exists('ε', Real, (ε) =>
      and(
        lt(0, ε),
        all("θ'", Vec(D.dθ), (at) => imp(inBall(at, θ, ε), linear(J, at))),
      ),
    );
  return exists('J', sets, (J) => and(large(J), nearby(J), closed(J)));
}

/** Σ_i λ_i ℓ_i(Σ_{l=t}^H α_h^(l+1) h^(l)(x_i) + f̃_θ(x_i; α, ε, S)), with α_h^(t+ρ+1) written A_ρ. */
function values(net: Feedforward, D: Data, θ: Term, ε: Term): Term {
  const layers = natAdd(net.r, 1);
  const ρ = fresh('ρ', Fin(layers));
  const coefficients = pi(ρ, Mat(D.dy, apply(net.d, natAdd(net.t, val(ρ)))));
  const features = (A: Term, i: Term) =>
    vec('c', D.dy, (c) =>
      sum('ρ', layers, (at) => apply(matVec(apply(A, at), apply(net.h, natAdd(net.t, val(at)), i, θ)), c)),
    );
  return overPerturbations(D, θ, ε, (y, s, S, α) =>
    exists('A', coefficients, (A) => {
      const prediction = (i: Term) => vecAdd(features(A, i), Perturbed(D, θ, ε, s, S, i, α));
      return eq(
        y,
        sum('i', D.m, (i) => mul(apply(D.λ, i), apply(D.ℓ, i, prediction(i)))),
      );
    }),
  );
}
