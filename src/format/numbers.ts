// Numbers in one locale and currency. Rounding happens here and nowhere before.

import type {Unit} from "../metrics/define.js";
import {remember} from "./remember.js";

export interface NumberOptions {
  /** As in a table: every whole digit, fixed decimals. Absent: as on a card, three significant digits. */
  readonly precise?: boolean;
  /** As on an axis: like a card, without zeros at the end. */
  readonly axis?: boolean;
  /** Exactly this many decimals. */
  readonly digits?: number;
  /** "always" puts + before a rise; 0 has no sign either way. */
  readonly sign?: "auto" | "always";
  /** Leave the unit to the heading: no currency sign, no percent sign. */
  readonly bare?: boolean;
}

export interface Numbers {
  /** A value with its unit, "€1.24M", "63.2%", "57". Days carry no word: that is a message. */
  format(value: number, unit: Unit, options?: NumberOptions): string;
  /** The sign of the currency, "€". */
  readonly currencySign: string;
}

/** How digits are rounded: exactly so many decimals, or one of the named ways. */
type Digits = number | keyof typeof roundings;

const roundings = {
  whole: {maximumFractionDigits: 0},
  tenth: {maximumFractionDigits: 1},
  significant: {maximumSignificantDigits: 3},
  compact: {notation: "compact", minimumSignificantDigits: 3, maximumSignificantDigits: 3},
  short: {notation: "compact", maximumSignificantDigits: 3},
  four: {minimumFractionDigits: 0, maximumSignificantDigits: 4}
} as const satisfies Readonly<Record<string, Intl.NumberFormatOptions>>;

const whole = 10_000;

/**
 * Returns a number printer. On a card: three significant digits, except that whole numbers below 10,000 and money
 * between 1,000 and 10,000 are written out, for the letter K would save nothing. Minus is U+2212.
 */
export function createNumbers(locale: string, currency: string): Numbers {
  const printers = new Map<string, Intl.NumberFormat>();
  const minus = partOf(new Intl.NumberFormat(locale), -1, "minusSign") ?? "-";

  /** Zero has no sign, also where a number only rounds to it. */
  function printer(style: Style, digits: Digits, sign: "auto" | "always"): Intl.NumberFormat {
    return remember(printers, `${style} ${digits} ${sign}`, () => {
      const rounding = typeof digits === "number" ? {minimumFractionDigits: digits, maximumFractionDigits: digits} : roundings[digits];
      return new Intl.NumberFormat(locale, {...styleOptions(style), ...rounding, signDisplay: sign === "always" ? "exceptZero" : "negative"});
    });
  }

  const styleOptions = (style: Style): Intl.NumberFormatOptions => (style === "currency" ? {style, currency, currencyDisplay: "narrowSymbol"} : {style});

  return {
    currencySign: partOf(printer("currency", 0, "auto"), 0, "currency") ?? currency,
    format(value, unit, {precise = false, axis = false, digits, sign = "auto", bare = false} = {}) {
      const style = !bare && (unit === "currency" || unit === "percent") ? unit : "decimal";
      const text = printer(style, digits ?? (precise ? preciseDigits(unit) : axis ? axisDigits(value, unit) : cardDigits(value, unit)), sign).format(bare && unit === "percent" ? value * 100 : value);
      return value < 0 ? text.replace(minus, "−") : text;
    }
  };
}

type Style = "decimal" | "currency" | "percent";

const partOf = (printer: Intl.NumberFormat, value: number, part: Intl.NumberFormatPartTypes) => printer.formatToParts(value).find(({type}) => type === part)?.value;

function preciseDigits(unit: Unit): Digits {
  switch (unit) {
    case "count":
      return "whole";
    case "currency":
      return 0;
    case "percent":
    case "ratio":
    case "hours":
    case "seconds":
      return 2;
    case "days":
    case "score":
      return 1;
  }
}

function cardDigits(value: number, unit: Unit): Digits {
  const size = Math.abs(value);
  if (unit === "percent") return size === 0 || size >= 0.9995 ? 0 : size >= 0.0995 ? 1 : 2;
  if (size >= whole - 0.5) return "compact";
  if (size >= 1000 || unit === "count") return "whole";
  return unit === "currency" ? (size === 0 || size >= 99.5 ? 0 : 2) : "significant";
}

function axisDigits(value: number, unit: Unit): Digits {
  return unit === "percent" ? "tenth" : Math.abs(value) >= whole ? "short" : "four";
}
