// How long the steps of a build take, kept beside the build and never inside what must be reproducible.

export interface Stopwatch {
  /** Does the work and remembers how long it took under the name of the step. */
  time<T>(step: string, work: () => Promise<T>): Promise<T>;
  /** Milliseconds by step, in the order in which they ended. */
  times(): Readonly<Record<string, number>>;
}

/** Returns a stopwatch over a clock that counts milliseconds. */
export function stopwatch(clock: () => number): Stopwatch {
  const taken: Record<string, number> = {};
  return {
    async time(step, work) {
      const start = clock();
      try {
        return await work();
      } finally {
        taken[step] = (taken[step] ?? 0) + Math.round(clock() - start);
      }
    },
    times: () => taken
  };
}
