import type { Instance } from '../instance/instance.ts';
import type { CheckRequest } from './check-request.ts';

/** The instance of a request: a file, or the bytes that came on stdin. Throws InstanceError. */
export async function loadRequest({
  path,
  bytes,
  allowOutside,
}: Pick<CheckRequest, 'path' | 'bytes' | 'allowOutside'>): Promise<Instance> {
  const { fileResources, loadInstanceFile } = await import('./files.ts');
  if (bytes === undefined) return loadInstanceFile(path, { allowOutside });
  const { loadInstance } = await import('../instance/load.ts');
  return loadInstance({ text: bytes, name: 'stdin' }, fileResources('.', { allowOutside }), { allowOutside });
}
