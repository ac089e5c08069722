// The target table: what the report promises, and what is judged against it.

export type TargetId = (typeof targets)[number]["id"];

/** The rows of the target table. `peers` quotes figures measured elsewhere on the same page and data; the bench never measures them. */
export const targets = [
  {id: "P1", what: "first KPI visible, cold", target: "at most 1.15 × static HTML", peers: "Evidence 2.5 × static HTML at 1 M"},
  {id: "P2", what: "sent before everything default is readable", target: "100 kB, 4 requests", peers: "Evidence 3.0 MB, 27 requests"},
  {id: "P3", what: "charts drawn, cold", target: "with first paint; layout shift under 0.02", peers: "Evidence 1.3 to 1.6 s"},
  {
    id: "P4",
    what: "single filter choice, all views redrawn, 1 M opportunities",
    target: "p50 20 ms, p95 50 ms",
    peers: "hand-made cube page 6, 21 ms; Mosaic 295, 332 ms; Evidence 1,509, 1,708 ms"
  },
  {id: "P5", what: "any combination once the engine is up, 1 M", target: "p50 60 ms, p95 150 ms", peers: "plain Framework 471, 542 ms"},
  {
    id: "P6",
    what: "engine ready from the touch that needs it, 1 M",
    target: "1.5 s cold, 0.2 s on later pages",
    peers: "plain Framework 3.0 s; reused worker 0.15 s"
  },
  {
    id: "P7",
    what: "build, CSV exports to marts",
    target: "0.7 × DuckDB alone; under 2 GB at 1 M opportunities + 10 M activities, flat in rows",
    peers: "DuckDB alone, measured in the same run"
  },
  {id: "P8", what: "renderer memory at 1 M after five filter changes", target: "under 450 MB", peers: "plain Framework and Mosaic 867 to 877 MB"},
  {id: "P9", what: "all KPIs, 36 months, total and five dimensions, scale 10", target: "under 60 s and 1.5 GB", peers: "none"},
  {id: "P10", what: "rebuild: nothing changed; one export appended", target: "under 20 % and 50 % of a full build", peers: "full build, measured in the same run"},
  {id: "P11", what: "whole site, engine counted once, brotli", target: "under 12 MB for the sample company", peers: "none"},
  {
    id: "P12",
    what: "ten million opportunities",
    target: "P1 to P4 unchanged; P5 p95 500 ms; build memory under 4 GB",
    peers: "none"
  }
] as const;

export type Unit = "s" | "ms" | "kB" | "MB" | "GB" | "rows/s" | "requests" | "×" | "%" | "shift";

/** One figure, judged where it has a limit. */
export interface Check {
  readonly target: TargetId;
  readonly what: string;
  readonly unit: Unit;
  readonly value: number;
  /** The row measured beside it in the same run, in the same unit. */
  readonly beside?: {readonly name: string; readonly value: number};
  /** Inclusive bound, of the value or of its ratio to the row beside it; without one the figure is information. */
  readonly limit?: {readonly of: "value" | "ratio"; readonly most?: number; readonly least?: number};
  /** How it was measured and whatever a reader of the figure must know: runs, scale, noise. */
  readonly note?: string;
}

/** A row that could not be measured, and why. */
export interface NotRun {
  readonly target: TargetId;
  readonly reason: string;
}

export type Outcome = Check | NotRun;
export type Verdict = "met" | "not met" | "not run" | "";

/** Returns value ÷ the row beside it; undefined where there is none or it is 0. */
export function ratioOf({value, beside}: Check): number | undefined {
  return beside === undefined || beside.value === 0 ? undefined : value / beside.value;
}

/** Returns the verdict on one outcome; "" for a figure without a limit. */
export function judge(outcome: Outcome): Verdict {
  if ("reason" in outcome) return "not run";
  if (outcome.limit === undefined) return "";
  const {of, most = Infinity, least = -Infinity} = outcome.limit;
  const judged = of === "value" ? outcome.value : ratioOf(outcome);
  if (judged === undefined) return "not run";
  return judged >= least && judged <= most ? "met" : "not met";
}
