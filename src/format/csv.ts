// Text for spreadsheets: cells that are never run as formulas, and lines of them. Every CSV that we write is made here.

/** Blanks that a spreadsheet may drop in front of a formula. */
const blanks = " \u00a0\u202f\ufeff";

/** Regular expression of texts that a spreadsheet may run; the wide marks are run where the keyboard has them. */
export const formulaPattern = `^[${blanks}]*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]`;

/** Regular expression of numbers with a sign: digits and the marks between them, nothing that could be run. */
export const signedNumberPattern = `^[${blanks}]*[+\\-][0-9.,'\u2019${blanks}]*[0-9]([eE][+\\-]?[0-9]+)?[${blanks}]?%?$`;

const formula = new RegExp(formulaPattern);
const signedNumber = new RegExp(signedNumberPattern);

/** Returns the text with an apostrophe in front where a spreadsheet would run it; signed numbers stay as they are. */
export const harmlessText = (text: string): string => (formula.test(text) && !signedNumber.test(text) ? `'${text}` : text);

/** Returns a cell as it was before harmlessText. */
export const unharmedText = (text: string): string => (text.startsWith("'") && harmlessText(text.slice(1)) === text ? text.slice(1) : text);

export type CsvValue = string | number | boolean | null | undefined;

/** Returns a header and rows as CSV (RFC 4180, lines end in LF): numbers unrounded, nothing for null and undefined, no text that runs. */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  let text = `${header.map(cell).join(",")}\n`;
  for (const row of rows) text += `${row.map(cell).join(",")}\n`;
  return text;
}

function cell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? harmlessText(value) : String(value);
  return /[",\r\n]|^\s|\s$|^\ufeff/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
