// How dates and numbers of a source are to be declared, where the cells settle it; else a question with both choices.

import {ambiguousDates} from "../canonical/dates.js";
import type {Draft} from "./draft.js";
import type {Column, Marks} from "./profile.js";
import type {DateReading} from "./dateReadings.js";
import type {MonthLanguages} from "./monthLanguages.js";

/** A doubt that only the user can settle. */
export interface Question {
  /** Where it arises and what is known. */
  readonly about: string;
  readonly choices: readonly {readonly setting: string; readonly means: string}[];
}

export interface SourceDialect {
  readonly dates: readonly string[];
  /** Languages, any of which reads the names of months; none where they are English, or in doubt. */
  readonly months: MonthLanguages;
  readonly decimal: Marks["decimal"];
  readonly group: Marks["group"];
  readonly nulls: readonly string[];
  readonly questions: readonly Question[];
}

interface Defaults {
  readonly dates: readonly string[];
  readonly decimal: Marks["decimal"];
  readonly group: string;
}

const typed = (drafts: readonly Draft[]): Placed[] => {
  const seen = new Set<Column>();
  return drafts.flatMap(({file, rules}) => Object.values(rules).flatMap(({from}) => (seen.has(from) || !seen.add(from) ? [] : [{file: file.file, column: from}])));
};

/** What a source has to declare to read the columns of its mappings. */
export function settleDialect(drafts: readonly Draft[], defaults: Defaults): SourceDialect {
  const {months, columns, questions} = settleMonths(typed(drafts));
  const dates = settleDates(columns, defaults.dates);
  const marks = settleMarks(columns, defaults);
  return {...marks, dates: dates.dates, months, nulls: [...new Set(columns.flatMap(({column}) => column.nullWords))].sort(), questions: [...questions, ...dates.questions, ...marks.questions]};
}

interface Placed {
  readonly file: string;
  readonly column: Column;
}

/** The language of all names of months, and the columns with only the readings that it leaves them. */
function settleMonths(columns: readonly Placed[]): {months: MonthLanguages; columns: readonly Placed[]; questions: readonly Question[]} {
  const named = columns.filter(({column}) => column.readings.some(({months}) => months));
  const [first] = named;
  if (!first) return {months: [], columns, questions: []};
  const where = named.map(({column, file}) => `${column.header} in ${file}`).join(", ");
  const readingIn = (language: string, {column}: Placed): number => column.readings.findIndex(({months}) => months?.includes(language));
  const alike = new Map<string, string[]>();
  for (const language of first.column.readings.flatMap(({months}) => months ?? [])) {
    const taken = named.map((one) => readingIn(language, one));
    if (!taken.includes(-1)) alike.set(taken.join(" "), [...(alike.get(taken.join(" ")) ?? []), language]);
  }
  const [languages, ...others] = [...alike.values()];
  if (!languages) return {months: [], columns, questions: [{about: `months are named in several languages (${where}); make sources of their own of them`, choices: []}]};
  const left = columns.map((one) => (named.includes(one) ? {...one, column: {...one.column, readings: one.column.readings.filter(({months}) => months?.includes(languages[0]!))}} : one));
  if (others.length === 0) return {months: languages, columns: left, questions: []};
  const {readings} = first.column;
  const choices = [languages, ...others].map(([language]) => ({setting: `months: ${language}`, means: readings[readingIn(language!, first)]?.example?.day ?? ""}));
  return {months: [], columns: left, questions: [{about: `in which language are months named? The words of ${where} are months in several; ${readings[0]?.example?.cell ?? ""} is`, choices}]};
}

const order = ({formats}: DateReading): string => formats.map((format) => (/MMM|^YYYY/.test(format) ? "" : format.indexOf("D") < format.indexOf("M") ? "day" : "month")).find(Boolean) ?? "";

