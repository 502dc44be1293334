import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SmtSolver } from '../symbolic/hessian-psd/solver.ts';
import { type Factoriser, proposeDenominators } from '../symbolic/propose-denominators.ts';

/**
 * z3 and nerdamer in worker threads of their own, ended when they answer or when the time is up: neither can hang or
 * bring down the program. What they say is a proposal (nerdamer) or is reported as trusted (z3).
 */
export const z3Solver: SmtSolver = {
  name: 'z3',
  async solve(problem, milliseconds) {
    const answer = await ask('z3-solver', Z3_PROGRAM, problem, milliseconds);
    return answer === 'sat' || answer === 'unsat' ? answer : 'unknown';
  },
};

/** A polynomial over Q as a product, as nerdamer writes it; undefined when it did not answer in time. */
export const nerdamerFactoriser: Factoriser = async (polynomial, milliseconds) => {
  const answer = await ask('nerdamer', NERDAMER_PROGRAM, polynomial, milliseconds);
  return typeof answer === 'string' ? answer : undefined;
};

/** What Node gives to a check. */
export const symbolicHelpers = { solver: z3Solver, proposer: proposeDenominators(nerdamerFactoriser) };

const Z3_PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    const { init } = (await import(workerData.module)).default;
    const { Context } = await init();
    const solver = new (Context('main').Solver)();
    solver.set('timeout', workerData.milliseconds);
    solver.fromString(workerData.input);
    parentPort.postMessage(await solver.check());
  })();`;

const NERDAMER_PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    const nerdamer = (await import(workerData.module)).default;
    parentPort.postMessage(nerdamer.factor(workerData.input).toString());
  })();`;

/** The program's answer, or undefined after an error or the time limit. */
function ask(name: string, program: string, input: string, milliseconds: number): Promise<unknown> {
  if (!(milliseconds > 0)) return Promise.resolve(undefined);
  const file = createRequire(import.meta.url).resolve(name === 'nerdamer' ? 'nerdamer/all.js' : name);
  return new Promise((resolve) => {
    const worker = new Worker(program, {
      eval: true,
      workerData: {
        module: pathToFileURL(file).href,
        input,
        milliseconds: Math.max(1, Math.floor(milliseconds)),
      },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    const finish = (answer: unknown): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish(undefined), milliseconds + 500);
    worker.once('message', finish);
    worker.once('error', () => finish(undefined));
    worker.once('exit', () => finish(undefined));
  });
}
