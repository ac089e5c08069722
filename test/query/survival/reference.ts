// Kaplan–Meier with late entry, restricted means, hazard and the log-rank test, as plain TypeScript finds them by counting.

export interface Life {
  readonly member: string | null;
  /** Age when first observed; null from the start. */
  readonly entered: number | null;
  readonly seen: number;
  readonly hasLeft: boolean;
}

export interface ReferencePoint {
  readonly age: number;
  readonly atRisk: number;
  readonly losses: number;
  readonly surviving: number;
  readonly low: number | null;
  readonly high: number | null;
}

const isAtRisk = (age: number) => ({entered, seen}: Life): boolean => (entered === null || entered < age) && seen >= age;

/** Returns those who are seen at all. */
export const observed = (lives: readonly Life[]): Life[] => lives.filter(({entered, seen}) => entered === null || seen > entered);

/** Returns one point an age at which somebody left. */
export function kaplanMeier(lives: readonly Life[]): ReferencePoint[] {
  const ages = [...new Set(lives.filter(({hasLeft}) => hasLeft).map(({seen}) => seen))].sort((a, b) => a - b);
  let [surviving, greenwood] = [1, 0];
  return ages.map((age) => {
    const atRisk = lives.filter(isAtRisk(age)).length;
    const losses = lives.filter(({seen, hasLeft}) => hasLeft && seen === age).length;
    surviving *= (atRisk - losses) / atRisk;
    greenwood += losses === atRisk ? 0 : losses / (atRisk * (atRisk - losses));
    // log(−log S) ± z √Var[log(−log S)], turned back.
    const isInside = surviving > 1e-9 && surviving < 1;
    const centre = Math.log(-Math.log(surviving));
    const off = (1.959963984540054 * Math.sqrt(greenwood)) / Math.abs(Math.log(surviving));
    return {age, atRisk, losses, surviving, low: isInside ? Math.exp(-Math.exp(centre + off)) : null, high: isInside ? Math.exp(-Math.exp(centre - off)) : null};
  });
}

/** Returns the last age at which so many are at risk; null where there never are. */
export function lastAge(lives: readonly Life[], ages: readonly number[], least: number): number | null {
  const atRisk = (age: number) => lives.filter(isAtRisk(age)).length;
  const thin = Math.min(...lives.filter(({hasLeft, entered, seen}) => hasLeft && (entered === null || entered < seen)).map(({seen}) => seen).filter((age) => atRisk(age) < least));
  const enough = ages.filter((age) => atRisk(age) >= least && age < thin);
  return enough.length ? Math.max(...enough) : null;
}

/** Returns the first age at which half or fewer stay. */
export const median = (points: readonly ReferencePoint[]): number | null => points.find(({surviving}) => surviving <= 0.5 + 1e-9)?.age ?? null;

/** Returns the area below the curve up to a horizon, and Greenwood's variance of it. */
export function restrictedMean(points: readonly ReferencePoint[], horizon: number): {readonly mean: number; readonly variance: number} {
  const areaFrom = (start: number): number => {
    const inside = points.filter(({age}) => age > start && age < horizon).map(({age}) => age);
    const edges = [start, ...inside, horizon];
    return edges.slice(1).reduce((area, edge, k) => area + (edge - edges[k]!) * (points.filter(({age}) => age <= edges[k]!).at(-1)?.surviving ?? 1), 0);
  };
  const variance = points.filter(({age, atRisk, losses}) => age < horizon && losses < atRisk)
    .reduce((sum, {age, atRisk, losses}) => sum + (areaFrom(age) ** 2 * losses) / (atRisk * (atRisk - losses)), 0);
  return {mean: areaFrom(0), variance};
}

