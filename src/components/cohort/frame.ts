// What all views of a cohort share: names of lines and ages, how a value is written, the subtitle, the notes, and the title.

import {cohortName} from "../../format/cohortWords.js";
import type {CohortAnswer, CohortCell, CohortLine} from "../../query/cohort/answer.js";
import type {CohortLead} from "../../query/cohort/reading.js";
import type {Period} from "../../query/question.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import type {ComponentOptions} from "../options.js";

export {countText} from "../countText.js";

export interface CohortViewOptions extends ComponentOptions {
  /** What is read from the answer (query/cohort/reading.ts). */
  readonly reading: CohortReading;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

export interface CohortReading {
  /** The cell that the title tells of. */
  readonly lead: CohortLead | null;
  /** The newest cohort of which a curve can be drawn. */
  readonly current: CohortLine | undefined;
  /** The period of a line by start, by its key. */
  readonly periodOf: (key: string) => Period;
}

type Words = Pick<ComponentOptions, "format">;
type Named = Pick<CohortViewOptions, "format" | "reading">;

/** Returns the name of a line: the period of its start, or the member. */
export const lineName = ({choices: {key}}: CohortAnswer, line: Pick<CohortLine, "key" | "member">, {format, reading}: Named): string =>
  key === "start" ? format.period(reading.periodOf(line.key)) : format.member(key, line.member);

/** Returns "M6", or "M4–6" of a bracket. */
export const ageShort = ({choices: {grain}}: CohortAnswer, {period, to}: Pick<CohortCell, "period" | "to">, {format}: Words): string =>
  format.message(`cohorts.age_short.${grain}`, {age: to === undefined ? String(period) : `${period}–${to}`});

/** Returns "month 6", or "months 4–6" of a bracket. */
export const ageName = ({choices: {grain}}: CohortAnswer, {period, to}: Pick<CohortCell, "period" | "to">, {format}: Words): string =>
  format.message(`cohorts.age.${grain}`, {age: to === undefined ? String(period) : `${period}–${to}`, count: to === undefined ? 1 : 2});

/** Returns the cells of all lines that have a number beside that of the start, where all still are; those of the start where there are no others. */
export function scaleCells({lines}: Pick<CohortAnswer, "lines">): CohortCell[] {
  const known = lines.flatMap(({cells}) => cells.filter(({state, value, suppressed}) => state !== "later" && value !== null && !suppressed));
  const older = known.filter(({period}) => period > 0);
  return older.length > 0 ? older : known;
}

const digits = new WeakMap<CohortAnswer, number>();

/** Decimals of percentages: one where all are small. Each of a thousand cells asks. */
function digitsOf(answer: CohortAnswer): number {
  const known = digits.get(answer);
  if (known !== undefined) return known;
  const found = Math.max(0, ...scaleCells(answer).map(({value}) => value!)) < 0.1 ? 1 : 0;
  digits.set(answer, found);
  return found;
}

/** Returns a value as the title and the tips have it. */
export function valueText(answer: CohortAnswer, value: number | null, {format}: Words): string {
  if (value === null) return "–";
  return answer.unit === "share" ? format.percent(value, digitsOf(answer)) : format.value(value, answer.unit === "money" ? "currency" : "count", {axis: true});
}

/** Returns the same bare, for the cells of a table whose heading has the unit. */
export function bareText(answer: CohortAnswer, value: number | null, {format}: Words): string {
  if (value === null) return "–";
  return answer.unit === "share" ? format.value(value, "percent", {bare: true, digits: digitsOf(answer)}) : format.value(value, answer.unit === "money" ? "currency" : "count", {axis: true, bare: true});
}

/** Returns "%", "€", "". */
export const unitText = ({unit}: CohortAnswer, {format}: Words): string => (unit === "share" ? format.unit("percent") : unit === "money" ? format.unit("currency") : "");

/** Returns what a cell says, of a measure and its form. */
export const measureName = ({choices: {measure, form, base}}: CohortAnswer, {format}: Words): string =>
  format.message(`cohorts.measured.${measure}`, {form, base});

/** Returns a sentence in the place of a view that this choice does not have. */
export const noteOf = (words: string, document: Document): HTMLElement => element(document, "div", {class: "qd-empty", "data-why": "no_rows"}, element(document, "p", {}, words));

/** Returns a note where there is no triangle to show; else null. */
export function noCohort(answer: CohortAnswer, options: ComponentOptions): HTMLElement | null {
  if (answer.lines.length === 0) return emptyState({why: "no_rows", ...options});
  if (answer.lines.every(({suppressed}) => suppressed)) return emptyState({why: "no_rows", detail: options.format.reason("suppressed"), ...options});
  return null;
}

/** Returns "Purchases · customers back at that age, share of the cohort · by month of the first purchase · … · as of …". */
export function cohortSubtitle(answer: CohortAnswer, {format}: Words, by: string | null = null): string {
  const {cohort, choices: {grain, span, first, key}, asOf} = answer;
  const rule = [
    measureName(answer, {format}),
    key === "start" ? format.message("cohorts.by_start", {grain, first, start: cohort.start}) : format.message("cohorts.by_member", {dimension: format.dimension(key, "sentence"), first, start: cohort.start}),
    format.message(`cohorts.span.${span}.${grain}`),
    ...(by === null ? [] : [format.message("cohorts.by_segment", {dimension: format.dimension(by, "sentence")})])
  ];
  return format.message("cohorts.subtitle", {cohort: cohortName(cohort, format), rule: rule.join(" · "), as_of: format.date(asOf)});
}

/** Returns what qualifies the numbers. */
export function cohortNotes(answer: CohortAnswer, {format}: Words): string[] {
  const {lines, notApplied, source, choices: {key}} = answer;
  const hidden = lines.filter(({suppressed}) => suppressed).length;
  return [
    ...(lines.some(({isTruncated}) => isTruncated) ? [format.message("cohorts.note.truncated")] : []),
    ...(lines.some(({isCurrent}) => isCurrent) ? [format.message("cohorts.note.current")] : []),
    ...(key === "start" ? [] : [format.message("cohorts.note.members")]),
    ...(hidden > 0 ? [format.message("cohorts.note.suppressed", {count: hidden})] : []),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : []),
    ...(source === "events" ? [format.message("cohorts.note.events")] : [])
  ];
}