function settleDates(columns: readonly Placed[], known: readonly string[]): Pick<SourceDialect, "dates" | "questions"> {
  const dated = columns.filter(({column}) => column.readings.length > 0);
  const fixed = dated.filter(({column}) => column.readings.length === 1);
  const open = dated.filter(({column}) => column.readings.length > 1);
  const sure = union(fixed.map(({column}) => column.readings[0]!));
  const clash = ambiguousDates(sure);
  if (clash) {
    const where = (format: string): string => fixed.filter(({column}) => column.readings[0]!.formats.includes(format)).map(({file, column}) => `${column.header} in ${file}`).join(", ");
    return {dates: sure, questions: [{about: `one source cannot have both: ${clash[0]} (${where(clash[0])}) and ${clash[1]} (${where(clash[1])}). Make two sources of them`, choices: []}]};
  }
  const orders = ["day", "month"].map((one) => union([...fixed.map(({column}) => column.readings[0]!), ...open.flatMap(({column}) => column.readings.find((reading) => order(reading) === one) ?? column.readings[0]!)]));
  if (open.length === 0) return {dates: sure.filter((format) => !known.includes(format)).length ? [...new Set([...known, ...sure])] : [], questions: []};
  const possible = orders.filter((formats) => !ambiguousDates(formats));
  if (possible.length === 1) return {dates: possible[0]!, questions: []};
  const [{column, file}] = open as [{column: Column; file: string}];
  const where = open.map(({column}) => column.header).join(", ");
  return {
    dates: sure,
    questions: [{
      about: `day or month first? Every cell of ${where} (${file}) reads both ways; ${column.readings[0]?.example?.cell ?? ""} is`,
      choices: orders.map((formats, at) => ({setting: `dates: [${formats.join(", ")}]`, means: column.readings.find((reading) => order(reading) === ["day", "month"][at])?.example?.day ?? ""}))
    }]
  };
}

const union = (readings: readonly DateReading[]): string[] => [...new Set(readings.flatMap(({formats}) => formats))];

const every: readonly Marks[] = [{decimal: ".", group: ""}, {decimal: ",", group: ""}, {decimal: ".", group: ","}, {decimal: ",", group: "."}, {decimal: ",", group: " "}, {decimal: ".", group: " "}, {decimal: ".", group: "'"}, {decimal: ",", group: "'"}];
const same = (one: Marks, other: Pick<Defaults, "decimal" | "group">): boolean => one.decimal === other.decimal && one.group === other.group;

function settleMarks(columns: readonly Placed[], defaults: Defaults): Pick<SourceDialect, "decimal" | "group" | "questions"> {
  const written = columns.filter(({column}) => column.kind === "number");
  const fitting = every.filter((marks) => written.every(({column}) => column.marks.some((one) => same(one, marks))));
  const usual = {decimal: defaults.decimal, group: defaults.group as Marks["group"]};
  const doubtful = written.filter(({column}) => column.marked && column.marks.some(({decimal}) => decimal === ".") && column.marks.some(({decimal}) => decimal === ","));
  const [point] = fitting.filter(({decimal}) => decimal === ".");
  const [comma] = fitting.filter(({decimal}) => decimal === ",");
  if (point && comma && doubtful.length) {
    const {column, file} = doubtful[0]!;
    const setting = ({decimal, group}: Marks): string => `decimal: "${decimal}"${group ? `, group: "${group}"` : ""}`;
    return {...usual, questions: [{about: `which mark is the decimal one? Every number of ${column.header} (${file}) reads both ways`, choices: [point, comma].map((marks) => ({setting: setting(marks), means: marks.group ? "the mark parts thousands" : "the mark begins the decimals"}))}]};
  }
  if (fitting.length === 0) return {...usual, questions: written.length ? [{about: `numbers are written in several ways (${written.map(({column, file}) => `${column.header} in ${file}`).join(", ")}); make sources of their own of them`, choices: []}] : []};
  return {...(fitting.some((marks) => same(marks, usual)) ? usual : fitting[0]!), questions: []};
}
