import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Proof, prove, scripts } from '../../proofs/index.ts';
import { createContext } from '../../src/check/context.ts';
import { placedParts } from '../../src/check/proof-parts.ts';
import { evaluateProof, type ProofValues } from '../../src/check/proof-values.ts';
import { form, networkWitnesses } from '../../src/check/proof-witnesses.ts';
import { findingsOf } from '../../src/derive/derive.ts';
import { buildDerivation } from '../../src/derive/document/build.ts';
import { renderMarkdown } from '../../src/derive/document/markdown.ts';
import { plain } from '../../src/derive/document/prose.ts';
import { rationalArithmetic } from '../../src/exact/rational-arithmetic.ts';
import type { Instance } from '../../src/instance/instance.ts';
import { add, arrow, eq, lambda, lt, Nat, op, open, type Term, Vec } from '../../src/kernel/build.ts';
import { freeVariables } from '../../src/kernel/term.ts';
import { loadInstanceFile } from '../../src/node/files.ts';
import { resultById } from '../../theorems/index.ts';

const load = (name: string): Promise<Instance> =>
  loadInstanceFile(join(import.meta.dirname, `../instances/${name}.json`));
const valuesOf = async (proof: Proof, name: string): Promise<ProofValues> =>
  evaluateProof(proof, await load(name), { parts: true });
const truths = ({ parts }: ProofValues) =>
  parts.flatMap(({ steps }) => steps.flatMap(({ lines }) => lines.map(({ truth }) => truth)));

describe('the parts of a proof, placed', () => {
  test.each(scripts.map(({ result }) => result.id))('%s: each once, after what cites it', (id) => {
    const proof = prove(id);
    const placed = placedParts(proof);
    expect(placed.map((part) => part.id).sort()).toEqual(proof.parts.map((part) => part.id).sort());
    const before = new Set([proof.id]);
    for (const { id, cited, root } of placed) {
      expect(before.has(cited.script)).toBe(true);
      expect(proof.steps.map((step) => step.id)).toContain(root);
      before.add(id);
    }
  });

  test('speak of no variable of their own context', () => {
    const proof = prove('theorem-4');
    const scriptsById = new Map(proof.parts.map((part) => [part.id, part]));
    const own = new Set(
      [proof.statement.context, proof.steps.flatMap((step) => freeVariables(step.claim))]
        .flat()
        .map(({ id }) => id),
    );
    for (const { id, steps, hypotheses } of placedParts(proof)) {
      const foreign = new Set(
        scriptsById
          .get(id)!
          .statement.context.map((x) => x.id)
          .filter((x) => !own.has(x)),
      );
      const terms = [...steps.map(({ claim }) => claim), ...hypotheses.map(({ term }) => term)];
      for (const term of terms) for (const x of freeVariables(term)) expect(foreign.has(x.id)).toBe(false);
    }
  });
});

describe('numbers in parts', () => {
  test.each([
    ['theorem-4', 'I28', 100],
    ['theorem-4', 'I06', 100],
    ['theorem-3', 'I16', 10],
    ['deep-linear', 'I05', 2],
  ])('%s on %s: lines of many steps, all of them true', async (id, name, least) => {
    const values = await valuesOf(prove(id), name);
    const steps = values.parts.flatMap((part) => part.steps);
    expect(steps.filter(({ lines }) => lines.length > 0).length).toBeGreaterThanOrEqual(least);
    expect(new Set(truths(values))).toEqual(new Set(['true']));
    for (const { lines, kind } of steps) expect(lines.length).toBeLessThanOrEqual(kind === 'suppose' ? 0 : 2);
    // A ∀ over samples is never proved.
    expect(steps.some(({ status }) => status === 'holds')).toBe(false);
  });

  test('a part whose hypothesis is false there is not evaluated', async () => {
    const values = await valuesOf(prove('theorem-4'), 'I04');
    const failing = values.parts.filter((part) => part.failing.length > 0);
    expect(failing.map(({ id, failing }) => [id, failing])).toEqual([['network-optimal', ['local-minimum']]]);
    for (const { steps } of failing) expect(steps).toEqual([]);
  });

  test('what a part leaves open is named, and what the instance fixes is not', async () => {
    const { parts } = await valuesOf(prove('theorem-4'), 'I28');
    const sampled = new Map(parts.map((part) => [part.id, part.sampled]));
    expect(sampled.get('network-coordinates')).toEqual([]);
    expect(sampled.get('network-below')).toEqual(['v', "v'"]);
    expect(sampled.get('perturbed-sum')).toEqual(['ε', 'F', 'G']);
  });
});