/** Returns a difference as points of percentage, or in money. */
function difference(answer: CohortAnswer, value: number, {format}: Words): string {
  const size = Math.abs(value);
  return answer.unit === "share" ? format.value(size * 100, "ratio", {digits: digitsOf(answer)}) : valueText(answer, size, {format});
}

/** "Customers who first bought in Q1 2025 buy again at 41% by month 6, 5 points above the year before (36%)" */
export function cohortFinding(answer: CohortAnswer, {format, reading}: Named): string {
  const {lead} = reading;
  const {cohort, choices: {measure, form, key, first, base}, unit} = answer;
  if (!lead) return format.message("cohorts.finding.none");
  const {line, cell, before, average} = lead;
  const who = key === "start"
    ? format.message("cohorts.who", {start: cohort.start, first, period: lineName(answer, line, {format, reading})})
    : format.message("cohorts.who_member", {dimension: format.dimension(key, "sentence"), member: lineName(answer, line, {format, reading})});
  const said = format.message(`cohorts.finding.${measure}`, {who, value: valueText(answer, cell.value, {format}), age: ageName(answer, cell, {format}), form, base});
  const beside = before?.cell.value ?? (key === "start" ? null : average?.value ?? null);
  if (beside === null || unit === "count") return said;
  // Of shares as they are shown, so that who subtracts them gets the same.
  const rounded = (value: number) => (unit === "share" ? Number((value * 100).toFixed(digitsOf(answer))) / 100 : value);
  const by = rounded(cell.value!) - rounded(beside);
  const text = difference(answer, by, {format});
  const isLevel = text === difference(answer, 0, {format});
  return `${said}${format.message("cohorts.finding.beside", {
    direction: isLevel ? "level" : by > 0 ? "above" : "below", by: text, unit, to: before ? "year" : "all", value: valueText(answer, beside, {format}),
    count: Number((Math.abs(by) * 100).toFixed(digitsOf(answer)))
  })}`;
}
