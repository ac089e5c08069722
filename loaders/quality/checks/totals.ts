// Totals against what they were, and against what the CRM says they are.

import type {FactCheck} from "../define.js";

/** Rows of a table of a source against the last run: many fewer are a broken export, many more a doubled one. */
export const rowCount: FactCheck = {
  id: "row_count",
  grade: "warn",
  limits: {fall: 0.1, rise: 1},
  phase: "run",
  find: ({files, run}, {fall = 0, rise = 0}) => {
    if (!run?.last) return [];
    const before = sums(run.last.sources);
    const now = sums(files);
    return [...before].map(([key, was]) => {
      const [source = "", table = ""] = key.split(" ");
      const is = now.get(key) ?? 0;
      const wrong = was > 0 && (is < was * (1 - fall) || is > was * (1 + rise));
      return {id: "row_count", table, column: "", beside: run.last!.asOf, source, count: wrong ? Math.abs(is - was) : 0, of: was, examples: wrong ? [{id: source, detail: `${was} → ${is}`}] : []};
    });
  }
};

/** Rows by source and table; those of earlier exports would hide what the newest lacks. */
function sums(files: readonly {readonly source: string; readonly table: string; readonly rows: number; readonly earlierExport?: string}[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const {source, table, rows: own, earlierExport} of files) if (earlierExport === undefined) rows.set(`${source} ${table}`, (rows.get(`${source} ${table}`) ?? 0) + own);
  return rows;
}

/** Each line of reconcile.csv: the CRM's own total and ours are the same. */
export const reconcileAgrees: FactCheck = {
  id: "reconcile",
  grade: "warn",
  find: ({reconcile}) =>
    reconcile.map(({line, metric, period, where, theirs, ours, agrees}) => ({
      id: "reconcile",
      table: "",
      column: metric,
      beside: [period, ...where.map(({dimension, values}) => `${dimension}=${values.map((value) => value ?? "").join("|")}`)].join(" "),
      count: agrees ? 0 : 1,
      of: 1,
      examples: agrees ? [] : [{id: `line ${line}`, detail: `${theirs} ≠ ${ours ?? "–"}`}]
    }))
};
