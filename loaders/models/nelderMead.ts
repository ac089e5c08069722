// Finds the lowest point of a function of a few numbers without its slope (Nelder and Mead 1965).

export interface Lowest {
  readonly at: readonly number[];
  readonly value: number;
  /** Whether the search came to rest within its steps. */
  readonly settled: boolean;
}

export interface Search {
  /** Length of the first step along each axis. */
  readonly step?: number;
  /** The search rests when all corners are worth the same and lie together to this. */
  readonly tolerance?: number;
  readonly steps?: number;
}

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/** Returns the lowest point found from `start`. The function may be Infinity where it has no value, but not at the start. */
export function nelderMead(of: (at: readonly number[]) => number, start: readonly number[], {step = 0.5, tolerance = 1e-10, steps = 2000}: Search = {}): Lowest {
  const corner = (at: readonly number[]): Corner => ({at, value: of(at)});
  const corners = [corner(start), ...start.map((_, axis) => corner(start.map((x, k) => (k === axis ? x + step : x))))];
  for (let taken = 0; taken < steps; taken++) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [corners[0]!, corners.at(-1)!, corners.at(-2)!];
    if (worst.value - best.value <= tolerance && spread(corners) <= Math.sqrt(tolerance)) return {...best, settled: true};
    const others = corners.slice(0, -1);
    const middle = start.map((_, k) => others.reduce((sum, {at}) => sum + at[k]!, 0) / others.length);
    const along = (factor: number) => corner(middle.map((x, k) => x + factor * (worst.at[k]! - x)));
    const mirrored = along(-1);
    if (mirrored.value < best.value) {
      const further = along(-2);
      corners[corners.length - 1] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < second.value) corners[corners.length - 1] = mirrored;
    else {
      const nearer = along(mirrored.value < worst.value ? -0.5 : 0.5);
      if (nearer.value < Math.min(worst.value, mirrored.value)) corners[corners.length - 1] = nearer;
      else for (let k = 1; k < corners.length; k++) corners[k] = corner(best.at.map((x, axis) => (x + corners[k]!.at[axis]!) / 2));
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return {...corners[0]!, settled: false};
}

const spread = ([first, ...rest]: readonly Corner[]): number =>
  Math.max(...rest.map(({at}) => Math.max(...at.map((x, k) => Math.abs(x - first!.at[k]!)))));
