import {distance} from "fastest-levenshtein";

/** Returns the candidate closest in spelling to `value`, ignoring case, or undefined when none is near enough to be a slip. */
export function nearest(value: string, candidates: readonly string[]): string | undefined {
  const word = value.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const d = distance(word, candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  return best;
}
