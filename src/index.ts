/** everymin as a library: runs unchanged in Node and in a browser. Files and backends of Node are in `everymin/node`. */

export { type Proof, prove } from '../proofs/index.ts';
export type { SymbolicHelpers } from './check/check-context.ts';
export { runAllErrata, runErratum } from './check/errata/index.ts';
export { escapeFrom } from './check/escape.ts';
export { type CheckOptions, check, checkableIds } from './check/index.ts';
export { evaluateProof } from './check/proof-values.ts';
export type {
  ObligationReport,
  Quantity,
  Report,
  ResultReport,
  RobustBound,
  Status,
  Tier,
  Verdict,
} from './check/report.ts';
export { type Verification, verifiedKinds, verifyReport } from './check/verify/index.ts';
export { type DeriveOptions, derive } from './derive/derive.ts';
export type { DerivationDocument } from './derive/document/model.ts';
export { renderDerivation } from './derive/document/render.ts';
export { explain } from './derive/explain.ts';
export { renderExplanation } from './derive/render-explanation.ts';
export { renderJson, renderText } from './derive/report/index.ts';
export { InstanceError } from './instance/error.ts';
export type { Instance } from './instance/instance.ts';
export { instanceFromObject, loadInstance } from './instance/load.ts';
export { memoryResources, noResources, type ResourceReader } from './instance/resources.ts';
export { BackendMissing, type BackendProvider, portableBackends } from './numeric/backend/index.ts';
export { version } from './version.ts';
