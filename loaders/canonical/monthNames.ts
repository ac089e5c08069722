// Names of months in the language of an export, and cells with them as the engine reads them: with English ones.

import {remember} from "../../src/format/remember.js";
import {quoteText} from "../native.js";

const english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** How languages decline and shorten a name: alone, beside a day, in a date. */
const forms: readonly Intl.DateTimeFormatOptions[] = [
  ...(["long", "short"] as const).flatMap((month) => [{month}, {month, day: "numeric"}, {month, day: "numeric", year: "numeric"}] as const),
  {dateStyle: "medium"}, {dateStyle: "long"}
];

/** Letters that an abbreviation needs. */
const shortest = 3;

/**
 * Returns the months, 1 to 12, by every way in which a language writes them, in small letters: names in full, and as many
 * of their first letters, at least three, as no other month begins with. Undefined for a language that is not known or
 * that numbers its months.
 */
export const monthNames = (language: string): ReadonlyMap<string, number> | undefined => remember(known, language, () => namesAndBeginnings(language));

const known = new Map<string, ReadonlyMap<string, number> | undefined>();

function namesAndBeginnings(language: string): ReadonlyMap<string, number> | undefined {
  const names = english.map((_, month) => namesOf(language, month));
  if (names.some(({size}) => size === 0)) return undefined;
  const months = new Map<string, Set<number>>();
  for (const [month, own] of names.entries()) {
    for (const form of [...own].flatMap(beginnings)) months.set(form, (months.get(form) ?? new Set<number>()).add(month));
  }
  // A name in full is one even where another begins with it: June and July in Czech.
  for (const [month, own] of names.entries()) for (const name of own) if (names.every((others, other) => other === month || !others.has(name))) months.set(name, new Set([month]));
  return new Map([...months].flatMap(([form, found]) => (found.size === 1 ? [[form, [...found][0]! + 1] as const] : [])));
}

/** What a month is called; nothing where the language is not known. */
function namesOf(language: string, month: number): Set<string> {
  if (!isKnown(language)) return new Set();
  const day = new Date(Date.UTC(2021, month, 15));
  const parts = forms.flatMap((form) => new Intl.DateTimeFormat(language, {...form, timeZone: "UTC"}).formatToParts(day));
  return new Set(parts.flatMap(({type, value}) => (type === "month" ? [value.toLowerCase().replace(/\.$/, "")] : [])).filter((name) => /^[\p{L}\p{M}]{3,}$/u.test(name)));
}

function isKnown(language: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0;
  } catch {
    return false;
  }
}

function beginnings(name: string): string[] {
  const letters = [...name];
  return letters.slice(shortest - 1).map((_, more) => letters.slice(0, shortest + more).join(""));
}

/**
 * Returns SQL of the text `x` whose first word of three letters or more is in English where it is a month of the language.
 * A point that shortens it goes, one that parts it from a number stays.
 */
export function englishMonths(x: string, language: string): string {
  const word = `regexp_extract(${x}, '[\\p{L}\\p{M}]{${shortest},}')`;
  const names = [...(monthNames(language) ?? [])];
  // No IN, as in stage.ts: rows have to stand in the order of their file.
  const branches = english.map((name, month) => `when list_contains([${names.filter(([, of]) => of === month + 1).map(([form]) => quoteText(form)).join(", ")}], lower(${word})) then ${quoteText(name)}`);
  return `regexp_replace(replace(${x}, ${word}, case ${branches.join(" ")} else ${word} end), '(${english.join("|")})[.]([^0-9]|$)', '\\1\\2')`;
}
