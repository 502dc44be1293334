import { isMainThread } from 'node:worker_threads';

/** Sets a variable as native libraries read it, or removes it; the previous value comes back. */
type SetVariable = (name: string, value: string | undefined) => void;

const setInProcess: SetVariable = (name, value) => {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
};

/**
 * In a worker thread process.env is a copy that native code does not see, so libc is called through koffi; without
 * koffi, or on Windows, the copy is all there is.
 */
async function setter(): Promise<SetVariable> {
  if (isMainThread || process.platform === 'win32') return setInProcess;
  const koffi = await import('koffi').catch(() => undefined);
  if (!koffi) return setInProcess;
  const libc = koffi.default.load(process.platform === 'darwin' ? 'libSystem.dylib' : 'libc.so.6');
  const set = libc.func('int setenv(const char *name, const char *value, int overwrite)');
  const unset = libc.func('int unsetenv(const char *name)');
  return (name, value) => {
    if (value === undefined) unset(name);
    else set(name, value, 1);
    setInProcess(name, value);
  };
}

/** Runs `action` with a variable of the process set, and puts back what was there. */
export async function withNativeVariable<R>(
  name: string,
  value: string,
  action: () => Promise<R>,
): Promise<R> {
  const before = process.env[name];
  const set = await setter();
  set(name, value);
  try {
    return await action();
  } finally {
    set(name, before);
  }
}
