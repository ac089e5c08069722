// Items that are stored once and named by their place.

/** Numbers distinct items in the order in which they come. */
export function indexer<T>() {
  const all: T[] = [];
  const index = new Map<string, number>();
  return {
    all,
    add(item: T): number {
      const key = JSON.stringify(item);
      const known = index.get(key);
      if (known !== undefined) return known;
      index.set(key, all.length);
      return all.push(item) - 1;
    }
  };
}
