// What looks like an e-mail address or a telephone number in a text, and how it is shown without being told.

import {escapeRegExp} from "../../src/format/escapeRegExp.js";

export interface Shape {
  readonly kind: "email" | "phone";
  /** As found, wide and compatibility characters turned into plain ones. */
  readonly text: string;
}

/** Not part of a longer word, number or code: INV-0123-456-789 is one. */
const before = "(?<![\\p{L}\\p{N}_][-./+]{0,2})";
const after = "(?![-./]?[\\p{L}\\p{N}_])";

const local = /[^\s@<>()[\]{}",;:|\\]+$/u;
const domain = /^(?:[\p{L}\p{N}_-]{1,63}\.){1,8}\p{L}{2,24}/u;
/** What telephone numbers are written with. */
const run = /[+(\d][\d ()./+-]*/g;
const international = new RegExp(`${before}(?:\\+|(?<!\\d[ .-])00(?=\\d{1,3}[ ./-]))[ ]?\\(?[1-9]\\d*\\)?(?:[ ./()-]{1,3}\\d+)*${after}`, "gu");
const national = new RegExp(`${before}(?<!\\d[ .-])\\(?0\\d{1,4}(?:\\)[ ./-]{0,2}|[ ./-]{1,3})\\d+(?:[ ./-]{1,3}\\d+)*(?<=\\d\\d)${after}`, "gu");
const american = new RegExp(`${before}(?:1[ .-])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}${after}`, "gu");
const announced = /(?<![\p{L}\p{N}])(?:tel|telefon|phone|mobile?|fax)[.:]{1,2}\s{0,5}(\+?\(?\d[\d ()/.-]{4,30}\d)/giu;

const day = "(?:0?[1-9]|[12]\\d|3[01])";
const month = "(?:0?[1-9]|1[0-2])";
const dates = [
  new RegExp(`(?<!\\d[-./]?)(?:19|20)\\d\\d([-/]|\\. ?)${month}\\1${day}(?![-/]?\\d)`, "g"),
  new RegExp(`(?<!\\d[-./]?)${day}([-/]|\\. ?)${day}\\1(?:(?:19|20)\\d\\d|\\d\\d)(?![-./]?\\d)`, "g")
];

/** Thousands as our own pages group them. */
const grouped = /[+\-−]?\d{1,3}(?:[\u00a0\u202f]\d{3})+/g;

/** A decimal fraction, thousands set off by points, or the same digit throughout: no number that anybody could call. */
const isNumber = (text: string): boolean => /^\+?\d+\.\d+$/.test(text) || /^\+?\d{1,3}(?:\.\d{3})+$/.test(text) || new Set(text.replace(/\D/g, "")).size === 1;
const digitsOf = (text: string): number => text.replace(/\D/g, "").length;

/** One word, or a day: most cells of any table, and never an address or a number. */
const harmless = /^(?:\w*|\d{4}-\d\d-\d\d)$/;

export interface FindOptions {
  /** The text is a page of ours, where hard blanks group thousands. */
  readonly formatted?: boolean;
}

/**
 * Returns the e-mail addresses and telephone numbers that a text seems to hold. Numbers count with a plus, with a
 * leading zero and marks between their groups, in the American shape, or behind a word such as “tel.:”; digits without
 * any mark are ids, and dates and amounts are no numbers of a telephone.
 */
export function findShapes(written: string, {formatted = false}: FindOptions = {}): Shape[] {
  if (harmless.test(written)) return [];
  const text = (formatted ? written.replace(grouped, "\n") : written).normalize("NFKC");
  const emails = emailsIn(text);
  let rest = emails.reduce((left, {text: email}) => left.replace(email, "\n"), text);
  if (digitsOf(rest) < 6) return emails;
  for (const date of dates) rest = rest.replace(date, "\n");
  const phones: string[] = [];
  const take = (part: string, pattern: RegExp, [least, most]: readonly [number, number]): string =>
    part.replace(pattern, (match: string, own: unknown) => {
      const number = (typeof own === "string" ? own : match).trim();
      if (digitsOf(number) < least || digitsOf(number) > most || isNumber(number)) return match;
      phones.push(number);
      return "\n";
    });
  rest = take(rest, announced, [6, 15]);
  for (const part of partsOf(rest)) {
    const left = take(take(part, international, [9, 15]), american, [10, 11]);
    take(left, national, [9, 12]);
  }
  return [...emails, ...phones.map((number): Shape => ({kind: "phone", text: number}))];
}

function emailsIn(text: string): Shape[] {
  const found: Shape[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const name = local.exec(text.slice(Math.max(0, at - 64), at))?.[0].replace(/^\.+/, "");
    const host = domain.exec(text.slice(at + 1, at + 256))?.[0];
    if (name && host) found.push({kind: "email", text: `${name}@${host}`});
  }
  return found;
}

/** Longest piece that is looked at as a whole; the patterns go back and forth in it. */
const longest = 200;

/** Runs of digits and marks with the two characters on either side; long ones in pieces. */
function partsOf(text: string): string[] {
  return [...text.matchAll(run)].flatMap(({0: found, index}) => {
    if (digitsOf(found) < 9) return [];
    const part = text.slice(Math.max(0, index - 2), index + found.length + 2);
    if (part.length <= longest) return [part];
    return part.split(/(?= \+)/).flatMap((piece) => Array.from({length: Math.ceil(piece.length / longest)}, (_, k) => piece.slice(k * longest, (k + 1) * longest)));
  });
}

/** Returns the shape with all but its beginning left out: "a…@…", "+36…". */
export function maskShape({kind, text}: Shape): string {
  return kind === "email" ? `${[...text][0]!}…@…` : `${text.slice(0, 3)}…`;
}

/** Returns whether one of the patterns is the shape, without regard to case; an asterisk stands for any characters. */
export function allowing(patterns: Iterable<string>): (shape: Shape) => boolean {
  const all = [...patterns].map((pattern) => new RegExp(`^${pattern.normalize("NFKC").trim().split("*").map(escapeRegExp).join(".*")}$`, "iu"));
  return ({text}) => all.some((pattern) => pattern.test(text));
}
