// The difference of two means and how far chance alone may move it.

/** How many there are, their sum and the sum of their squares. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Two-sided 95 % point of Student's t: Cornish and Fisher's expansion about the normal point, to 0.002 from 5 degrees of freedom on. */
export function tPoint(freedom: number): number {
  const z = 1.959963984540054;
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3);
}

const varianceOf = ({n, sum, squares}: Sums): number => Math.max(0, (squares - (sum * sum) / n) / (n - 1));

/** Returns mean of a − mean of b with its 95 % interval, of unequal variances (Welch). Both need two. */
export function welch(a: Sums, b: Sums): {readonly difference: number; readonly interval: readonly [number, number]} {
  const difference = a.sum / a.n - b.sum / b.n;
  const [own, other] = [varianceOf(a) / a.n, varianceOf(b) / b.n];
  const error = own + other;
  if (error === 0) return {difference, interval: [difference, difference]};
  const freedom = error ** 2 / (own ** 2 / (a.n - 1) + other ** 2 / (b.n - 1));
  const reach = tPoint(freedom) * Math.sqrt(error);
  return {difference, interval: [difference - reach, difference + reach]};
}
