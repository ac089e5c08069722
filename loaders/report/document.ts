// What `npm run report -- --json` prints: one document, whatever came of the run. `--schema` prints its JSON Schema.

import {z} from "zod";
import type {Manifest} from "../../src/query/manifest.js";
import {keyOf} from "../quality/define.js";
import type {Pulled} from "../pull/pull.js";
import type {Judged} from "./gate.js";

const count = z.int().nonnegative();
const grade = z.enum(["stop", "warn", "note"]);

const check = z.object({
  id: z.string().describe("references, dates_in_order …; src/guide/quality.md lists them"),
  table: z.string().describe("Canonical table; empty for a check of the whole report"),
  column: z.string().describe("Canonical column; empty for a check of whole rows"),
  beside: z.string().optional().describe("What it is compared with"),
  source: z.string().optional().describe("Where the check is of one source"),
  grade: grade.describe("stop refuses the report, warn and note are told"),
  status: z.enum(["passed", "failed", "absent", "off"]).describe("absent: no source feeds what it needs; off: switched off in the settings"),
  count: count.describe("Records that fail"),
  of: count.describe("Records looked at"),
  limits: z.record(z.string(), z.number()).describe("Numbers that the settings may change"),
  lacks: z.array(z.string()).describe("Canonical columns that no source feeds"),
  examples: z.array(z.object({id: z.string(), detail: z.string().optional(), count: count.optional()})).describe("At most five, personal values masked")
});

const records = z.object({
  count,
  difference: z.number().describe("Theirs minus ours"),
  examples: z.array(z.object({id: z.string(), theirs: z.number().nullable(), ours: z.number().nullable(), why: z.string().optional()}))
});

const file = z.object({
  source: z.string(), table: z.string(), file: z.string(), sha256: z.string(), bytes: count,
  rows: count.describe("kept + rejected + excluded + superseded"), kept: count, rejected: count, excluded: count, superseded: count,
  rejectedCells: count, excludedWhy: z.record(z.string(), count),
  earlierExport: z.string().optional().describe("Day of an export before the newest of its source: its rows only tell history"),
  footer: count.optional().describe("Lines below the last record that are no rows")
});

const pulled = z.object({
  source: z.string(),
  day: z.string().describe("YYYY-MM-DD, in the report's zone"),
  files: z.array(z.object({file: z.string(), bytes: count, sha256: z.string(), tries: count}))
});

export const reportSchema = z.object({
  outcome: z.enum(["built", "unchanged", "settings", "data", "build", "gate"]).describe("What came of the run"),
  exitCode: z.int().min(0).max(5),
  message: z.string().nullable().describe("Why there is no new site; null where there is one"),
  title: z.string().nullable(),
  asOf: z.string().nullable().describe("YYYY-MM-DD"),
  site: z.object({folder: z.string(), files: count, bytes: count}).nullable().describe("Null where none was written"),
  rows: z.object({files: count, rows: count, kept: count, rejected: count, excluded: count, superseded: count, rejectedCells: count}).nullable(),
  pulled: z.array(pulled).describe("What this run pulled and kept, also where it then failed"),
  files: z.array(file),
  checks: z.array(check).describe("Failed ones first, by grade; then passed, absent, off"),
  alerts: z.array(z.string()).describe("Failed checks that did not fail at the last run: id, table, column, what it is compared with, source"),
  history: z.array(z.object({source: z.string(), exports: count, first: z.string(), last: z.string(), repeated: count, medianGapDays: count.nullable(), longestGapDays: count.nullable(), changes: count})).describe("Sources whose history comes of comparing exports: a change is known to within the days between two of them"),
  freshness: z.array(z.object({source: z.string(), table: z.string(), newest: z.string().nullable(), ageDays: z.number().nullable()})).describe("Age of the newest record on the as-of day"),
  reconcile: z.array(
    z.object({
      line: count, metric: z.string(), period: z.string(),
      where: z.array(z.object({dimension: z.string(), values: z.array(z.string().nullable())})),
      theirs: z.number(), ours: z.number().nullable(), difference: z.number().nullable(), tolerance: z.number(), agrees: z.boolean(),
      records: z.object({onlyTheirs: records, onlyOurs: records, different: records}).optional()
    })
  )
});

export type ReportDocument = z.output<typeof reportSchema>;

export interface DocumentParts {
  readonly outcome: ReportDocument["outcome"];
  readonly exitCode: number;
  readonly message?: string;
  readonly pulled?: readonly Pulled[];
  /** Known once the data was built. */
  readonly manifest?: Manifest;
  readonly judged?: Judged;
  readonly site?: ReportDocument["site"];
}

/** Returns the document of a run. */
export function reportDocument({outcome, exitCode, message, pulled = [], manifest, judged, site}: DocumentParts): ReportDocument {
  const files = manifest?.files ?? [];
  const sum = (field: "rows" | "kept" | "rejected" | "excluded" | "superseded" | "rejectedCells") => files.reduce((total, one) => total + one[field], 0);
  const totals = {files: files.length, rows: sum("rows"), kept: sum("kept"), rejected: sum("rejected"), excluded: sum("excluded"), superseded: sum("superseded"), rejectedCells: sum("rejectedCells")};
  return reportSchema.parse({
    outcome, exitCode, message: message ?? null, title: manifest?.title ?? null, asOf: manifest?.asOf ?? null, site: site ?? null,
    rows: manifest ? totals : null, pulled, files,
    checks: judged?.checks ?? [], alerts: judged?.fresh.map(keyOf) ?? [],
    history: manifest?.quality?.history ?? [],
    freshness: manifest?.quality?.freshness ?? [], reconcile: manifest?.quality?.reconcile ?? []
  });
}
