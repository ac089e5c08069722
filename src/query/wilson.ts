/** Two-sided 95 % point of the normal distribution. */
const z = 1.959963984540054;

/** Returns the 95 % Wilson interval of a proportion, each end 0–1: `[low, high]`. `n` must be above 0. */
export function wilson(successes: number, n: number): readonly [number, number] {
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [successes === 0 ? 0 : Math.max(0, (centre - spread) / scale), successes === n ? 1 : Math.min(1, (centre + spread) / scale)];
}
