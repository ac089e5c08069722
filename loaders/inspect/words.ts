// Headers and words compared: folded, cut into words, and how well one fits the other.

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The words of a header or a file name, lower-case and without accents: "OwnerId", "owner_id" and "Owner ID" are alike. */
export function wordsOf(text: string): string[] {
  const spaced = text.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2");
  const all = plain(spaced).split(/[^\p{L}\p{N}%#]+/u).filter(Boolean);
  const telling = all.filter((word) => !particles.has(word));
  return telling.length ? telling : all;
}

const particles = new Set(["de", "del", "der", "des", "di", "du", "d", "l", "la", "le", "of", "the"]);

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

/** Letters and digits only: what two spellings of one name share. */
export const folded = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, "");

const memory = new Map<string, string[]>();
function cachedWords(text: string): string[] {
  const found = memory.get(text) ?? wordsOf(text);
  memory.set(text, found);
  return found;
}

/**
 * How well a phrase of the lexicon names a header, 0–1: 1 where they are the same, less where the header says more, by
 * how much of it the phrase is. Words may carry an ending (dátuma for dátum) or be the end of a compound.
 */
export function fit(header: readonly string[], phrase: string): number {
  const wanted = cachedWords(phrase);
  const whole = header.join("");
  const joined = wanted.join("");
  if (whole === "" || joined === "") return 0;
  if (whole === joined) return 1;
  if (cjk.test(joined)) return whole.includes(joined) ? (whole.endsWith(joined) ? 0.9 : 0.8) * Math.sqrt(joined.length / whole.length) : 0;
  let best = 0;
  for (let from = 0; from + wanted.length <= header.length; ++from) {
    const parts = wanted.map((word, at) => alike(header[from + at]!, word));
    if (parts.every((part) => part > 0)) best = Math.max(best, Math.min(...parts) * Math.sqrt(joined.length / Math.max(joined.length, whole.length)));
  }
  return best;
}

function alike(word: string, wanted: string): number {
  if (word === wanted) return 1;
  if (wanted.length >= 3 && (word === `${wanted}s` || word === `${wanted}es` || (wanted.endsWith("y") && word === `${wanted.slice(0, -1)}ies`))) return 0.98;
  if (wanted.length >= 4 && word.startsWith(wanted) && word.length - wanted.length <= 3) return 0.9;
  return wanted.length >= 5 && word.endsWith(wanted) ? 0.8 : 0;
}

/** The best fit of several phrases. */
export const bestFit = (header: readonly string[], phrases: readonly string[]): number => phrases.reduce((best, phrase) => Math.max(best, fit(header, phrase)), 0);

/** The header's words without those of the phrase where it begins with it or ends so; undefined where it does neither. */
export function without(header: readonly string[], phrase: string): string[] | undefined {
  const wanted = cachedWords(phrase);
  const cut = (from: number): string[] | undefined => (wanted.every((word, at) => header[from + at] !== undefined && alike(header[from + at]!, word) >= 0.9) ? [...header.slice(0, from), ...header.slice(from + wanted.length)] : undefined);
  if (cjk.test(phrase)) {
    const whole = header.join("");
    const joined = wanted.join("");
    return whole.startsWith(joined) ? [whole.slice(joined.length)].filter(Boolean) : undefined;
  }
  if (wanted.length > header.length) return undefined;
  return cut(0) ?? cut(header.length - wanted.length) ?? compound(header, wanted.join(""));
}

/** Kundennummer without kunden. */
function compound(header: readonly string[], word: string): string[] | undefined {
  const [first = "", ...rest] = header;
  return word.length >= 4 && first.startsWith(word) && first.length - word.length >= 2 ? [first.slice(word.length), ...rest] : undefined;
}
