// A seeded generator of our own: the sample's bytes must outlive every library update. sfc32 (Chris Doty-Humphrey,
// public domain), keyed by text, so that each family of records draws from its own stream and adding one family
// does not move the others. Only + − × ÷ and sqrt are used: transcendental functions may differ between engines.

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from min to max, both inclusive. */
  int(min: number, max: number): number;
  /** A number in [min, max). */
  between(min: number, max: number): number;
  /** True with probability p. */
  chance(p: number): boolean;
  /** One member of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One member, drawn by weight; weights may be zero, not all of them. */
  weighted<T>(list: readonly T[], weight: (member: T) => number): T;
  /** About standard normal, within ±3.46 (the sum of four uniforms). */
  normal(): number;
  /** About log-normal with this median; sigma is the spread of the logarithm. */
  logNormal(median: number, sigma: number): number;
}

/** Returns a stream of numbers that is the same for the same key on every machine. */
export function createRandom(...key: readonly (string | number)[]): Random {
  const next = sfc32(hash(key.join("/")));
  const normal = () => (next() + next() + next() + next() - 2) * Math.sqrt(3);
  return {
    next,
    normal,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    between: (min, max) => min + next() * (max - min),
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted(list, weight) {
      let rest = next() * list.reduce((sum, member) => sum + weight(member), 0);
      for (const member of list) if ((rest -= weight(member)) < 0) return member;
      return list[list.length - 1]!;
    },
    logNormal: (median, sigma) => median * exponential(sigma * normal())
  };
}

/** e to the power x, by squaring a short series: the same bits everywhere, good to 12 digits for |x| < 20. */
export function exponential(x: number): number {
  const step = x / 1024;
  let value = 1 + step * (1 + (step / 2) * (1 + (step / 3) * (1 + (step / 4) * (1 + step / 5))));
  for (let i = 0; i < 10; ++i) value *= value;
  return value;
}

function sfc32([a, b, c, d]: [number, number, number, number]): () => number {
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; ++i) next();
  return next;
}

// FNV-1a, four times from different offsets.
function hash(text: string): [number, number, number, number] {
  const one = (offset: number) => {
    let h = offset;
    for (let i = 0; i < text.length; ++i) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
    return h ^ (h >>> 15);
  };
  return [one(0x811c9dc5), one(0x9e3779b9), one(0x85ebca6b), one(0xc2b2ae35)];
}
