// Two frozen months side by side: KPI by KPI in the periods that both tell, and record by record from the marts of both.

import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {idsOf, type Manifest} from "../../src/query/manifest.js";
import {recordId} from "../../src/query/records/rows.js";
import {identifier, join as joined, sql, type Sql} from "../../src/query/sql.js";
import {mostMemory, openNative} from "../native.js";
import {SnapshotError} from "./fault.js";
import {restatements, type Restated} from "./ledger.js";
import {readObject, takeFile} from "./objects.js";
import {readPublished} from "./published.js";
import {readStore, type Snapshot} from "./store.js";

export interface ComparedRecords {
  /** Of the CRM: "opportunity". */
  readonly table: string;
  readonly then: number;
  readonly now: number;
  /** Records that only the later month has, only the earlier, and those of which any field is another one. */
  readonly new: Counted;
  readonly gone: Counted;
  readonly changed: Counted;
  /** In how many records each field is another one, the most first. */
  readonly fields: readonly {readonly field: string; readonly records: number}[];
}

interface Counted {
  readonly records: number;
  readonly ids: readonly string[];
}

export interface ComparedMonths {
  readonly then: Snapshot;
  readonly now: Snapshot;
  readonly restated: readonly Restated[];
  /** KPIs that only one of them tells, and those whose definition is another one. */
  readonly kpis: {readonly new: readonly string[]; readonly gone: readonly string[]; readonly redefined: readonly string[]};
  readonly records: readonly ComparedRecords[];
}

/** Ids of the first that are named. */
const named = 5;

/** Compares two months of the store. Throws a SnapshotError for a month that it does not keep. */
export async function compareMonths(store: string, [first, second]: readonly [string, string]): Promise<ComparedMonths> {
  const snapshots = await readStore(store);
  const find = (id: string): Snapshot => {
    const found = snapshots.find((one) => one.id === id);
    if (!found) throw new SnapshotError(`${id} is not frozen. ${snapshots.length === 0 ? "No month is." : `There are ${snapshots.map((one) => one.id).join(", ")}.`}`, 1);
    return found;
  };
  const [then, now] = [find(first), find(second)];
  const [old, present] = await Promise.all([then, now].map(({id}) => readPublished(store, id))) as [Awaited<ReturnType<typeof readPublished>>, Awaited<ReturnType<typeof readPublished>>];
  const only = (a: object, b: object): string[] => Object.keys(a).filter((id) => !Object.hasOwn(b, id));
  return {
    then, now,
    restated: restatements(old, present),
    kpis: {
      new: only(present.values, old.values), gone: only(old.values, present.values),
      redefined: Object.keys(now.definitions).filter((id) => then.definitions[id] && JSON.stringify(then.definitions[id]) !== JSON.stringify(now.definitions[id]))
    },
    records: await compareRecords(store, then, now)
  };
}

