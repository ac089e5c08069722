// Numbers in one locale and currency. Rounding happens here and nowhere before.

import type {Unit} from "../metrics/define.js";

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

const whole = 10_000;

/**
 * Returns a number printer. On a card: three significant digits, except that whole numbers below 10,000 and money
 * between 1,000 and 10,000 are written out, for the letter K would save nothing. Minus is U+2212.
 */
export function createNumbers(locale: string, currency: string): Numbers {
  const printers = new Map<string, Intl.NumberFormat>();

  function printer(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let found = printers.get(key);
    if (!found) printers.set(key, (found = new Intl.NumberFormat(locale, options)));
    return found;
  }

  function print(value: number, options: Intl.NumberFormatOptions): string {
    const parts = printer(options).formatToParts(value);
    const zero = parts.every(({type, value: text}) => type !== "integer" && type !== "fraction" || !/[1-9]/.test(text));
    return parts.map(({type, value: text}) => (type !== "minusSign" ? text : zero ? "" : "−")).join("");
  }

  const style = (unit: Unit, bare: boolean): Intl.NumberFormatOptions =>
    unit === "currency" && !bare ? {style: "currency", currency, currencyDisplay: "narrowSymbol"} : unit === "percent" && !bare ? {style: "percent"} : {};

  return {
    currencySign: printer(style("currency", false)).formatToParts(0).find(({type}) => type === "currency")?.value ?? currency,
    format(value, unit, {precise = false, axis = false, digits, sign = "auto", bare = false} = {}) {
      const shown = bare && unit === "percent" ? value * 100 : value;
      return print(shown, {...style(unit, bare), ...(digits !== undefined ? decimals(digits) : precise ? preciseDigits(unit) : axis ? axisDigits(value, unit) : cardDigits(value, unit)), signDisplay: sign === "always" ? "exceptZero" : "auto"});
    }
  };
}

const decimals = (n: number): Intl.NumberFormatOptions => ({minimumFractionDigits: n, maximumFractionDigits: n});

function preciseDigits(unit: Unit): Intl.NumberFormatOptions {
  switch (unit) {
    case "count":
      return {maximumFractionDigits: 0};
    case "currency":
      return decimals(0);
    case "percent":
    case "ratio":
      return decimals(2);
    case "days":
    case "score":
      return decimals(1);
  }
}

function cardDigits(value: number, unit: Unit): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  if (unit === "percent") return decimals(size === 0 || size >= 0.9995 ? 0 : size >= 0.0995 ? 1 : 2);
  if (size >= whole - 0.5) return {notation: "compact", minimumSignificantDigits: 3, maximumSignificantDigits: 3};
  if (size >= 1000 || unit === "count") return {maximumFractionDigits: 0};
  return unit === "currency" ? decimals(size === 0 || size >= 99.5 ? 0 : 2) : {maximumSignificantDigits: 3};
}

function axisDigits(value: number, unit: Unit): Intl.NumberFormatOptions {
  return unit === "percent" ? {maximumFractionDigits: 1} : Math.abs(value) >= whole ? {notation: "compact", maximumSignificantDigits: 3} : {minimumFractionDigits: 0, maximumSignificantDigits: 4};
}
