// What makes exports trustworthy: stages known, one row a key, rejects few, merges followed. A fault stops the build,
// unless the settings grade its check lower: then it is dealt with in the one safe way and told.

import {quoteIdentifier, type Native} from "../native.js";
import type {CheckRule, Finding} from "../quality/define.js";
import {nearest} from "../settings/problems.js";
import type {StageRules} from "../sources/define.js";
import type {FileLedger} from "../../src/query/manifest.js";
import type {Input} from "./inputs.js";
import {IntakeError, type Example} from "./problems.js";
import {canonicalTables} from "./schema.js";
import type {CanonicalTable, TableName} from "./schema.js";
import {staging} from "./stage.js";
import type {StagedColumn} from "./stage.js";

const shown = 10;

/** Where a row of a staging table stands: its file by number, then file and row as a spreadsheet counts. */
export type Place = (file: number, rowid: string) => Promise<{readonly file: string; readonly row: number}>;

interface Judging {
  readonly place: Place;
  /** Of the check, by the settings. */
  readonly grade: CheckRule["grade"];
}

/** Stops where a row's stage stands in none of the lists of its source; of a lower grade, such rows are excluded. */
export async function checkStages(native: Native, table: TableName, columns: readonly StagedColumn[], inputs: readonly {readonly input: Input; readonly stages: StageRules}[], {place, grade}: Judging): Promise<Finding[]> {
  if (!columns.some(({name}) => name === "stage") || !columns.some(({name, required}) => name === "state" && required)) return [];
  const sql = `select stage, count(*) as n, min(rowid) as r, arg_min(${staging.file}, rowid) as file from ${quoteIdentifier(table)} where state is null and stage is not null and ${staging.why} is null group by stage order by n desc, stage`;
  const found = await native.run({sql, params: []});
  if (found.length === 0) return [];
  const total = found.reduce((sum, {n}) => sum + Number(n), 0);
  if (grade !== "stop") {
    await native.exec(`update ${quoteIdentifier(table)} set ${staging.why} = 'unknown_stage' where state is null and stage is not null and ${staging.why} is null`);
    const [all] = await native.run({sql: `select count(*) as n from ${quoteIdentifier(table)} where ${staging.why} is null`, params: []});
    return [{id: "known_stages", table, column: "stage", count: total, of: total + Number(all?.["n"]), examples: found.slice(0, shown).map(({stage, n}) => ({id: String(stage), count: Number(n)}))}];
  }
  const concerned = found.map((row) => inputs[Number(row["file"])]!);
  const known = ({stages: {open, won, lost}}: {readonly stages: StageRules}): string[] => [...open, ...won, ...lost];
  const examples = await Promise.all(
    found.slice(0, shown).map(async ({stage, n, r, file}, index) => ({
      ...(await place(Number(file), String(r))),
      column: "stage",
      value: String(stage),
      count: Number(n),
      nearest: nearest(String(stage), known(concerned[index]!), "close")
    }))
  );
  const source = [...new Set(concerned.map(({input}) => input.source.id))].join(", ");
  throw new IntakeError({code: "unknown_stage", source, table, total, more: found.length - examples.length, allowed: [...new Set(concerned.flatMap(known))], examples});
}

/** Keys counted in one go. More would push the table out of memory. */
const countedAtOnce = 2_500_000;

/** How many hashes there can be. A range of them is found faster than a remainder. */
const hashes = 2n ** 64n;

/**
 * Marks rows as superseded: all but one of identical rows, and rows whose key has a newer updated_at.
 * A row left out as another kind of record supersedes only by a newer stamp.
 * Stops where rows of one key differ and no stamp decides; of a lower grade, the first by content counts.
 */
