import { availableParallelism, freemem } from 'node:os';
import { version } from '../version.ts';
import type { Services } from './services.ts';

/** What a check of the largest networks takes: five matrices of 4,000² numbers, and its thread. */
const MEMORY_OF_A_CHECK = 2 ** 30;

/** The services of the real command. Everything is imported when it is first asked for. */
export const nodeServices: Services = {
  version: () => version,
  async resultIds() {
    const [{ checkableIds }, { results }] = await Promise.all([
      import('../check/index.ts'),
      import('../../theorems/index.ts'),
    ]);
    const stated = results.filter(({ kind }) => kind === 'lemma' || kind === 'theorem').map(({ id }) => id);
    return { stated, checked: checkableIds };
  },
  async words() {
    const [{ resultWords }, { results }] = await Promise.all([
      import('../derive/report/words.ts'),
      import('../../theorems/index.ts'),
    ]);
    return resultWords(results);
  },
  async check(request, onProgress) {
    const { checkFile } = await import('../node/check-file.ts');
    return checkFile(request, onProgress);
  },
  checksAtATime() {
    return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / MEMORY_OF_A_CHECK)));
  },
  async checks() {
    const { CheckThreads } = await import('../node/check-threads.ts');
    const threads = new CheckThreads();
    return {
      check: (request, onProgress) => threads.check(request, onProgress),
      end: () => threads.end(),
    };
  },
  async read(path) {
    const { readInstanceText } = await import('../node/files.ts');
    return readInstanceText(path);
  },
  async escape(request, onProgress) {
    const { escapeFile } = await import('../node/escape-file.ts');
    return escapeFile(request, onProgress);
  },
  async statements() {
    const { results } = await import('../../theorems/index.ts');
    return results.map(({ id, title }) => ({ id, title }));
  },
  async nearestIds(id) {
    const { nearestIds } = await import('../derive/nearest-ids.ts');
    return nearestIds(id);
  },
  async explain(id, format, style) {
    const [{ explain }, { renderExplanation }] = await Promise.all([
      import('../derive/explain.ts'),
      import('../derive/render-explanation.ts'),
    ]);
    const explanation = explain(id);
    return explanation === undefined ? undefined : renderExplanation(explanation, format, style);
  },
  async doctor(format) {
    const { doctor, renderDoctor } = await import('../node/doctor.ts');
    const report = await doctor();
    return format === 'json' ? JSON.stringify(report, null, 2) : renderDoctor(report);
  },
  async proofIds() {
    const { optimiseLate } = await import('../node/optimise-late.ts');
    optimiseLate();
    const [{ scripts }, { results }] = await Promise.all([
      import('../../proofs/index.ts'),
      import('../../theorems/index.ts'),
    ]);
    const proved = scripts.map(({ result }) => result.id);
    const stated = results.filter(({ kind }) => kind !== 'assumption').map(({ id }) => id);
    return { proved, unproved: stated.filter((id) => !proved.includes(id)) };
  },
  async prove(id, { steps } = { steps: true }) {
    const { proveHere } = await import('../node/prove-here.ts');
    return (await proveHere({ kind: 'id', id, steps }))[0]!;
  },
  async proveOn(id, path) {
    const { proveHere } = await import('../node/prove-here.ts');
    return (await proveHere({ kind: 'on', id, path }))[0]!;
  },
  async proofsInTime(seconds) {
    const { ProofsInTime } = await import('../node/prove-in-time.ts');
    return new ProofsInTime(seconds);
  },
  async proveFile(path) {
    const { proveHere } = await import('../node/prove-here.ts');
    return proveHere({ kind: 'file', path });
  },
  async errataIds() {
    const { errata } = await import('../../theorems/errata.ts');
    return errata.map(({ id }) => id);
  },
  async erratum(id) {
    const { runErratum } = await import('../check/errata/index.ts');
    return runErratum(id);
  },
  async rocqIds() {
    const { rocqTheorems } = await import('../rocq/theorems.ts');
    return [...new Set(rocqTheorems.map(({ about }) => about))];
  },
  async rocq(request, onProgress) {
    const { verifyRocq } = await import('../node/rocq/verify.ts');
    return verifyRocq(request, onProgress);
  },
  async graph(format) {
    const { renderGraph } = await import('../derive/graph/index.ts');
    return renderGraph(format);
  },
  async findings(request, onProgress) {
    const { findingsInFile } = await import('../node/derive-file.ts');
    return findingsInFile(request, onProgress);
  },
  async canWrite(format) {
    if (format !== 'pdf') return;
    const { requireTypst } = await import('../node/pdf.ts');
    await requireTypst();
  },
  async derive(id, findings, { format, fragment }) {
    const { derivation, withDependencies } = await import('../derive/derive.ts');
    const general = derivation(id, findings);
    // Markdown has no drawing.
    const document = format === 'md' ? general : await withDependencies(general);
    const verdict = document.verdict?.verdict ?? null;
    if (format === 'pdf') {
      const { renderPdf } = await import('../node/pdf.ts');
      return { content: await renderPdf(document), verdict };
    }
    const { renderDerivation } = await import('../derive/document/render.ts');
    return { content: await renderDerivation(document, format, { fragment }), verdict };
  },
  async writeFile(path, content) {
    const { writeWhole } = await import('../node/write-whole.ts');
    await writeWhole(path, content);
  },
};
