// Why a number changed, by its records: those behind it then are held against those behind it now, id by id.

import type {Metric} from "../../src/metrics/define.js";
import {idsOf, type Manifest} from "../../src/query/manifest.js";
import type {Run} from "../../src/query/question.js";
import {recordParts, type RecordPart} from "../../src/query/records.js";
import {recordId} from "../../src/query/records/rows.js";
import {identifier, join, sql} from "../../src/query/sql.js";
import type {Cause, LedgerCause} from "./ledger.js";

/** One of the two builds that are compared. */
export interface Side {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly catalogue: readonly Metric[];
}

/** A record as a part of a number knows it. */
interface Counted {
  readonly counted: boolean;
  readonly brings: number;
  readonly waiting: boolean;
  readonly amount: unknown;
  readonly constant: unknown;
}

interface Told {
  readonly table: string;
  readonly records: ReadonlyMap<string, Counted>;
}

/** What is read of one build, each once. */
export interface SideReader {
  /** The parts of a number that tell their records, by role and measured number. */
  parts(metric: string, period: string): Promise<ReadonlyMap<string, Told>>;
  /** Ids of all records of a table, and whether each is open where that is known. */
  known(table: string): Promise<ReadonlyMap<string, boolean | null>>;
  /** Rows of the table that were left out, by why. */
  excluded(table: string, why: string): number;
}

/** Returns a reader of a build. Numbers that share a statement share what it told. */
export function readSide({manifest, run, catalogue}: Side): SideReader {
  const told = new Map<string, Promise<Told>>();
  const known = new Map<string, Promise<ReadonlyMap<string, boolean | null>>>();
  const partOf = (part: RecordPart): Promise<Told> => {
    const key = JSON.stringify(part.rows);
    const found = told.get(key) ?? run(part.rows).then((rows) => ({table: part.table!, records: collect(rows)}));
    told.set(key, found);
    return found;
  };
  const tableOf = async (table: string) => {
    const marts = Object.entries(manifest.records ?? {}).filter(([, of]) => of === table).map(([mart]) => mart);
    const all = new Map<string, boolean | null>();
    for (const mart of marts) {
      const open = manifest.marts.find(({name}) => name === mart)?.columns.some(({name}) => name === "is_open");
      const state = open ? sql`bool_or(f.is_open)` : sql`cast(null as boolean)`;
      const {text, params} = sql`select cast(i.${identifier(recordId)} as varchar) as id, ${state} as open from ${identifier(mart)} as f positional join ${identifier(idsOf(mart))} as i where i.${identifier(recordId)} is not null group by ${join([sql`1`])}`;
      for (const row of await run({sql: text, params})) all.set(String(row["id"]), (row["open"] as boolean | null) ?? all.get(String(row["id"])) ?? null);
    }
    return all;
  };
  return {
    async parts(metric, period) {
      const parts = recordParts({metric, period}, {manifest, catalogue}).filter(({table}) => table !== undefined);
      return new Map(await Promise.all(parts.map(async (part) => [`${part.roles.join("+")} ${part.metric}`, await partOf(part)] as const)));
    },
    known(table) {
      const found = known.get(table) ?? tableOf(table);
      known.set(table, found);
      return found;
    },
    excluded: (table, why) => manifest.files.reduce((sum, file) => sum + (file.table === table ? file.excludedWhy[why] ?? 0 : 0), 0)
  };
}

function collect(rows: Awaited<ReturnType<Run>>): Map<string, Counted> {
  const records = new Map<string, Counted>();
  for (const row of rows) {
    const id = row[recordId];
    if (id === null || id === undefined) continue;
    const before = records.get(String(id));
    const counted = row["record_counted"] === true;
    records.set(String(id), {
      counted: counted || (before?.counted ?? false),
      brings: (before?.brings ?? 0) + (counted ? Number(row["record_brings"] ?? 0) : 0),
      waiting: row["record_note"] === "in_progress" || (before?.waiting ?? false),
      amount: row["amount"], constant: row["constant_amount"]
    });
  }
  return records;
}

/** A record that several parts have is told by what says most. */
const order: readonly Cause[] = ["late", "reopened", "merged", "deleted", "amount", "currency", "matured", "changed"];

/** Ids that a cause names. */
const named = 5;

/** Returns why the number is another one in the second build, the cause with the most records first; "other" where no record tells. */
export async function dataCauses({metric, period}: {readonly metric: string; readonly period: string}, then: SideReader, now: SideReader): Promise<LedgerCause[]> {
  const [old, present] = await Promise.all([then, now].map((side) => side.parts(metric, period).catch(() => new Map<string, Told>())));
  const found = new Map<string, Cause>();
  for (const [key, part] of present!) {
    const earlier = old!.get(key);
    if (!earlier) continue;
    for (const id of new Set([...earlier.records.keys(), ...part.records.keys()])) {
      const cause = await causeOf(id, part.table, [earlier.records.get(id), part.records.get(id)], [then, now]);
      const name = `${part.table} ${id}`;
      if (cause && (found.get(name) === undefined || order.indexOf(cause) < order.indexOf(found.get(name)!))) found.set(name, cause);
    }
  }
  const causes = order.flatMap((cause): LedgerCause[] => {
    const ids = [...found].flatMap(([name, of]) => (of === cause ? [name.slice(name.indexOf(" ") + 1)] : [])).sort();
    return ids.length === 0 ? [] : [{cause, records: ids.length, ids: ids.slice(0, named)}];
  });
  return causes.length === 0 ? [{cause: "other", records: 0}] : causes.sort((a, b) => b.records - a.records);
}

async function causeOf(id: string, table: string, [old, now]: readonly [Counted | undefined, Counted | undefined], [then, present]: readonly [SideReader, SideReader]): Promise<Cause | undefined> {
  if ((old?.counted ?? false) === (now?.counted ?? false)) {
    if (!now?.counted || Math.abs(old!.brings - now.brings) < 1e-9) return undefined;
    if (old!.amount === now.amount) return "changed";
    return old!.constant !== undefined && old!.constant === now.constant ? "currency" : "amount";
  }
  const [before, after] = await Promise.all([then.known(table), present.known(table)]);
  if (!before.has(id)) return "late";
  if (!after.has(id)) return present.excluded(table, "merged") - then.excluded(table, "merged") >= goneOf(before, after) ? "merged" : "deleted";
  if (old?.waiting && now?.counted) return "matured";
  if (before.get(id) === true && after.get(id) === false) return "late";
  return before.get(id) === false && after.get(id) === true ? "reopened" : "changed";
}

const goneOf = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): number => [...before.keys()].filter((id) => !after.has(id)).length;