export async function supersede(native: Native, table: TableName, columns: readonly StagedColumn[], {place, grade}: Judging): Promise<Finding[]> {
  const name = quoteIdentifier(table);
  const keys = columns.filter(({key}) => key).map(({name}) => quoteIdentifier(name));
  const live = `${staging.why} is distinct from 'rejected' and ${staging.key} is not null`;
  const apart = `${staging.why} is not distinct from 'other'`;
  // Few keys stand twice: sorting only their rows keeps time and memory flat. Unequal keys of one hash fall out below.
  const [rows] = await native.run({sql: `select count(*) as n from ${name}`, params: []});
  const parts = BigInt(Math.ceil(Number(rows?.["n"]) / countedAtOnce));
  await native.exec("create or replace temp table _twice (key ubigint)");
  for (let part = 0n; part < parts; ++part) {
    const [first, last] = [(part * hashes) / parts, ((part + 1n) * hashes) / parts - 1n];
    await native.exec(`insert into _twice select ${staging.key} from ${name} where ${live}${parts > 1n ? ` and ${staging.key} between ${first}::ubigint and ${last}::ubigint` : ""} group by 1 having count(*) > 1`);
  }
  const [repeated] = await native.run({sql: "select 1 as found from _twice limit 1", params: []});
  if (!repeated) {
    await native.exec("drop table _twice");
    return [];
  }
  const stamp = columns.some(({name}) => name === "updated_at") ? "updated_at" : "null::timestamp";
  const listed = keys.join(", ");
  const clashes = `select ${listed} from _repeated group by all having count(distinct content) filter (age = 1 and not apart) > 1 or (count(distinct content) filter (not apart) > 1 and count(*) filter (stamp is null and not apart) > 0)`;
  /** Gathers the rows of keys that stand twice, told apart by `content`, and returns how many keys clash. */
  const gather = async (content: string): Promise<number> => {
    await native.exec(
      `create or replace temp table _repeated as
      select rowid as r, ${staging.file} as file, ${listed}, rank() over (partition by ${listed} order by ${stamp} desc nulls last) as age,
        row_number() over (partition by ${listed} order by ${stamp} desc nulls last, ${apart}, ${content}, rowid) as place, ${stamp} as stamp, ${content} as content, ${apart} as apart
      from ${name} where ${live} and ${staging.key} in (select key from _twice) qualify count(*) over (partition by ${listed}) > 1`
    );
    return Number((await native.run({sql: `select count(*) as n from (${clashes})`, params: []}))[0]?.["n"]);
  };
  try {
    // Most rows that stand twice are the same: their hashes say so, and nothing else of a table larger than memory is read.
    const total = (await gather(staging.content)) && (await gather(`struct_pack(${columns.map(({name}) => `${quoteIdentifier(name)} := ${quoteIdentifier(name)}`).join(", ")})`));
    if (total > 0 && grade === "stop") {
      const examples = await differences(native, table, columns, clashes, place);
      throw new IntakeError({code: "duplicate_key", table, total, mapped: columns.some(({name}) => name === "updated_at"), examples});
    }
    const clashing = total === 0 ? [] : await native.run({sql: `select concat_ws(' ', ${listed}) as id from (${clashes}) order by 1 limit ${shown}`, params: []});
    await native.exec(`update ${name} set ${staging.why} = 'superseded' where rowid in (select r from _repeated where place > 1 and not apart)`);
    if (total === 0) return [];
    const [all] = await native.run({sql: `select count(*) as n from ${name} where ${live}`, params: []});
    return [{id: "unique_keys", table, column: columns.find(({key}) => key)!.name, count: total, of: Number(all?.["n"]), examples: clashing.map(({id}) => ({id: String(id)}))}];
  } finally {
    await native.exec("drop table if exists _repeated");
    await native.exec("drop table _twice");
  }
}

/** Two rows of each of the first keys of `clashes`, the newest and the next that is not the same, with the columns in which they differ. */
async function differences(native: Native, table: TableName, columns: readonly StagedColumn[], clashes: string, place: Place): Promise<Example[]> {
  const keys = columns.filter(({key}) => key).map(({name}) => name);
  const listed = keys.map(quoteIdentifier).join(", ");
  const texts = columns.map(({name}, index) => `cast(${quoteIdentifier(table)}.${quoteIdentifier(name)} as varchar) as v${index}`);
  const sql = `select file, r, dense_rank() over (order by ${listed}) as nth, ${texts.join(", ")} from (select file, r, age, ${listed} from _repeated semi join (select ${listed} from (${clashes}) order by all limit ${shown / 2}) using (${listed}) where not apart) as rows
    join ${quoteIdentifier(table)} using (${listed}) where ${quoteIdentifier(table)}.rowid = r order by nth, age, r`;
  const rows = await native.run({sql, params: []});
  const value = (row: Record<string, unknown>, index: number): string | null => (row[`v${index}`] as string | null | undefined) ?? null;
  const named = (row: Record<string, unknown>, wanted: (name: string, index: number) => boolean): string =>
    columns.flatMap(({name}, index) => (wanted(name, index) ? [`${name} ${value(row, index) === null ? "(empty)" : JSON.stringify(value(row, index))}`] : [])).join(", ");
  const examples: Example[] = [];
  for (const nth of new Set(rows.map((row) => row["nth"]))) {
    const [first, ...others] = rows.filter((row) => row["nth"] === nth);
    const differ = (row: Record<string, unknown>) => (_: string, index: number) => value(row, index) !== value(first!, index);
    const second = others.find((row) => columns.some(({name}, index) => differ(row)(name, index)));
    if (!second) continue;
    for (const row of [first!, second]) {
      const content = `${named(row, (name) => keys.includes(name))}: ${named(row, differ(second))}`;
      examples.push({...(await place(Number(row["file"]), String(row["r"]))), content});
    }
  }
  return examples;
}

