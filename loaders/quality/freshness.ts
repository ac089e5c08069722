// How old the newest record of each source is.

import {Temporal} from "temporal-polyfill";
import {localDay} from "../build/asOf.js";
import {canonicalTables, keyColumns, type TableName} from "../canonical/schema.js";
import {quoteIdentifier, type Native} from "../native.js";
import type {FileLedger, Freshness} from "../../src/query/manifest.js";
import {typeOf} from "./define.js";

/** Days on which something happened to a record: the newest tells how far a table without modification stamps reaches. */
const happened = ["created_at", "qualified_at", "converted_at", "lost_at", "closed_at", "entered_at", "changed_at", "at", "done_at", "solved_at", "responded_at", "order_date", "invoice_date", "signed_at", "stated_on", "date"];

export interface FreshnessOptions {
  readonly files: readonly Pick<FileLedger, "source" | "table">[];
  /** Canonical columns that some file feeds. */
  readonly fed: readonly string[];
  readonly asOf: string;
  /** IANA zone of the report's days. */
  readonly timeZone: string;
}

/** Returns one line for each table of each source, in the order of their names; tables of plans and remarks have none. */
export async function freshness(native: Native, {files, fed, asOf, timeZone}: FreshnessOptions): Promise<Freshness[]> {
  const lines: Freshness[] = [];
  const tables = [...new Set(files.map(({table}) => table))].filter((table) => table !== "target" && table !== "action" && table !== "event_note") as TableName[];
  for (const table of tables.sort()) {
    const sources = [...new Set(files.filter((file) => file.table === table).map(({source}) => source))];
    const newest = await newestOf(native, table, sources, fed);
    for (const source of sources) {
      const stamp = newest.get(source) ?? null;
      lines.push({source, table, newest: stamp, ageDays: stamp === null ? null : age(stamp, asOf, timeZone)});
    }
  }
  return lines.sort((a, b) => (a.source === b.source ? (a.table < b.table ? -1 : 1) : a.source < b.source ? -1 : 1));
}

/** The newest stamp by source. Ids of a table that several sources feed begin with the source's; other tables cannot tell them apart. */
async function newestOf(native: Native, table: TableName, sources: readonly string[], fed: readonly string[]): Promise<Map<string, string>> {
  const stamps = fed.includes(`${table}.updated_at`) ? ["updated_at"] : happened.filter((name) => fed.includes(`${table}.${name}`));
  const [key] = keyColumns(canonicalTables[table]);
  if (stamps.length === 0) return new Map();
  const moment = `greatest(${stamps.map((stamp) => (typeOf(table, stamp) === "date" ? `${quoteIdentifier(stamp)}::timestamp` : quoteIdentifier(stamp))).join(", ")})`;
  const apart = sources.length > 1 && key?.endsWith("_id");
  const sql = `select ${apart ? `split_part(${quoteIdentifier(key!)}, ':', 1)` : "''"} as source, max(${moment}) as newest from ${quoteIdentifier(table)} group by 1`;
  const rows = (await native.run({sql, params: []})).filter(({newest}) => newest !== null).map(({source, newest}) => [String(source), String(newest)] as const);
  return new Map(apart ? rows : sources.flatMap((source) => rows.map(([, newest]) => [source, newest] as const)));
}

/** Whole days of the zone; a stamp of a plain day is at its midnight in UTC. */
function age(stamp: string, asOf: string, timeZone: string): number {
  const zone = stamp.endsWith("T00:00:00Z") ? "UTC" : timeZone;
  const day = Temporal.PlainDate.from(localDay(stamp, zone));
  return Math.max(0, day.until(Temporal.PlainDate.from(asOf)).total({unit: "days"}));
}
