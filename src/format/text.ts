// Text from a CRM made safe to set beside our own: still text, never markup, and unable to turn its neighbours around.

const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]+/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Returns the text on one line without control characters and without the marks that reorder what follows them;
 * right-to-left text is isolated. Text of nothing else becomes "".
 */
export function plainText(text: string): string {
  const clean = text.replace(controls, " ").replace(/\s+/g, " ").trim();
  return rightToLeft.test(clean) ? `\u2068${clean}\u2069` : clean;
}

/** Returns at most `length` characters, the last one an ellipsis where something was cut. Never cuts inside a character. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const cut = characters.slice(0, Math.max(0, length - 1)).join("").trimEnd();
  return cut.includes("\u2068") && !cut.includes("\u2069") ? `${cut}…\u2069` : `${cut}…`;
}

/** Returns a label as it stands inside a sentence: "Win rate" → "win rate", but "MRR" and "NPS score" stay. */
export function inSentence(label: string, locale: string): string {
  const [first = "", second = ""] = [...label];
  return second === "" || second === second.toLocaleLowerCase(locale) ? first.toLocaleLowerCase(locale) + label.slice(first.length) : label;
}

/** Returns the text so that no line ends after its sign: a minus sign alone at the end of a title is easily missed. */
export const unbroken = (number: string): string => number.replace(/^([+−±-])/u, "$1\u2060");