/** Stops where more than the allowed share of a table's rows have rejects; of a lower grade, that is only told. */
export async function checkRejects(native: Native, table: TableName, ledger: readonly FileLedger[], {limit, grade}: {readonly limit: number; readonly grade: CheckRule["grade"]}): Promise<Finding[]> {
  const of = ledger.reduce((sum, {rows}) => sum + rows, 0);
  const own = `table_name = ? and file in (${ledger.map(() => "?").join(", ")})`;
  const params = [table, ...ledger.map(({file}) => file)];
  const [row] = await native.run({sql: `select count(distinct (file, row_number)) as n from reject where ${own}`, params});
  const total = Number(row?.["n"]);
  if (total <= limit * of) return [];
  const rows = await native.run({sql: `select * from reject where ${own} order by file, row_number, column_name limit ${shown}`, params});
  const examples = rows.map(({file, row_number, column_name, value, rule}) => ({
    file: String(file),
    row: Number(row_number),
    ...(column_name === null ? {} : {column: String(column_name)}),
    value: value === null || value === undefined ? null : String(value),
    rule: String(rule)
  }));
  if (grade !== "stop") return [{id: "rejects_few", table, column: "", count: total, of, examples: examples.map(({file, row, column}) => ({id: `${file} row ${row}`, ...(column === undefined ? {} : {detail: column})}))}];
  throw new IntakeError({code: "too_many_rejects", table, total, of, examples});
}

/** Points every fed reference to a merged record at the record that survived (G6), through chains of merges. */
export async function pointAtSurvivors(native: Native, fed: readonly string[]): Promise<void> {
  for (const [table, {columns}] of Object.entries(canonicalTables) as [TableName, CanonicalTable][]) {
    const [key] = Object.keys(columns);
    if (!key || !fed.includes(`${table}.merged_into_id`)) continue;
    const merged = `select ${key} as loser, merged_into_id as survivor from ${quoteIdentifier(table)} where ${staging.why} = 'merged'`;
    const [found] = await native.run({sql: `select 1 as found from (${merged}) limit 1`, params: []});
    if (!found) continue;
    await native.exec(
      `create temp table _merged as with recursive hop(loser, survivor, n) as (${merged.replace("from", ", 1 from")} union all select hop.loser, next.survivor, n + 1 from hop join (${merged}) next on next.loser = hop.survivor where n < 100)
      select loser, arg_max(survivor, n) as survivor from hop group by loser`
    );
    for (const [other, {columns}] of Object.entries(canonicalTables) as [TableName, CanonicalTable][]) {
      for (const [column, {references}] of Object.entries(columns)) {
        if (references !== table || column === "merged_into_id" || !fed.includes(`${other}.${column}`)) continue;
        await native.exec(`update ${quoteIdentifier(other)} set ${quoteIdentifier(column)} = _merged.survivor from _merged where ${quoteIdentifier(column)} = _merged.loser`);
      }
    }
    if (table === "lead" && fed.includes("lead.created_at")) await native.exec(sinceFirst);
    await native.exec("drop table _merged");
  }
}

/** A lead that others were merged into was created when the first of them was. */
const sinceFirst = `update lead set created_at = least(created_at, first_at)
  from (select survivor, min(created_at) as first_at from _merged join lead on lead_id = loser group by survivor) as firsts
  where lead_id = survivor`;

/** Newest updated_at of any canonical table, ISO in UTC, or null. */
export async function newestStamp(native: Native, fed: readonly string[]): Promise<string | null> {
  const stamps = fed.filter((name) => name.endsWith(".updated_at")).map((name) => `select max(updated_at) as newest from ${quoteIdentifier(name.split(".")[0] ?? "")}`);
  if (stamps.length === 0) return null;
  const [row] = await native.run({sql: `select max(newest) as newest from (${stamps.join(" union all ")})`, params: []});
  return (row?.["newest"] as string | null | undefined) ?? null;
}
