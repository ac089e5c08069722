// The hygiene lists of one build: counted for the page, written in full as CSV.

import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {boundValues, columnsOf} from "../../marts.js";
import {quoteIdentifier, quoteText, type Native} from "../../native.js";
import {harmlessSql} from "../../build/harmlessSql.js";
import type {Hygiene, HygieneColumn, HygieneList, HygieneOwner, HygieneRecord} from "../../../src/query/manifest.js";
import {maskedIdSql} from "../mask.js";
import {readLists, type ListDeclaration} from "./readLists.js";

export interface HygieneOptions {
  readonly asOf: string;
  readonly currency: string;
  /** Canonical columns that some source feeds. */
  readonly fed: readonly string[];
  /** Folder for one CSV a list that holds any records. */
  readonly folder: string;
  /** Age in hours from which an open lead should have been contacted. */
  readonly uncontactedHours: number;
}

/** Records that a list shows on the page. */
export const shownRecords = 10;

/** Owners in the table by owner. */
const shownOwners = 100;

const columnTypes: Readonly<Record<HygieneColumn, string>> = {id: "varchar", owner: "varchar", team: "varchar", stage: "varchar", amount: "decimal(18, 2)", days: "integer", usual_days: "integer", usual_n: "integer", usual_of: "varchar", same_as: "varchar"};
const allColumns = Object.keys(columnTypes) as HygieneColumn[];
const order = "amount desc nulls last, days desc nulls last, id";

/**
 * Returns the lists over the canonical tables and marts of the database, and writes `<list>.csv` for each that is not
 * empty. Ids that may name a person are masked everywhere; no other column is personal.
 */
export async function hygiene(native: Native, {asOf, currency, fed, folder, uncontactedHours}: HygieneOptions): Promise<Hygiene> {
  const {lists, steps} = await readLists();
  const bind: Bind = (sql) => ({...boundValues(sql, {asOf, currency}), ...(sql.includes("$uncontacted_hours") && {uncontacted_hours: uncontactedHours})});
  for (const {id, sql} of steps) await native.exec(`create temp table ${id} as ${sql}`, bind(sql));
  await native.exec(`create temp table hygiene (list varchar, about varchar, ${allColumns.map((name) => `${name} ${columnTypes[name]}`).join(", ")})`);
  await mkdir(folder, {recursive: true});
  const told: HygieneList[] = [];
  for (const list of lists) {
    try {
      told.push(await look(native, list, {fed, folder, bind}));
    } catch (error) {
      throw new Error(`loaders/quality/hygiene/lists/${list.id}.sql: ${(error as Error).message}`, {cause: error});
    }
  }
  const [deals] = await native.run({sql: "select count(*) as n, coalesce(sum(amount), 0) as value, (select count(*) from int_open_opportunity) as of_n from int_open_opportunity where id in (select id from hygiene where about = 'opportunity')", params: []});
  const [leads] = await native.run({sql: "select count(distinct id) as n, (select count(*) from int_open_lead) as of_n from hygiene where about = 'lead'", params: []});
  const owners = await byOwner(native);
  return {
    lists: told,
    uncontactedHours,
    owners: owners.slice(0, shownOwners),
    ownerCount: owners.length,
    deals: {count: Number(deals!["n"]), of: Number(deals!["of_n"]), value: Number(deals!["value"])},
    leads: {count: Number(leads!["n"]), of: Number(leads!["of_n"])}
  };
}

/** The values that a statement names. */
type Bind = (sql: string) => ReturnType<typeof boundValues>;

interface Looking {
  readonly fed: readonly string[];
  readonly folder: string;
  readonly bind: Bind;
}

async function look(native: Native, {id, about, among, needs, sql}: ListDeclaration, {fed, folder, bind}: Looking): Promise<HygieneList> {
  const lacks = needs.filter((need) => !need.split("|").some((column) => fed.includes(column)));
  if (lacks.length > 0) return {id, about, lacks, count: 0, of: 0, value: null, unpriced: 0, columns: [], first: []};
  const name = quoteIdentifier(id);
  await native.exec(`create temp table ${name} as ${sql}`, bind(sql));
  const columns = (await columnsOf(native, `from ${name}`)).map((column) => column.name as HygieneColumn);
  const shown = allColumns.filter((column) => columns.includes(column));
  await native.exec(`insert into hygiene by name select ${quoteText(id)} as list, ${quoteText(about)} as about, ${shown.join(", ")} from ${name}`);
  const hasAmount = columns.includes("amount");
  const [total] = await native.run({sql: `select count(*) as n, ${hasAmount ? "coalesce(sum(amount), 0)" : "null"} as value, ${hasAmount ? "count(*) - count(amount)" : "0"} as unpriced, (select count(*) from ${quoteIdentifier(among)}) as of_n from ${name}`, params: []});
  const published = `select ${shown.map((column) => `${publishedSql(column, about)} as ${column}`).join(", ")} from (from hygiene where list = ${quoteText(id)} order by ${order})`;
  const first = await native.run({sql: `${published} limit ${shownRecords}`, params: []});
  const count = Number(total!["n"]);
  if (count > 0) await native.exec(`copy (select ${shown.map((column) => (columnTypes[column] === "varchar" ? `${harmlessSql(column)} as ${column}` : column)).join(", ")} from (${published})) to ${quoteText(join(folder, `${id}.csv`))} (format csv, header)`);
  await native.exec(`drop table ${name}`);
  return {id, about, lacks, count, of: Number(total!["of_n"]), value: total!["value"] === null ? null : Number(total!["value"]), unpriced: Number(total!["unpriced"]), columns: shown, first: first as unknown as HygieneRecord[]};
}

const publishedSql = (column: HygieneColumn, about: string): string => (column === "id" || column === "same_as" ? maskedIdSql(column, about) : column);

/** Owners of open deals and leads in any list; records without one come as an owner of null. */
async function byOwner(native: Native): Promise<HygieneOwner[]> {
  const counts = await native.run({sql: "select owner, team, list, count(*) as n from hygiene group by all order by all", params: []});
  const deals = await native.run({
    sql: `select owner, team, count(*) as n, coalesce(sum(amount), 0) as value from int_open_opportunity
      where id in (select id from hygiene where about = 'opportunity') group by all`,
    params: []
  });
  const key = ({owner, team}: Readonly<Record<string, unknown>>): string => JSON.stringify([owner, team]);
  const owners = new Map<string, {owner: string | null; team: string | null; counts: Record<string, number>; deals: number; value: number}>();
  const of = (row: Readonly<Record<string, unknown>>) => {
    const found = owners.get(key(row)) ?? {owner: row["owner"] as string | null, team: row["team"] as string | null, counts: {}, deals: 0, value: 0};
    owners.set(key(row), found);
    return found;
  };
  for (const row of counts) of(row).counts[String(row["list"])] = Number(row["n"]);
  for (const row of deals) Object.assign(of(row), {deals: Number(row["n"]), value: Number(row["value"])});
  const total = ({counts}: HygieneOwner): number => Object.values(counts).reduce((sum, n) => sum + n, 0);
  return [...owners.entries()].sort(([a, one], [b, other]) => other.value - one.value || total(other) - total(one) || (a < b ? -1 : 1)).map(([, owner]) => owner);
}
