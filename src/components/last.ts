// Array.findLast for the browsers of the build target (ES2022).

/** Returns the last item that passes, or undefined. */
export function findLast<T>(items: readonly T[], test: (item: T) => boolean): T | undefined {
  return items[findLastIndex(items, test)];
}

/** Returns the index of the last item that passes, or −1. */
export function findLastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  for (let i = items.length - 1; i >= 0; i--) if (test(items[i]!)) return i;
  return -1;
}
