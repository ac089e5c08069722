// Every word and number a reader sees passes through one formatter: one locale, one currency, one set of messages.

import {closest} from "fastest-levenshtein";
import {IntlMessageFormat} from "intl-messageformat";
import type {DimensionId, Unit} from "../metrics/define.js";
import type {Period, Reason} from "../query/question.js";
import {type Change, describeChange} from "./change.js";
import {memberWords} from "./members.js";
import {type Messages, languageOf, languages} from "./messages.js";
import {type NumberOptions, createNumbers} from "./numbers.js";
import {type Dates, createDates} from "./periods.js";
import {remember} from "./remember.js";
import {inSentence, plainText} from "./text.js";
import {type Compared, type Reading, variance} from "./variance.js";

export type Values = Readonly<Record<string, string | number>>;

export interface FormatterOptions {
  /** "en", "hu", or a full tag such as "en-US". */
  readonly locale: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly messages: Messages;
  /** Labels that come from the settings, by key stem ("dimension.partner", "metric.margin"). Plain text, never ICU. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Formatter extends Dates {
  readonly locale: string;
  readonly currency: string;
  /** Renders a message. Throws when the key is missing (naming the nearest one) or a value is. */
  message(key: string, values?: Values): string;
  /** Renders a message around objects (elements, say): text and objects in the order of the language. */
  parts<T extends object>(key: string, values: Readonly<Record<string, string | number | T>>): (string | T)[];
  has(key: string): boolean;
  /** A value with its unit; null is "–" (see `reason`). */
  value(value: number | null, unit: Unit, options?: NumberOptions): string;
  /** What a heading says for bare numbers: "€", "%", "days", "". */
  unit(unit: Unit): string;
  /** A share 0–1 as a percentage with that many decimals. */
  percent(share: number, digits?: number): string;
  /** A share of a target: whole percent, with a decimal where 100% would hide a miss. */
  attainment(share: number): string;
  /** The change from a reference in words, signs, arrow and tone. */
  change(current: Reading, reference: Reading, metric: Compared): Change;
  /** Why there is no value; "" when there is a reason for nothing. */
  reason(reason: Reason | undefined): string;
  /** A member as plain text: "none" for null; control and direction marks removed. */
  member(dimension: DimensionId, value: string | null): string;
  dimension(id: DimensionId, inside?: "sentence"): string;
  metric(id: string, inside?: "sentence"): string;
  /** "a, b and c" or "a, b or c". */
  list(items: readonly string[], join?: "and" | "or"): string;
}

/** Returns the formatter of a report. Messages are compiled on first use and kept; what never changes is said once. */
export function createFormatter({locale, currency, messages, labels = {}}: FormatterOptions): Formatter {
  const language = languageOf(locale);
  const dates = locale.includes("-") ? locale : languages[language].dates;
  const numbers = createNumbers(locale, currency);
  const compiled = new Map<string, IntlMessageFormat>();
  const said = new Map<string, string>();

  function compile(key: string): IntlMessageFormat {
    let found = compiled.get(key);
    if (found) return found;
    if (!Object.hasOwn(messages, key)) {
      throw new Error(`no message “${key}” in language ${language}; the nearest key is “${closest(key, Object.keys(messages))}”. Add it to every file of src/format/locales.`);
    }
    try {
      found = new IntlMessageFormat(messages[key]!, locale, undefined, {ignoreTag: true});
    } catch (cause) {
      throw new Error(`message “${key}” in language ${language} is not valid ICU: ${messages[key]}`, {cause});
    }
    compiled.set(key, found);
    return found;
  }

  const message = (key: string, values?: Values) => (values ? String(compile(key).format(values)) : remember(said, key, () => String(compile(key).format())));
  const lists = {and: new Intl.ListFormat(dates, {type: "conjunction"}), or: new Intl.ListFormat(dates, {type: "disjunction"})};
  const label = (stem: string, key: string) => (Object.hasOwn(labels, stem) ? plainText(labels[stem]!) : message(key));

  const printDates = createDates(dates, locale.includes("-") ? locale : languages[language].ticks, message);
  const memberIn = (dimension: DimensionId, value: string) =>
    Object.hasOwn(labels, `dimension.${dimension}`) ? undefined : memberWords(dimension, value, {message, has: (key) => Object.hasOwn(messages, key), money: (amount) => numbers.format(amount, "currency", {axis: true}), month: printDates.month});

  return {
    locale,
    currency,
    message,
    parts<T extends object>(key: string, values: Readonly<Record<string, string | number | T>>) {
      const result = compile(key).format<T>(values as Record<string, string | number | T>);
      return (Array.isArray(result) ? result : [result]) as (string | T)[];
    },
    has: (key) => Object.hasOwn(messages, key),
    value: (value, unit, options = {}) =>
      value === null || !Number.isFinite(value)
        ? "–"
        : (unit === "days" || unit === "hours" || unit === "seconds") && !options.bare
          ? message(`value.${unit}`, {[unit]: numbers.format(value, unit, options), count: Math.abs(value)})
          : numbers.format(value, unit, options),
    unit: (unit) => (unit === "currency" ? numbers.currencySign : message(`unit.${unit}`)),
    percent: (share, digits = 0) => numbers.format(share, "percent", {digits}),
    attainment: (share) => numbers.format(share, "percent", {digits: Math.abs(share - 1) < 0.01 && Math.abs(share - 1) >= 0.0005 ? 1 : 0}),
    change: (current, reference, metric) => describeChange(variance(current, reference, metric), metric.unit, {numbers, message}),
    reason: (reason) => (reason ? message(`reason.${reason}`) : ""),
    member: (dimension, value) => (value === null ? message("member.none") : memberIn(dimension, value) ?? (plainText(value) || message("member.blank"))),
    dimension: (id, inside) => {
      const name = label(`dimension.${id}`, `dimension.${id}`);
      return inside ? inSentence(name, locale) : name;
    },
    metric: (id, inside) => {
      const name = label(`metric.${id}`, `metric.${id}.label`);
      return inside ? inSentence(name, locale) : name;
    },
    list: (items, join = "and") => lists[join].format(items),
    ...printDates
  };
}
