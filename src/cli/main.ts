#!/usr/bin/env node
import { Console } from 'node:console';
import process from 'node:process';
import { EXIT } from './exit-codes.ts';
import { nodeServices } from './node-services.ts';
import { runCli } from './run.ts';

// Libraries that chat must not mix with the answer on stdout.
globalThis.console = new Console(process.stderr);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.pipe);
});
// Whoever closed stderr does not want to be told.
process.stderr.on('error', () => {});

const code = await runCli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    now: () => performance.now(),
  },
  nodeServices,
);
// A backend may keep handles open, so the end is said aloud, once stdout has taken everything.
process.stdout.write('', () => process.exit(code));
