/** everymin as a library: runs unchanged in Node and in a browser. Files and backends of Node are in `everymin/node`. */
export { type CheckOptions, check, checkableIds } from './check/index.ts';
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
export type { Instance } from './instance/instance.ts';
export { version } from './version.ts';
