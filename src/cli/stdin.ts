import { LIMITS } from '../instance/limits.ts';
import { UsageError } from './faults.ts';

/** Everything that comes on stdin, as bytes. Throws a UsageError beyond the size that an instance file may have. */
export async function readAll(stdin: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    length += bytes.length;
    if (length > LIMITS.textBytes) {
      throw new UsageError(`more than ${LIMITS.textBytes / 2 ** 20} MiB; an instance must be smaller`);
    }
    chunks.push(bytes);
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
