// What marts and lists may see of the canonical tables: columns that are not published are empty, owners have
// pseudonyms. The checks of the data look below it.

import type {CustomField} from "../canonical/feeds.js";
import {canonicalTables, type CanonicalColumn, type CanonicalTable} from "../canonical/schema.js";
import {sqlTypes} from "../canonical/tables.js";
import {quoteIdentifier, type Native} from "../native.js";
import type {PrivacySettings} from "./settings.js";
import {pseudonyms} from "./pseudonyms.js";

export interface Veil {
  /** The canonical columns that what is published may rest on. */
  readonly fed: readonly string[];
  /** Those that some source feeds and that are kept back; custom columns, whose names are the report's own, are not told. */
  readonly withheld: readonly string[];
  /** Custom columns that are published; personal ones that the settings name are internal here. */
  readonly custom: readonly CustomField[];
  lower(): Promise<void>;
  lift(): Promise<void>;
}

export interface VeilOptions {
  readonly privacy: PrivacySettings;
  readonly fed: readonly string[];
  readonly custom: readonly CustomField[];
  /** What an owner is called in front of the code: "Owner". */
  readonly word: string;
}

/** Returns the veil of a report over the tables of an intake, not yet lowered. Without any rule it does nothing. */
export async function createVeil(native: Native, {privacy, fed, custom, word}: VeilOptions): Promise<Veil> {
  const named = new Set(privacy.publish.map(({column}) => column));
  const open = privacy.audience === "internal";
  const shown = custom.filter(({table, name, privacy: own}) => own === "public" || (own === "internal" && open) || named.has(`${table}.${name}`));
  const veiled: CustomField[] = shown.map((field) => (field.privacy === "personal" ? {...field, privacy: "internal"} : field));
  const namesOwners = open || named.has("crm_user.name");
  const hidden = new Set(custom.filter((field) => !shown.includes(field)).map(({table, name}) => `${table}.custom_${name}`));
  const told = fed.filter((column) => !hidden.has(column));
  if (open && privacy.pseudonymKey === null) return {fed: told, withheld: [], custom: veiled, lower: async () => {}, lift: async () => {}};

  const tables = new Map<string, string>();
  const withheld = new Set(open ? [] : Object.entries<CanonicalTable>(canonicalTables).flatMap(([table, {columns}]) =>
    Object.entries(columns).filter(([name, column]) => isWithheld(column, name, namesOwners) && !named.has(`${table}.${name}`)).map(([name]) => `${table}.${name}`)));
  for (const [table, {columns}] of Object.entries<CanonicalTable>(canonicalTables)) {
    const own = Object.entries(columns).filter(([name]) => withheld.has(`${table}.${name}`));
    if (own.length > 0) tables.set(table, `select * replace (${own.map(([name, {type}]) => `null::${sqlTypes[type]} as ${quoteIdentifier(name)}`).join(", ")}) from ${bare(table)}`);
  }
  if (withheld.has("opportunity.stage")) tables.set("stage_map", `from ${bare("stage_map")} where false`);
  if (!namesOwners) {
    tables.set("crm_user", `from ${bare("crm_user")} where false`);
    tables.set("target", `from (${tables.get("target") ?? `from ${bare("target")}`}) where level is distinct from 'owner'`);
    tables.set("forecast", `from (${tables.get("forecast") ?? `from ${bare("forecast")}`}) where level is distinct from 'owner'`);
  } else if (privacy.pseudonymKey !== null) {
    await createPseudonyms(native, privacy.pseudonymKey, word);
    const users = tables.get("crm_user") ?? `from ${bare("crm_user")}`;
    tables.set("crm_user", `select owner_pseudonym.user_id, pseudonym as name, people.* exclude (user_id, name) from (${users}) as people right join owner_pseudonym on people.user_id = owner_pseudonym.user_id`);
    const goals = tables.get("target") ?? `from ${bare("target")}`;
    tables.set("target", `select goal.* replace (case when level = 'owner' then pseudonym else goal.member end as member) from (${goals}) as goal left join goal_pseudonym on goal.member = goal_pseudonym.member`);
  }
  const isKept = (column: string) => withheld.has(column) || (!namesOwners && column.startsWith("crm_user."));
  return {
    fed: told.filter((column) => !isKept(column)),
    withheld: told.filter(isKept),
    custom: veiled,
    async lower() {
      for (const [table, sql] of tables) {
        await native.exec(`alter ${await kindOf(native, table)} ${quoteIdentifier(table)} rename to ${bare(table)}`);
        await native.exec(`create view ${quoteIdentifier(table)} as ${sql}`);
      }
    },
    async lift() {
      for (const table of tables.keys()) {
        await native.exec(`drop view ${quoteIdentifier(table)}`);
        await native.exec(`alter ${await kindOf(native, `bare_${table}`)} ${bare(table)} rename to ${quoteIdentifier(table)}`);
      }
    }
  };
}

const bare = (table: string): string => quoteIdentifier(`bare_${table}`);

/** Keys and references lead from table to table and are in no mart; who owns a record is withheld with the owners' names. */
function isWithheld({privacy, key, references}: CanonicalColumn, name: string, namesOwners: boolean): boolean {
  if (name === "owner_id") return !namesOwners;
  return privacy !== "public" && !key && references === undefined;
}

async function kindOf({run}: Native, name: string): Promise<"view" | "table"> {
  const found = await run({sql: "select 1 from duckdb_views() where view_name = ? and not internal", params: [name]});
  return found.length > 0 ? "view" : "table";
}

/** Everybody who is named anywhere as responsible; goals may name people by id or by a name that only one has. */
async function createPseudonyms(native: Native, key: string, word: string): Promise<void> {
  const owned = Object.entries<CanonicalTable>(canonicalTables).flatMap(([table, {columns}]) => ("owner_id" in columns ? [table] : []));
  const ids = ["select user_id from crm_user", ...owned.map((table) => `select owner_id from ${quoteIdentifier(table)}`)];
  const people = await native.run({sql: `select distinct user_id from (${ids.join(" union all ")}) where user_id is not null order by 1`, params: []});
  const codes = pseudonyms(people.map(({user_id}) => String(user_id)), key, word);
  await native.exec("create temp table owner_pseudonym (user_id varchar, pseudonym varchar)");
  for (const [id, pseudonym] of codes) await native.exec("insert into owner_pseudonym values (?, ?)", [id, pseudonym]);
  const goals = await native.run({sql: `select distinct member, coalesce(own.user_id, named.user_id) as user_id from target
    left join crm_user as own on member = own.user_id
    left join (select name, min(user_id) as user_id from crm_user group by name having count(*) = 1) as named on member = named.name
    where level = 'owner' and member is not null order by 1`, params: []});
  const strangers = pseudonyms(goals.filter(({user_id}) => user_id === null).map(({member}) => `goal of ${String(member)}`), key, word);
  await native.exec("create temp table goal_pseudonym (member varchar, pseudonym varchar)");
  for (const {member, user_id} of goals) {
    const pseudonym = user_id === null ? strangers.get(`goal of ${String(member)}`)! : codes.get(String(user_id))!;
    await native.exec("insert into goal_pseudonym values (?, ?)", [String(member), pseudonym]);
  }
}
