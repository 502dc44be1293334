import { spawn } from 'node:child_process';

export interface Ended {
  /** null: it was killed */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly cwd?: string;
  /** gets stdout line by line, as it comes */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end, without a shell; undefined when there is no such program. It stays in the group of this
 * process, so that an interrupt from the terminal ends both.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, onLine }: Start = {},
): Promise<Ended | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (onLine === undefined) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) onLine(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
