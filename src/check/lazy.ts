/** Computes at the first call and remembers the answer, or the error. */
export function lazy<R>(compute: () => R): () => R {
  let state: { value: R } | { error: unknown } | undefined;
  return () => {
    if (!state) {
      try {
        state = { value: compute() };
      } catch (error) {
        state = { error };
      }
    }
    if ('error' in state) throw state.error;
    return state.value;
  };
}
