/**
 * A derivation as plain data: what the checked proof says, and what it says of one instance.
 *
 * Renderers read this and nothing else, so every format prints the same claims. A formula carries its own source for each
 * output language; each is printed from the term, none is converted from another.
 */
import type { Quantity, Status, Tier, Verdict } from '../../check/report.ts';
import type { AxiomGroup } from '../../kernel/axioms.ts';

/** One term in every output language, without delimiters. */
export interface Formula {
  /** Unicode, as in the paper: L(θ) = Σ_{i=1}^m λ_i ℓ_i(f_i(θ)) */
  readonly text: string;
  readonly latex: string;
  readonly typst: string;
  /** Presentation MathML inside <math>; names carry data-symbol="ID" with the id of a SymbolEntry */
  readonly mathml: string;
}

/** A piece of a sentence. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'math'; readonly formula: Formula }
  /** a link to the anchor of a step, part, hypothesis, axiom or erratum of this document */
  | { readonly kind: 'reference'; readonly to: string; readonly text: string };

export type Prose = readonly Inline[];

/** What a symbol or a notation of the statement or the steps means. A document in which one has none is refused. */
export interface SymbolEntry {
  /** unique in the document, [a-z0-9-] */
  readonly id: string;
  /**
   * `given`: of the statement · `free`, `introduced`: of a step, for all values or for one that exists · `bound`: by a
   * quantifier, a sum or a map · `definition` and `abbreviation`: short for other terms · `notation`: a way of writing
   * that no definition explains, shown by an example
   */
  readonly kind: 'given' | 'free' | 'introduced' | 'bound' | 'definition' | 'abbreviation' | 'notation';
  /** ids of the parts that use it, where the statement and its steps do not; none: theirs */
  readonly parts: readonly string[];
  readonly formula: Formula;
  /** its sort: ℝ^{m×dy}; a notation has none */
  readonly sort?: Formula;
  /** never empty */
  readonly meaning: Prose;
  /** definitions: what the symbol stands for, spelled out */
  readonly definition?: Formula;
  /** with an instance: 3 × 2, and the value, cut where it is large */
  readonly shape?: string;
  readonly value?: string;
}

/** What an instance says of a claim. */
export interface Annotation {
  readonly status: Status | 'supposed';
  readonly tier: Tier;
  /** why: computed here, or because the kernel derived it from hypotheses that hold here */
  readonly detail: Prose;
  readonly lines: readonly NumberLine[];
  /** lines that were left out */
  readonly omitted: number;
  /** of a step of a part: its lines are written as text, not in a table */
  readonly brief?: true;
}

/** Both sides of one equation or inequality with their numbers. */
export interface NumberLine {
  /** i = 1, sample 2 of α */
  readonly place: string;
  readonly relation: string;
  readonly left: string | null;
  readonly right: string | null;
  readonly difference: string | null;
  readonly truth: 'true' | 'false' | 'undecided';
}

export interface Source {
  /** section 3.2, Theorem 1; page 2301 */
  readonly text: string;
}

/** A hypothesis of the statement, or a fact of its setting. */
export interface HypothesisBlock {
  readonly id: string;
  readonly anchor: string;
  readonly name: string;
  readonly claim: Formula;
  /** what every instance satisfies by being one, or what has to be checked */
  readonly kind: 'setting' | 'hypothesis';
  /** errata that concern it, by id */
  readonly errata?: readonly string[];
  readonly annotation?: Annotation;
}

export interface StepBlock {
  readonly id: string;
  /** the fragment of a deep link: unique in the document, [a-z0-9-] */
  readonly anchor: string;
  readonly kind: 'claim' | 'suppose' | 'obtain' | 'conclusion';
  readonly claim: Formula;
  readonly rule: string;
  readonly premises: readonly Premise[];
  /** an argument by cases, or by induction: its base and its step */
  readonly split?: { readonly by: 'cases' | 'induction'; readonly cases: readonly Formula[] };
  readonly reason: Prose;
  readonly source: string;
  /** symbols that this step introduces */
  readonly introduces: readonly string[];
  /** ids of the hypotheses of the statement on which the claim rests */
  readonly restsOn: readonly string[];
  /** local hypotheses in force, and which came or went since the step before */
  readonly inForce: readonly LocalHypothesis[];
  readonly discharged: readonly LocalClaim[];
  /** errata that concern this step, by id */
  readonly errata: readonly string[];
  readonly annotation?: Annotation;
}

/** What an earlier step supposed or obtained. */
export interface LocalClaim {
  /** of that step */
  readonly id: string;
  readonly anchor: string;
  readonly claim: Formula;
}

export interface LocalHypothesis extends LocalClaim {
  readonly change: 'kept' | 'new';
}

/** A step, a hypothesis, or a result or part that is cited. */
export interface Premise {
  readonly id: string;
  /** null where it is in no place of this document */
  readonly anchor: string | null;
  /** of what is cited: what its own hypotheses follow from */
  readonly from?: readonly Premise[];
}

