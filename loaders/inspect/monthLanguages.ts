// In which languages the months of a column may be named: its words, against the names of months in each.

import {monthNames} from "../canonical/monthNames.js";
import type {Native} from "../native.js";

/** Languages that are tried, those of more exports first. */
const languages = ["fr", "es", "de", "pt", "it", "nl", "pl", "hu", "ru", "uk", "cs", "sk", "ro", "tr", "sv", "nb", "da", "fi", "el", "bg", "hr", "sr", "sl", "lt", "lv", "et", "ca", "id"];
const mostWords = 60;

/** Languages that read the words of a column as the same months. */
export type MonthLanguages = readonly string[];

/** Returns the languages that name every month in the table _values, those that take the words alike together; English alone where it does, none where there are no words. */
export async function monthLanguages(native: Native, filter: string): Promise<readonly MonthLanguages[]> {
  const found = await native.run({sql: `select distinct lower(regexp_extract(x, '[\\p{L}\\p{M}]{3,}')) as word from _values where ${filter} order by 1 limit ${mostWords + 1}`, params: []});
  const words = found.map(({word}) => String(word)).filter((word) => word !== "");
  if (words.length === 0 || found.length > mostWords) return [];
  if (takes("en", words) !== undefined) return [["en"]];
  const alike = new Map<string, string[]>();
  for (const language of languages) {
    const months = takes(language, words);
    if (months !== undefined) alike.set(months, [...(alike.get(months) ?? []), language]);
  }
  return [...alike.values()];
}

/** The months that words are in a language, as text; undefined where one is none. */
function takes(language: string, words: readonly string[]): string | undefined {
  const names = monthNames(language);
  const months = words.map((word) => names?.get(word));
  return months.includes(undefined) ? undefined : months.join(" ");
}
