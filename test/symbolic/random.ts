/** n ↦ an integer in [0, n), the same sequence for the same seed (Lehmer's generator). */
export function randomIntegers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * n);
  };
}
