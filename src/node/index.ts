/** What only Node has: instances in files, native backends, z3 and nerdamer in worker threads, the state of the machine. */
export { nodeBackends } from './backends.ts';
export { type DoctorReport, doctor, renderDoctor } from './doctor.ts';
export { loadInstanceFile } from './files.ts';
export { symbolicHelpers } from './symbolic-worker.ts';