async function compareRecords(store: string, then: Snapshot, now: Snapshot): Promise<ComparedRecords[]> {
  const work = await mkdtemp(join(tmpdir(), "quarterdeck-compare-"));
  const native = await openNative({memory: "1300MB", most: mostMemory});
  try {
    const manifests = await Promise.all([then, now].map(async ({files}) => JSON.parse((await readObject(store, files["build/manifest.json"]!)).toString("utf8")) as Manifest)) as [Manifest, Manifest];
    const compared: ComparedRecords[] = [];
    for (const [table, marts] of recordMarts(manifests)) {
      const read: ReadMart[] = [];
      for (const mart of marts) {
        const shared = sharedColumns(manifests, mart);
        const sides = await Promise.all([then, now].map(async ({files, id}) => {
          const paths = [mart, idsOf(mart)].map((name) => join(work, id, `${name}.parquet`)) as [string, string];
          for (const [k, name] of [mart, idsOf(mart)].entries()) await takeFile(store, files[`build/marts/${name}.parquet`]!, paths[k]!);
          const rows = sql`select cast(i.${identifier(recordId)} as varchar) as record, ${joined(shared.map((name) => sql`f.${identifier(name)}`))} from read_parquet(${paths[0]}) as f positional join read_parquet(${paths[1]}) as i where i.${identifier(recordId)} is not null`;
          const [size] = await native.run({sql: `select count(*) as counted, count(distinct record) as records from (${rows.text})`, params: rows.params});
          return {rows, count: Number(size!["counted"]), records: Number(size!["records"])};
        }));
        read.push({shared, sides: sides as unknown as ReadMart["sides"]});
      }
      const {shared, sides: found} = read.reduce((best, one) => (fuller(one, best) ? one : best));
      const single = found.every(({count, records}) => count === records);
      // Where a record has several rows, its values are those of all of them, whatever their order; the rows as a whole tell which values belong together.
      const sides = found.map(({rows}) => (single ? rows
        : sql`select record, ${joined(shared.map((name) => sql`list(${identifier(name)} order by ${identifier(name)}) as ${identifier(name)}`))}, list(whole order by whole) as whole from (select *, struct_pack(${joined(shared.map((name) => sql`${identifier(name)} := ${identifier(name)}`))}) as whole from (${rows})) group by record`)) as [Sql, Sql];
      const changed = [...shared, ...(single ? [] : ["whole"])];
      const differs = (name: string): Sql => sql`a.${identifier(name)} is distinct from b.${identifier(name)}`;
      const counts = shared.map((name, k) => sql`count(*) filter (where state = 'changed' and ${identifier(`differs_${k}`)}) as ${identifier(`field_${k}`)}`);
      const ids = (state: string): Sql => sql`list(record order by record) filter (where state = ${state})[1:${named}]`;
      const statement = sql`with a as (${sides[0]}), b as (${sides[1]}), pairs as (select coalesce(a.record, b.record) as record,
        case when a.record is null then 'new' when b.record is null then 'gone' when ${joined(changed.map(differs), " or ")} then 'changed' else 'same' end as state, ${joined(shared.map((name, k) => sql`${differs(name)} as ${identifier(`differs_${k}`)}`))}
        from a full join b on a.record = b.record)
        select (select count(*) from a) as then_rows, (select count(*) from b) as now_rows,
        count(*) filter (where state = 'new') as new_rows, count(*) filter (where state = 'gone') as gone_rows, count(*) filter (where state = 'changed') as changed_rows,
        array_to_string(${ids("new")}, chr(10)) as new_ids, array_to_string(${ids("gone")}, chr(10)) as gone_ids, array_to_string(${ids("changed")}, chr(10)) as changed_ids, ${joined(counts)} from pairs`;
      const [row] = await native.run({sql: statement.text, params: statement.params});
      compared.push(recordsOf(table, shared, row!));
    }
    return compared;
  } finally {
    native.close();
    await rm(work, {recursive: true, force: true});
  }
}

/** One mart in both months. */
interface ReadMart {
  readonly shared: readonly string[];
  readonly sides: readonly [MartSide, MartSide];
}

interface MartSide {
  readonly rows: Sql;
  readonly count: number;
  readonly records: number;
}

/** Whether the one tells more records than the other; of as many, whether it has fewer rows of them. */
function fuller(one: ReadMart, other: ReadMart): boolean {
  const sum = ({sides}: ReadMart, of: "count" | "records") => sides[0][of] + sides[1][of];
  return sum(one, "records") > sum(other, "records") || (sum(one, "records") === sum(other, "records") && sum(one, "count") < sum(other, "count"));
}

/** Columns whose numbers every build gives anew: one customer more, and all that follow have another. */
export const numbered: ReadonlySet<string> = new Set(["contact", "customer", "entity", "person"]);

/** Durations of what is not over: they grow with the as-of day. Where the record did change, a day or a state beside them did. */
const running: ReadonlySet<string> = new Set([
  "age_days", "cycle_so_far", "days_to_next", "first_business_hours", "first_hours", "last_business_hours", "last_hours", "response_business_hours", "response_hours", "watched_days"
]);

/** Returns the columns that a mart has in both months and that say something of the record. */
function sharedColumns(manifests: readonly [Manifest, Manifest], mart: string): readonly string[] {
  const [before, after] = manifests.map(({marts}) => marts.find(({name}) => name === mart)!.columns.map(({name}) => name)) as [string[], string[]];
  return after.filter((name) => before.includes(name) && !numbered.has(name) && !running.has(name));
}

/** Of each table of the CRM the marts that both months have of it. */
function recordMarts([then, now]: readonly [Manifest, Manifest]): [string, string[]][] {
  const tables = new Map<string, string[]>();
  for (const [mart, table] of Object.entries(now.records ?? {})) if (then.records?.[mart] === table) tables.set(table, [...(tables.get(table) ?? []), mart]);
  return [...tables];
}

function recordsOf(table: string, columns: readonly string[], row: Readonly<Record<string, unknown>>): ComparedRecords {
  const counted = (state: string): Counted => ({records: Number(row[`${state}_rows`]), ids: row[`${state}_ids`] ? String(row[`${state}_ids`]).split("\n") : []});
  const fields = columns.map((field, k) => ({field, records: Number(row[`field_${k}`])})).filter(({records}) => records > 0).sort((a, b) => b.records - a.records);
  return {table, then: Number(row["then_rows"]), now: Number(row["now_rows"]), new: counted("new"), gone: counted("gone"), changed: counted("changed"), fields};
}
