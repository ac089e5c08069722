import {distance} from "fastest-levenshtein";

/**
 * Returns the candidates that were probably meant, best first: the one closest in spelling, ignoring case, where that is
 * a slip; else the first three that hold the word, those that begin with it first. None where nothing is near.
 */
export function nearestFew(value: string, candidates: readonly string[]): string[] {
  const word = value.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const d = distance(word, candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best === undefined ? holding(word, candidates).slice(0, 3) : [best];
}

/** Returns the candidate that was probably meant, or undefined. */
export const nearest = (value: string, candidates: readonly string[]): string | undefined => nearestFew(value, candidates)[0];

/** Returns the candidates that hold a text of at least three letters, case aside: those that begin with it first, then in their order. */
export function holding(value: string, candidates: readonly string[]): string[] {
  const word = value.trim().toLowerCase();
  if (word.length < 3) return [];
  const found = candidates.filter((candidate) => candidate.toLowerCase().includes(word));
  const begins = (candidate: string) => candidate.toLowerCase().startsWith(word);
  return [...found.filter(begins), ...found.filter((candidate) => !begins(candidate))];
}

/** Returns all candidates, the most alike first: those that hold the word, then by spelling, ignoring case. */
export function byNearness(value: string, candidates: readonly string[]): string[] {
  const word = value.toLowerCase();
  const first = holding(word, candidates);
  const others = candidates.filter((candidate) => !first.includes(candidate)).map((candidate) => ({candidate, d: distance(word, candidate.toLowerCase())}));
  return [...first, ...others.sort((a, b) => a.d - b.d).map(({candidate}) => candidate)];
}
