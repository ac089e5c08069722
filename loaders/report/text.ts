// The short report at the end of `npm run report`, for people: colour in a terminal, plain text in a pipe.

import type {Formatter} from "../../src/format/formatter.js";
import {shorten, plainText} from "../../src/format/text.js";
import type {Grade, Manifest, QualityCheck, ReconcileRecords, Reconciliation} from "../../src/query/manifest.js";
import {failureLine, remedyLine, whole} from "../quality/words.js";
import type {Pulled} from "../pull/pull.js";
import type {Judged} from "./gate.js";

export interface TextOptions {
  /** Words of commands: English. */
  readonly format: Formatter;
  /** Whether the reader's terminal shows colours. */
  readonly colour: boolean;
}

/** Terminal codes that switch a style on and off. */
const codes = {red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39], dim: [2, 22]} as const;
type Style = keyof typeof codes;

const styled = (style: Style, text: string): string => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;

/** Failed checks of one grade that are told one by one. */
const told: Readonly<Record<Grade, number>> = {stop: Infinity, warn: 10, note: 5};
const styles: Readonly<Record<Grade, Style>> = {stop: "red", warn: "yellow", note: "cyan"};

/** Returns the lines about what was pulled, one a file; the whole hash stands in pull.json beside it. */
export const pulledLines = (pulled: readonly Pulled[]): string[] =>
  pulled.flatMap(({source, day, files}) =>
    files.map(({file, bytes, sha256, tries}) => `  pulled    ${source} ${day}: ${file}, ${whole(bytes)} bytes, sha256 ${sha256.slice(0, 16)}…${tries > 1 ? `, at try ${tries}` : ""}`)
  );

/** Returns the lines about rows, freshness, checks and control totals of a build. */
export function qualityLines(manifest: Manifest, {checks, fresh, compared}: Judged, {format, colour}: TextOptions): string[] {
  const paint = (style: Style, text: string): string => (colour ? styled(style, text) : text);
  const failed = checks.filter(({status}) => status === "failed");
  const grades = (["stop", "warn", "note"] as const).map((grade) => [grade, failed.filter((check) => check.grade === grade)] as const);
  const counted = grades.filter(([, own]) => own.length > 0).map(([grade, own]) => paint(styles[grade], `${own.length} ${grade}`));
  const many = (status: QualityCheck["status"]): number => checks.filter((check) => check.status === status).length;
  const summary = [`${many("passed")} passed`, failed.length === 0 ? paint("green", "none failed") : `${failed.length} failed (${counted.join(", ")})`, ...(many("absent") ? [`${many("absent")} not in your data`] : []), ...(many("off") ? [`${many("off")} off`] : [])];
  return [
    rowsLine(manifest),
    ...rejectLines(manifest),
    ...freshLines(manifest),
    ...historyLines(manifest, format),
    `  checks    ${summary.join(", ")}`,
    ...grades.flatMap(([grade, own]) => gradeLines(grade, own.filter(({id}) => id !== "reconcile"), {fresh: compared ? fresh : [], format, paint})),
    // Control totals are told whole, line by line.
    ...reconcileLines(manifest.quality?.reconcile ?? [], format, (text) => paint(styles[failed.find(({id}) => id === "reconcile")?.grade ?? "note"], text))
  ];
}

function rowsLine({files}: Manifest): string {
  const sum = (field: "rows" | "kept" | "rejected" | "excluded" | "superseded") => whole(files.reduce((total, file) => total + file[field], 0));
  return `  rows      ${sum("rows")} in ${files.length} files: ${sum("kept")} used, ${sum("rejected")} rejected, ${sum("excluded")} excluded, ${sum("superseded")} superseded`;
}

const rejectLines = ({files}: Manifest): string[] =>
  files.filter(({rejected, rejectedCells}) => rejected > 0 || rejectedCells > 0).slice(0, 5)
    .map(({file, rejected, rejectedCells}) => `            ${plainText(file)}: ${whole(rejected)} rows and ${whole(rejectedCells)} cells rejected`);