/** A part of the proof, proved once and cited. */
export interface PartBlock {
  readonly id: string;
  readonly anchor: string;
  readonly title: string;
  /** what it says */
  readonly sentence: Prose;
  readonly hypotheses: readonly HypothesisBlock[];
  readonly conclusion: Formula;
  /** with an instance: for which values its steps have numbers, or why they have none */
  readonly numbers?: Prose;
  readonly steps: readonly StepBlock[];
}

/** A matrix, vector or set that the proof constructs, on the instance. */
export interface ConstructionBlock {
  readonly name: Formula;
  readonly meaning: Prose;
  readonly shape: string;
  /** rows of printed entries, cut where there are many; null when too large */
  readonly rows: readonly (readonly string[])[] | null;
  readonly checks: readonly { readonly text: string; readonly status: Status; readonly tier: Tier }[];
}

export interface VerdictBlock {
  readonly verdict: Verdict;
  readonly tier: Tier;
  readonly meaning: Prose;
  /** L(θ), inf, gap, bounds: name and printed value */
  readonly figures: readonly {
    readonly name: Formula | null;
    readonly label: string;
    readonly value: string;
    readonly quantity?: Quantity;
  }[];
  readonly obligations: readonly {
    readonly id: string;
    readonly status: Status;
    readonly tier: Tier;
    readonly detail: string;
  }[];
  /** what breaks when a hypothesis fails here; null when none does */
  readonly broken: Broken | null;
}

export interface Broken {
  /** ids of the hypotheses that fail */
  readonly hypotheses: readonly string[];
  /** the id of the first step that does not follow any more */
  readonly first: string | null;
  /** the id of the first step whose claim is false here, when numbers show it */
  readonly firstFalse: string | null;
  /** ids of all steps that rest on a hypothesis that fails, in order; `first` is one of them */
  readonly rests: readonly string[];
}

export interface AxiomBlock {
  readonly anchor: string;
  readonly name: string;
  readonly statement: Formula;
  readonly why: string;
  readonly citation: string;
  readonly rocq: string;
  /** analysis and linear algebra are what the paper's proofs rest on; the others are foundations */
  readonly group: AxiomGroup;
}

export interface ErratumBlock {
  readonly id: string;
  readonly anchor: string;
  readonly title: string;
  readonly place: string;
  /** misprint, gap in the printed proof */
  readonly severity: string;
  readonly printed: string;
  readonly right: string;
  readonly text: string;
}

/** Figures 1–4 of the paper for m·dy ≤ 3: points of the image of f_X, the tangent space, the target, the distance. */
export interface Picture {
  readonly svg: string;
  /** the same in lines and dots, for languages that know no SVG; absent: the description stands for it */
  readonly drawing?: Drawing;
  /** what it shows, for a reader who cannot see it */
  readonly description: string;
}

export type DrawingInk = 'axis' | 'image' | 'tangent' | 'other' | 'target' | 'ink';

export interface DrawingLines {
  readonly ink: DrawingInk;
  readonly width: number;
  readonly opacity: number;
  /** each a path of straight lines through two points or more, nothing of it outside the page */
  readonly runs: readonly (readonly (readonly [x: number, y: number])[])[];
}

/** Lines, dots and words on a page of `width` × `height` whose y axis points down, as in SVG; in the order of drawing. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly DrawingLines[];
  readonly dots: readonly {
    readonly ink: DrawingInk;
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly opacity: number;
  }[];
  /** words that start or end at a place, half as high above it as below; `below`: an index */
  readonly labels: readonly {
    readonly ink: DrawingInk;
    readonly x: number;
    readonly y: number;
    readonly end: 'start' | 'end';
    readonly pieces: readonly { readonly text: string; readonly below?: string }[];
  }[];
}

export interface DerivationDocument {
  readonly everymin: string;
  readonly result: {
    readonly id: string;
    readonly title: string;
    readonly kind: string;
    readonly source: string;
  };
  /** null: the general derivation */
  readonly instance: {
    readonly name: string;
    readonly file: string | null;
    readonly sha256: string | null;
    readonly description: string;
  } | null;
  readonly verdict: VerdictBlock | null;
  readonly symbols: readonly SymbolEntry[];
  readonly hypotheses: readonly HypothesisBlock[];
  readonly conclusion: { readonly claim: Formula; readonly annotation?: Annotation };
  readonly steps: readonly StepBlock[];
  readonly parts: readonly PartBlock[];
  readonly constructions: readonly ConstructionBlock[];
  readonly axioms: readonly AxiomBlock[];
  /** other results that the proof cites */
  readonly results: readonly { readonly id: string; readonly title: string }[];
  readonly errata: readonly ErratumBlock[];
  readonly remarks: readonly Prose[];
  /** what the proof rests on, as SVG and as a list */
  readonly graph: Picture | null;
  readonly picture: Picture | null;
}