/** The proof with the claim of one step of a part changed; the kernel does not see it. */
function planted(proof: Proof, part: string, step: string, change: (claim: Term) => Term): Proof {
  return {
    ...proof,
    parts: proof.parts.map((each) =>
      each.id !== part
        ? each
        : {
            ...each,
            steps: each.steps.map((one) => (one.id === step ? { ...one, claim: change(one.claim) } : one)),
          },
    ),
  };
}

/** Under its quantifiers and suppositions: one side of an equation is 1 more, an inequality is turned around. */
function shifted(claim: Term): Term {
  const [a, b] = claim.args as readonly [Term, Term];
  switch (claim.name) {
    case 'forall': {
      const [x, body] = open(a);
      return op('forall', lambda(x, shifted(body)));
    }
    case 'imp':
      return op('imp', a, shifted(b));
    case 'eq':
      return eq(add(a, 1), b);
    case 'lt':
      return lt(b, a);
    default:
      throw new RangeError(`shifted: expected an equation but received ${claim}`);
  }
}

describe('a falsehood planted in a part', () => {
  test.each([
    ['network-products', 'T4.0h'],
    ['network-sets', 'T4.06'],
    ['network-assumption-2', 'T4.4i'],
    ['network-chains', 'T4.09'],
    ['feedforward-coordinates', 'T4.c19'],
    ['network-coordinates', 'T4.c2'],
  ])('%s %s is refuted by its numbers', async (part, id) => {
    const proof = planted(prove('theorem-4'), part, id, shifted);
    const { parts, failing } = await valuesOf(proof, 'I28');
    const found = parts.find((each) => each.id === part)!.steps.find((step) => step.id === id)!;
    expect(found.status).toBe('fails');
    expect(found.lines.some(({ truth }) => truth === 'false')).toBe(true);
    const others = parts.flatMap(({ steps }) => steps).filter((step) => step !== found);
    expect(others.filter(({ status }) => status === 'fails')).toEqual([]);
    expect(failing.step).toBeNull();
  });

  test('under hypotheses that samples do not prove is undecided, and never true', async () => {
    const proof = planted(prove('theorem-4'), 'network-assumption-2', 'T4.4j', shifted);
    const { parts } = await valuesOf(proof, 'I28');
    const { steps } = parts.find(({ id }) => id === 'network-assumption-2')!;
    const { status, lines } = steps.find(({ id }) => id === 'T4.4j')!;
    expect(status).toBe('undecided');
    expect(lines.map(({ truth }) => truth)).toEqual(['undecided', 'undecided']);
  });

  test('is an argument against the document, which says so', async () => {
    const result = resultById('theorem-4')!;
    const proof = planted(prove('theorem-4'), 'network-products', 'T4.0h', shifted);
    const instance = await load('I28');
    const { report, picture } = await findingsOf('theorem-4', instance);
    const on = {
      instance: report.instance,
      values: await evaluateProof(proof, instance, { parts: true }),
      picture,
    };
    const document = buildDerivation({ result, proof: prove('theorem-4'), on });
    const part = document.parts.find(({ id }) => id === 'network-products')!;
    const { annotation } = part.steps.find(({ id }) => id === 'T4.0h')!;
    expect(annotation!.lines.some(({ truth }) => truth === 'false')).toBe(true);
    expect(annotation!.status).not.toBe('holds');
    expect(renderMarkdown(document)).toMatch(/, false$/m);
  });
});