/** The newest day of each source. */
function freshLines({quality}: Manifest): string[] {
  const sources = [...new Set((quality?.freshness ?? []).filter(({newest}) => newest !== null).map(({source}) => source))];
  const words = sources.map((source) => {
    const own = quality!.freshness.filter((one) => one.source === source && one.newest !== null);
    const age = Math.min(...own.map(({ageDays}) => ageDays!));
    return `${source} ${own.map(({newest}) => newest!.slice(0, 10)).sort().at(-1)}${age > 0 ? ` (${age} ${age === 1 ? "day" : "days"} before as-of)` : ""}`;
  });
  return words.length > 0 ? [`  newest    ${words.join(", ")}`] : [];
}

const historyLines = ({quality}: Manifest, format: Formatter): string[] =>
  (quality?.history ?? []).map(({source, exports, medianGapDays, longestGapDays, changes}) => `  history   ${source}: ${format.message("quality.history_short", {exports, median: medianGapDays ?? 0, longest: longestGapDays ?? 0, changes})}`);

function gradeLines(grade: Grade, failed: readonly QualityCheck[], {fresh, format, paint}: {readonly fresh: readonly QualityCheck[]; readonly format: Formatter; readonly paint: (style: Style, text: string) => string}): string[] {
  const shown = failed.slice(0, told[grade]);
  const lines = shown.map((check) => [
    `  ${paint(styles[grade], grade)}      ${fresh.includes(check) ? "new: " : ""}${failureLine(check, format)}`,
    ...(grade === "note" ? [] : [paint("dim", `            ${remedyLine(check, format)}`)])
  ]);
  // What many places have in common is said once.
  const once = lines.flat().filter((line, k, all) => all.indexOf(line) === k);
  return failed.length > shown.length ? [...once, `  ${paint(styles[grade], grade)}      … ${failed.length} in all; --json lists them`] : once;
}

function reconcileLines(lines: readonly Reconciliation[], format: Formatter, paint: (text: string) => string): string[] {
  if (lines.length === 0) return [];
  const agreed = lines.filter(({agrees}) => agrees).length;
  return [`  totals    ${agreed === lines.length ? `${agreed} of ${lines.length} agree with the CRM’s` : paint(`${agreed} of ${lines.length} agree with the CRM’s`)}`, ...lines.filter(({agrees}) => !agrees).flatMap((line) => reconciled(line, format))];
}

function reconciled({metric, period, where, theirs, ours, difference, records}: Reconciliation, format: Formatter): string[] {
  const filters = where.map(({dimension, values}) => `${dimension}=${values.map((value) => value ?? "").join("|")}`);
  const number = (value: number | null): string => (value === null ? "no value" : exact(value, format));
  return [
    `            ${[metric, period, ...filters].map(plainText).join(" ")}: theirs ${number(theirs)}, ours ${number(ours)}, difference ${number(difference)}`,
    ...(records ? [...recordLine("only theirs", records.onlyTheirs, format), ...recordLine("only ours", records.onlyOurs, format), ...recordLine("different", records.different, format)] : [])
  ];
}

function recordLine(words: string, {count, difference, examples}: ReconcileRecords, format: Formatter): string[] {
  if (count === 0) return [];
  const shown = examples.slice(0, 5).map(({id, theirs, ours, why}) => {
    const values = theirs !== null && ours !== null ? ` ${exact(theirs, format)} ≠ ${exact(ours, format)}` : ` ${exact(theirs ?? ours ?? 0, format)}`;
    return `${shorten(plainText(id), 60)}${values}${why ? ` (${why.replaceAll("_", " ")})` : ""}`;
  });
  return [`              ${words}: ${whole(count)} ${count === 1 ? "record" : "records"}, ${exact(difference, format)}: ${shown.join(", ")}${count > shown.length ? " …" : ""}`];
}

/** Shares are small, amounts have cents: neither is rounded away. */
const exact = (value: number, {locale}: Formatter): string => new Intl.NumberFormat(locale, {maximumFractionDigits: Math.abs(value) < 1 ? 6 : 2}).format(value);
