// Declared date formats: YYYY MM DD tokens to the engine's own, and the check that they cannot be read in two ways.

const tokens: readonly (readonly [string, string])[] = [
  ["YYYY", "%Y"],
  ["YY", "%y"],
  ["MMMM", "%B"],
  ["MMM", "%b"],
  ["MM", "%m"],
  ["M", "%m"],
  ["DD", "%d"],
  ["D", "%d"],
  ["hh", "%H"],
  ["h", "%H"],
  ["HH", "%H"],
  ["H", "%H"],
  ["mm", "%M"],
  ["m", "%M"],
  ["SSS", "%g"],
  ["ss", "%S"],
  ["s", "%S"],
  ["A", "%p"],
  ["Z", "%z"]
];
/** Formats that count: days of Excel since 1900, seconds and milliseconds since 1970. */
export const countedFormats = ["excel", "epoch", "epoch_ms"] as const;
export type CountedFormat = (typeof countedFormats)[number];
export const isCounted = (format: string): format is CountedFormat => countedFormats.some((counted) => counted === format);

/** Words in brackets stand as they are: D [de] MMMM [de] YYYY. */
const pattern = /YYYY|YY|MMMM|MMM|MM|M|DD|D|hh|h|HH|H|mm|m|SSS|ss|s|A|Z|\[[^\]]*\]|[^A-Za-z]|[A-Za-z]/g;

/** Whether stamps in the format carry their offset from UTC. */
export const hasOffset = (format: string): boolean => !isCounted(format) && /Z/.test(unworded(format));

/** Whether the month is a word. */
export const hasMonthName = (format: string): boolean => !isCounted(format) && /MMM/.test(unworded(format));

/** The format without the words that it holds. */
export const unworded = (format: string): string => format.replaceAll(/\[[^\]]*\]/g, "");

/**
 * The engine's strptime format. With A (AM or PM) hours run from 1 to 12. A literal T may stand between date and time.
 * `translated`: cells have months as englishMonths leaves them, without the point that shortens them.
 */
export function strptimeFormat(format: string, {translated = false}: {readonly translated?: boolean} = {}): string {
  const parts: readonly string[] = (translated ? format.replace(/MMMM?([.](?=[^A-Z]|$))?/, "MMM") : format).match(pattern) ?? [];
  const half = parts.includes("A");
  return parts
    .map((part) => tokens.find(([token]) => token === part)?.[1] ?? part.replace(/^\[(.*)\]$/, "$1").replaceAll("%", "%%"))
    .map((part) => (half && part === "%H" ? "%I" : part))
    .join("");
}

/** What is wrong with a declared format, or undefined. Year, month and day are needed. */
export function dateProblem(format: string): string | undefined {
  if (isCounted(format)) return undefined;
  const parts = format.match(pattern) ?? [];
  const unknown = parts.find((part) => /^[A-Za-z]$/.test(part) && part !== "T" && !tokens.some(([token]) => token === part));
  if (unknown) return `tokens YYYY YY MMMM MMM MM M DD D hh h mm ss SSS A Z, or excel, epoch, epoch_ms, not ${unknown}`;
  const has = (...wanted: string[]) => parts.some((part) => wanted.includes(part));
  return has("YYYY", "YY") && has("M", "MM", "MMM", "MMMM") && has("D", "DD") ? undefined : "a format with year, month and day, such as DD/MM/YYYY";
}

/** Two formats that differ only in the order of day and month, so that 1/2/2026 would be either; undefined when there are none. */
export function ambiguousDates(declared: readonly string[]): readonly [string, string] | undefined {
  const formats = declared.filter((format) => !isCounted(format));
  const shape = (format: string, blind: boolean) =>
    (unworded(format).match(pattern) ?? []).map((part) => (/^(D|DD|M|MM)$/.test(part) ? (blind ? "#" : part[0]) : part.toLowerCase())).join("");
  for (const [index, one] of formats.entries()) {
    const other = formats.slice(index + 1).find((format) => shape(format, true) === shape(one, true) && shape(format, false) !== shape(one, false));
    if (other) return [one, other];
  }
  return undefined;
}
