const EXIT_CODES = `
Exit codes:
   0  every requested result holds      1  a result does not apply, or its conclusion fails
   2  bad input or usage                3  something needed is missing on this machine
   4  time or size limit                5  undecided
  70  a bug in everymin               141  the reader of the output went away
  Of several files the most severe counts, in the order 2, 3, 4, 1, 5.`;

export const MAIN_HELP = `
Examples:
  everymin check model.json         which results apply at this point, and what they guarantee
  everymin escape model.json        the way down from a saddle, and the losses before and after
  everymin explain theorem-1        the statement, its hypotheses and its source
  everymin prove                    checks every proof, and lists what it stands on
  everymin derive theorem-1 model.json -o proof.html   the proof, with the numbers of the model
  everymin graph -o graph.svg       what rests on what
  everymin doctor                   what this machine can compute with
${EXIT_CODES}`;

export const CHECK_HELP = `
FILE is an instance file, a pattern in quotes such as 'runs/**/*.json', or - for stdin.
The answer goes to stdout, everything else to stderr. Colours follow NO_COLOR and FORCE_COLOR.
Several files: --format json prints an array, --format jsonl one line for each as it is done. After
two seconds they are checked at the same time, in threads, and written in their order; each thread
takes the memory of a check, and the peak in a report is that of all. --jobs 1: one after another.
For CI: --format junit (tests) and sarif (places in the instance file); see docs/ci.md.

Examples:
  everymin check model.json
  everymin check model.json --result theorem-1 --tier certified
  everymin check 'runs/*.json' --format jsonl --timeout 60 > reports.jsonl
  everymin check 'runs/*.json' --format sarif > everymin.sarif
  cat model.json | everymin check - --format json
${EXIT_CODES}`;

export const ESCAPE_HELP = `
Where a check refutes a local minimum, its witness is a way down: -grad L, a direction of
negative curvature, or a polynomial curve. escape goes the step of 1, 1/2, 1/4, ... that leads
lowest, and prints the loss before and after, exact where it is rational and else enclosed: the
second is proved to be below the first. OUT is FILE with only the moved parameters changed.
No file is replaced without --force.

Examples:
  everymin escape saddle.json
  everymin escape saddle.json -o moved.json && everymin check moved.json
  everymin escape saddle.json --format json

Exit codes: 0 a lower point was found, 1 it is proved a local minimum (or one lies next to it),
2 bad input or usage, 4 time or size limit, 5 undecided. Only with 0 is OUT written.`;

export const EXPLAIN_HELP = `
Examples:
  everymin explain theorem-1
  everymin explain assumption-2 --format latex
  everymin explain                  lists every id`;

export const PROVE_HELP = `
Without an ID, every result that has a proof is checked. FILE is a module of your own that exports
a script from everymin/proofs (see examples/proofs); it is a program and runs as one, but only what
the kernel made counts.

With --on, every claim of every step is evaluated on an instance: both sides and their difference,
exact or enclosed. A hypothesis that the instance breaks is named, and the first step that fails.
What ranges over more than an index set is sampled (docs/reading-a-report.md), which refutes and
never proves. Without --timeout the numbers of each proof may take a minute.

With --rocq the same results are proved from the foundations of mathematics, by Rocq with MathComp
and mathcomp-analysis, which must be installed. The first build takes some minutes and is kept in
$EVERYMIN_CACHE (default: everymin in the user's cache); changed sources are built afresh.

Examples:
  everymin prove
  everymin prove theorem-1 --steps
  everymin prove theorem-1 --on model.json
  everymin prove --format junit > proofs.xml
  everymin prove --errata erratum-1
  everymin prove --rocq
  everymin prove theorem-4 --rocq
  everymin prove examples/proofs/unattained.mjs

Exit codes: 0 every proof checks (with --errata: every erratum is confirmed), 1 one does not,
2 an unknown id or a bad file, 3 --rocq without Rocq, 4 time limit (what is proved by then stands,
the rest is undecided).`;

export const DERIVE_HELP = `
The document is written from the proof that the kernel checked, and with FILE from what check finds
there: each step with its claim, its reason, its numbers and whether it holds. When a hypothesis
fails, the first line that breaks is shown and everything that rests on it.
FILE is an instance file, or - for stdin. The format is that of the ending of OUT; without OUT the
document goes to stdout, as Markdown unless --format says otherwise.
--fragment leaves out the page or the preamble, for inclusion in your own; LaTeX needs amsmath,
amssymb and hyperref.

Examples:
  everymin derive theorem-1
  everymin derive theorem-1 model.json -o proof.html
  everymin derive theorem-4 model.json -o proof.pdf --timeout 60
  everymin derive theorem-2 model.json --format latex --fragment > proof.tex

Exit codes: 0 without FILE, or when the result holds there, 1 it does not apply or its conclusion
fails, 2 bad input or usage, 3 a PDF without the Typst package, 4 time or size limit, 5 undecided.
The document is written in each case but 2 and 3; with 4 it has what was found in time.`;

export const GRAPH_HELP = `
Axioms, results, examples and errata, with an arrow from each to what it rests on, as the checked
proofs say. A result without a proof is shown as such, by shape, sign and text.

Examples:
  everymin graph --format svg -o graph.svg
  everymin graph --format dot | dot -Tpdf > graph.pdf
  everymin graph --format json`;

export const DOCTOR_HELP = `
Examples:
  everymin doctor
  everymin doctor --format json`;
