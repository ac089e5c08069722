// The χ² distribution and quadratic forms: what the log-rank test needs and SQL lacks.

/** Returns ln Γ(df ÷ 2) for a whole df above 0. */
function logGammaHalf(df: number): number {
  let sum = df % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let k = df % 2 === 0 ? 2 : 1; k < df; k += 2) sum += Math.log(k / 2);
  return sum;
}

/** Returns the chance of a value of χ² with `df` degrees of freedom that is as large or larger: the upper incomplete Γ. */
export function chiSquareTail(value: number, df: number): number {
  if (!(value > 0)) return 1;
  const [a, x] = [df / 2, value / 2];
  const front = Math.exp(a * Math.log(x) - x - logGammaHalf(df));
  return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
}

/** Σ xⁿ ÷ (a (a + 1) … (a + n)) */
function series(a: number, x: number): number {
  let [term, sum] = [1 / a, 1 / a];
  for (let n = 1; term > sum * 1e-16; n++) sum += term *= x / (a + n);
  return sum;
}

/** The continued fraction of the rest (Lentz). */
function fraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let [c, d] = [1 / tiny, 1 / b];
  let result = d;
  for (let n = 1; n < 10_000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b || tiny);
    c = b + step / c || tiny;
    result *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return result;
}

/**
 * Returns uᵀ V⁻¹ u and the rank of V, which is symmetric and has no negative eigenvalue: rows that depend on others are left
 * out, so that it does not matter which of the groups is left out.
 */
export function quadraticForm(u: readonly number[], v: readonly (readonly number[])[]): {readonly value: number; readonly rank: number} {
  const rows = v.map((row, i) => [...row, u[i]!]);
  const open = new Set(rows.keys());
  const largest = Math.max(0, ...v.map((row, i) => row[i]!));
  let [value, rank] = [0, 0];
  while (open.size > 0) {
    const pivot = [...open].reduce((best, i) => (rows[i]![i]! > rows[best]![best]! ? i : best));
    const own = rows[pivot]!;
    if (!(own[pivot]! > Math.max(1e-9 * largest, 1e-9))) break;
    open.delete(pivot);
    value += own[u.length]! ** 2 / own[pivot]!;
    rank++;
    for (const i of open) {
      const factor = rows[i]![pivot]! / own[pivot]!;
      for (let j = 0; j <= u.length; j++) rows[i]![j]! -= factor * own[j]!;
    }
  }
  return {value, rank};
}