/** Returns the area below the curve with month after month worth less, each as at its end, and Greenwood's variance of it. */
export function discountedStay(points: readonly ReferencePoint[], months: number, month: number, yearly: number): {readonly mean: number; readonly variance: number} {
  const survivingAt = (age: number): number => points.filter((point) => point.age <= age).at(-1)?.surviving ?? 1;
  const areaFrom = (start: number): number => {
    let sum = 0;
    for (let k = 0; k < months; k++) {
      const [from, to] = [Math.max(start, k * month), (k + 1) * month];
      if (from >= to) continue;
      const edges = [from, ...points.map(({age}) => age).filter((age) => age > from && age < to), to];
      for (let e = 1; e < edges.length; e++) sum += ((edges[e]! - edges[e - 1]!) * survivingAt(edges[e - 1]!)) / (1 + yearly) ** ((k + 1) / 12);
    }
    return sum;
  };
  const variance = points.filter(({age, atRisk, losses}) => age < months * month && losses < atRisk)
    .reduce((sum, {age, atRisk, losses}) => sum + (areaFrom(age) ** 2 * losses) / (atRisk * (atRisk - losses)), 0);
  return {mean: areaFrom(0), variance};
}

/** Returns who left in the ages (from, to], the first with 0, and the days that all spent in them. */
export function exposure(lives: readonly Life[], from: number, to: number): {readonly losses: number; readonly days: number; readonly customers: number} {
  const isIn = (age: number) => age <= to && (age > from || from === 0);
  return {
    losses: lives.filter(({seen, hasLeft}) => hasLeft && isIn(seen)).length,
    days: lives.reduce((sum, {entered, seen}) => sum + Math.max(0, Math.min(seen, to) - Math.max(entered ?? 0, from)), 0),
    customers: lives.filter(({entered, seen}) => (entered === null || entered < to) && (seen > from || from === 0)).length
  };
}

/** Returns the log-rank statistic over all groups: by leaving the last that has any variance out, and solving for the others by determinants. */
export function logRank(lives: readonly Life[]): {readonly chiSquare: number; readonly df: number; readonly sums: ReadonlyMap<string | null, {readonly observed: number; readonly expected: number}>} {
  const members = [...new Set(lives.map(({member}) => member))];
  const ages = [...new Set(lives.filter(({hasLeft}) => hasLeft).map(({seen}) => seen))].sort((a, b) => a - b);
  const sums = new Map(members.map((member) => [member, {observed: 0, expected: 0}]));
  const covariance = members.map(() => members.map(() => 0));
  for (const age of ages) {
    const atRisk = lives.filter(isAtRisk(age));
    const left = lives.filter(({seen, hasLeft}) => hasLeft && seen === age);
    const [n, d] = [atRisk.length, left.length];
    const own = members.map((member) => atRisk.filter((life) => life.member === member).length);
    members.forEach((member, j) => {
      sums.get(member)!.observed += left.filter((life) => life.member === member).length;
      sums.get(member)!.expected += (d * own[j]!) / n;
      if (n > 1) members.forEach((_, k) => (covariance[j]![k]! += (((d * (n - d)) / (n - 1)) * own[j]! * ((j === k ? n : 0) - own[k]!)) / n ** 2));
    });
  }
  const used = members.map((_, j) => j).filter((j) => covariance[j]![j]! > 1e-9).slice(0, -1);
  const u = used.map((j) => sums.get(members[j]!)!.observed - sums.get(members[j]!)!.expected);
  const v = used.map((j) => used.map((k) => covariance[j]![k]!));
  const whole = determinant(v);
  const solved = u.map((_, j) => determinant(v.map((row, i) => row.map((cell, k) => (k === j ? u[i]! : cell)))) / whole);
  return {chiSquare: u.reduce((sum, one, j) => sum + one * solved[j]!, 0), df: used.length, sums};
}

function determinant(matrix: readonly (readonly number[])[]): number {
  if (matrix.length === 0) return 1;
  return matrix[0]!.reduce((sum, cell, k) => sum + (k % 2 ? -1 : 1) * cell * determinant(matrix.slice(1).map((row) => row.filter((_, j) => j !== k))), 0);
}
