// Prints the outcomes of a bench as text: one block a target, one line a figure.

import {judge, ratioOf, targets, type Check, type Outcome, type Unit, type Verdict} from "./target.js";

const digits: Readonly<Record<Unit, number>> = {s: 3, ms: 1, kB: 1, MB: 1, GB: 2, "rows/s": 0, requests: 0, "×": 2, "%": 1, shift: 4};

/** Returns a figure with its unit: "1,234 rows/s". */
export function printFigure(value: number, unit: Unit): string {
  const text = value.toLocaleString("en-GB", {minimumFractionDigits: digits[unit], maximumFractionDigits: digits[unit]});
  return unit === "shift" ? text : `${text} ${unit}`;
}

function printLimit({limit, unit}: Check): string {
  if (limit === undefined) return "";
  const print = (value: number) => (limit.of === "ratio" ? printFigure(value, "×") : printFigure(value, unit));
  const parts = [
    ...(limit.most === undefined ? [] : [`≤ ${print(limit.most)}`]),
    ...(limit.least === undefined ? [] : [`≥ ${print(limit.least)}`])
  ];
  return parts.join(" and ");
}

function checkCells(check: Check): string[] {
  const ratio = ratioOf(check);
  return [
    check.what,
    printFigure(check.value, check.unit),
    check.beside === undefined ? "" : `${check.beside.name} ${printFigure(check.beside.value, check.unit)}`,
    ratio === undefined ? "" : printFigure(ratio, "×"),
    printLimit(check),
    judge(check)
  ];
}

/** Returns the whole table, a block for each target that has an outcome, in the order of the target table. */
export function printOutcomes(outcomes: readonly Outcome[]): string {
  const cells = new Map(outcomes.flatMap((outcome) => ("reason" in outcome ? [] : [[outcome, checkCells(outcome)] as const])));
  const widths = [0, 1, 2, 3, 4].map((place) => Math.max(0, ...[...cells.values()].map((row) => row[place]!.length)));
  const line = (row: string[]) =>
    `  ${row.map((cell, place) => (place === 1 || place === 3 ? cell.padStart(widths[place]!) : cell.padEnd(widths[place] ?? 0))).join("  ")}`.trimEnd();
  const blocks = targets.flatMap(({id, what, target, peers}) => {
    const own = outcomes.filter((outcome) => outcome.target === id);
    if (own.length === 0) return [];
    const notes = [...new Set(own.flatMap((outcome) => ("reason" in outcome || !outcome.note ? [] : [outcome.note])))];
    return [
      [
        `${id}  ${what}`,
        `  target: ${target}; peers (quoted, not measured here): ${peers}`,
        ...own.map((outcome) => ("reason" in outcome ? `  not run: ${outcome.reason}` : line(cells.get(outcome)!))),
        ...notes.map((note) => `  note: ${note}`)
      ].join("\n")
    ];
  });
  return [...blocks, closingLine(outcomes)].join("\n\n");
}

function closingLine(outcomes: readonly Outcome[]): string {
  const count = (verdict: Verdict) => outcomes.filter((outcome) => judge(outcome) === verdict).length;
  return `${count("met")} met, ${count("not met")} not met, ${count("not run")} not run`;
}

/** Returns the outcomes as plain JSON with their ratios and verdicts. */
export function outcomesJson(outcomes: readonly Outcome[]): object[] {
  return outcomes.map((outcome) => ({
    ...outcome,
    ...(!("reason" in outcome) && {ratio: ratioOf(outcome) ?? null}),
    verdict: judge(outcome)
  }));
}