describe('what the proof of Theorem 4 obtains', () => {
  test.each(['I28', 'I06', 'I27'])('%s: J, C, W, E, ψ and M fit all that is said of them', async (name) => {
    const { steps } = await valuesOf(prove('theorem-4'), name);
    for (const id of ['T4.d1', 'T4.d3', 'T4.d4', 'T4.d5', 'T4.d7', 'T4.d8', 'T4.d9', 'T4.d11', 'T4.d13']) {
      const { lines } = steps.find((step) => step.id === id)!;
      expect([id, new Set(lines.map(({ truth }) => truth))]).toEqual([id, new Set(['true'])]);
    }
  });
  test('is proposed by name and form, for networks only', async () => {
    const vectors = arrow(Nat, Vec(2));
    expect(form(vectors)).toBe('NFR');
    expect(form(arrow(Nat, arrow(Vec(3), Vec(2))))).toBe('N(FR)FR');
    const of = async (name: string) =>
      networkWitnesses(createContext(await load(name), { point: 'given' }), rationalArithmetic, undefined);
    const network = await of('I28');
    expect(network('J', vectors)).toBeTypeOf('function');
    expect(network('J', Vec(2))).toBeUndefined();
    expect(network('K', vectors)).toBeUndefined();
    expect((await of('I01'))('J', vectors)).toBeUndefined();
  });
});

describe('when the time is up among the parts', () => {
  /** says that it is aborted from the given question on */
  function clock(from: number): { readonly signal: AbortSignal; readonly asked: () => number } {
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > from;
      },
    } as AbortSignal;
    return { signal, asked: () => asked };
  }

  test('what was cut off is told, by the part and beside the verdict', async () => {
    const instance = await load('I27');
    const { report } = await findingsOf('theorem-4', instance);
    const checked = await findingsOf('theorem-2', instance);
    const on = { instance: report.instance, report: report.results[0]!, picture: null };
    const options = { checked: { results: [...report.results, ...checked.report.results] }, parts: true };
    const proof = prove('theorem-4');
    const whole = clock(Number.POSITIVE_INFINITY);
    const full = await evaluateProof(proof, instance, { ...options, signal: whole.signal });
    expect(full.parts.every((part) => part.cut === undefined)).toBe(true);
    const { signal } = clock(Math.floor(0.9 * whole.asked()));
    const values = await evaluateProof(proof, instance, { ...options, signal });

    const cut = values.parts.flatMap((part) => part.cut ?? []);
    expect(cut.length).toBeGreaterThan(1);
    expect(values.cut).toEqual(cut);
    expect(values.steps).toEqual(full.steps);
    // What needs no clock may still have numbers; nothing has others.
    for (const [k, part] of values.parts.entries()) {
      for (const [n, step] of part.steps.entries()) {
        if (part.cut?.includes(step.id)) expect(step.lines).toEqual([]);
        else if (!part.cut) expect(step).toEqual(full.parts[k]!.steps[n]);
      }
    }

    const result = resultById('theorem-4')!;
    const document = buildDerivation({ result, proof, on: { ...on, values } });
    const late = values.parts.filter((part) => part.cut);
    for (const { id, cut: [first] = [] } of late) {
      const { numbers } = document.parts.find((part) => part.id === id)!;
      expect(plain(numbers!)).toContain(`The time was up before the numbers of ${first}`);
    }
    for (const { id, numbers } of document.parts)
      if (!late.some((part) => part.id === id)) expect(plain(numbers!)).not.toContain('The time was up');
    expect(plain(document.verdict!.meaning)).toContain(`The time was up before the numbers of ${cut[0]}`);
  });
});
