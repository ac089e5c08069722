/** Returns Gauss's ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its series; NaN where that does not settle in 100,000 terms. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < 100_000; k++) {
    const before = term;
    term *= ((a + k) * (b + k) * z) / ((c + k) * (k + 1));
    sum += term;
    if (Math.abs(term) < 1e-15 * Math.abs(sum) && Math.abs(term) <= Math.abs(before)) return sum;
  }
  return NaN;
}
