// Cohorts of few go without a number: nobody can be made out by one.

/**
 * Returns the keys of the small ones: fewer than `least`, and so that a sum does not give one away, the next smallest until
 * two are hidden which together reach `least`. `already` are hidden for another reason.
 */
export function smallOnes<K>(sizes: ReadonlyMap<K, number>, least: number, already: ReadonlySet<K> = new Set()): Set<K> {
  const sorted = [...sizes].filter(([, size]) => size > 0).sort(([, a], [, b]) => a - b);
  const hidden = new Set(sorted.filter(([key, size]) => size < least || already.has(key)).map(([key]) => key));
  if (hidden.size === 0) return hidden;
  const sum = () => [...hidden].reduce((all, key) => all + (sizes.get(key) ?? 0), 0);
  for (const [key] of sorted) {
    if (hidden.size >= 2 && sum() >= least) break;
    hidden.add(key);
  }
  return hidden;
}

/** Returns the cells of a table that are hidden, so that neither rows nor columns give one away; `sizes` by row and column. */
export function smallCells(sizes: ReadonlyMap<string | null, ReadonlyMap<string, number>>, least: number): Map<string | null, Set<string>> {
  const hidden = new Map([...sizes].map(([member, periods]) => [member, smallOnes(periods, least)]));
  const periods = [...new Set([...sizes.values()].flatMap((own) => [...own.keys()]))];
  const count = () => [...hidden.values()].reduce((all, own) => all + own.size, 0);
  for (let before = -1; before !== count();) {
    before = count();
    for (const period of periods) {
      const column = new Map([...sizes].flatMap(([member, own]) => (own.has(period) ? [[member, own.get(period)!] as const] : [])));
      for (const member of smallOnes(column, least, new Set([...hidden].flatMap(([name, own]) => (own.has(period) ? [name] : []))))) hidden.get(member)!.add(period);
    }
    for (const [member, own] of sizes) for (const period of smallOnes(own, least, hidden.get(member)!)) hidden.get(member)!.add(period);
  }
  return hidden;
}
