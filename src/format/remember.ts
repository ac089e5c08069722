// Words that are made once and read a hundred times on a page.

/** Returns what is known by the key, made and kept on the first call. The number of different keys must be small. */
export function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}
