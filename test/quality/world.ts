// A small clean world as canonical tables, and what the checks make of it once a fault is planted.

import {createCanonicalTables} from "../../loaders/canonical/tables.js";
import {canonicalTables, type TableName} from "../../loaders/canonical/schema.js";
import {readModels} from "../../loaders/build/martModel.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative, type Native} from "../../loaders/native.js";
import {freshness} from "../../loaders/quality/freshness.js";
import {checkRules, checksSchema} from "../../loaders/quality/settings.js";
import type {Facts} from "../../loaders/quality/define.js";
import {runChecks} from "../../loaders/quality/runChecks.js";
import type {FileLedger, QualityCheck} from "../../src/query/manifest.js";

export interface World {
  /** SQL over the canonical tables, run after the clean rows stand in them. */
  readonly plant?: string;
  /** Whether the marts are made anew over the planted rows; else they are those of the clean world. */
  readonly marts?: boolean;
  readonly facts?: Partial<Facts>;
  /** Settings of checks as in report.yaml. */
  readonly settings?: Record<string, unknown>;
  /** Tables that no file feeds. */
  readonly without?: readonly string[];
  /** Columns that no file feeds. */
  readonly lacking?: readonly string[];
}

const day = "2025-03-31";

/** Forty deals of 1,000 to 1,390 euros, closed in order; accounts, people, leads, tickets and the rest of one row or two. */
const clean = `
  insert into account by name select 'a' || i as account_id, 'Account ' || i as name, timestamp '2024-01-01' as created_at, timestamp '2025-03-30 10:00' as updated_at from range(3) t(i);
  insert into crm_user by name select 'u1' as user_id, 'Ana' as name, date '2024-01-01' as hired_on, date '2025-01-01' as left_on;
  insert into stage_map values ('New', 'open', 1, 0.1), ('Won', 'won', 2, 1), ('Lost', 'lost', 3, 0);
  insert into opportunity by name select 'o' || i as opportunity_id, 'a' || (i % 3) as account_id, 'u1' as owner_id, 'Won' as stage, 'won' as state, 1000 + 10 * i as amount, 'EUR' as currency,
    timestamp '2025-01-01 09:00' as created_at, timestamp '2025-02-01 09:00' as closed_at, timestamp '2025-03-31 08:00' as updated_at from range(40) t(i);
  insert into lead by name select 'l1' as lead_id, timestamp '2025-01-05' as created_at, timestamp '2025-01-06' as qualified_at, timestamp '2025-01-07' as converted_at, timestamp '2025-03-30' as updated_at;
  insert into contract by name select 'k1' as contract_id, 'a1' as account_id, date '2025-01-01' as start_date, date '2025-12-31' as end_date, 500 as total_value, 'EUR' as currency;
  insert into subscription by name select 's' || i as subscription_id, 'a' || i as account_id, 'Basic' as plan, date '2024-06-01' as started_on, null::date as ended_on, 'month' as billing_period, 50 as mrr, 'EUR' as currency from range(1, 3) t(i);
  insert into forecast by name select date '2025-03-31' as stated_on, '2025-04' as period, 'company' as level, 50000 as amount;
  insert into fx_rate values ('USD', date '2024-01-01', 0.9);
`;

const tables: readonly TableName[] = ["account", "crm_user", "opportunity", "lead", "contract", "subscription", "forecast", "fx_rate"];
const fed: Partial<Record<TableName, readonly string[]>> = {
  account: ["account_id", "name", "created_at", "updated_at"],
  crm_user: ["user_id", "name", "hired_on", "left_on"],
  opportunity: ["opportunity_id", "account_id", "owner_id", "stage", "state", "amount", "currency", "created_at", "closed_at", "updated_at"],
  lead: ["lead_id", "created_at", "qualified_at", "converted_at", "updated_at"],
  contract: ["contract_id", "account_id", "start_date", "end_date", "total_value", "currency"],
  subscription: ["subscription_id", "account_id", "plan", "started_on", "ended_on", "billing_period", "mrr", "currency"],
  forecast: ["stated_on", "period", "level", "amount"],
  fx_rate: Object.keys(canonicalTables.fx_rate.columns)
};

export const ledger = (table: string, part: Partial<FileLedger> = {}): FileLedger => ({
  source: "crm", table, file: `${table}.csv`, sha256: "", bytes: 1, rows: 40, kept: 40, rejected: 0, excluded: 0, superseded: 0, rejectedCells: 0, excludedWhy: {}, ...part
});

let opened: Promise<Native> | undefined;

async function open(): Promise<Native> {
  const native = await openNative({threads: 1});
  await createCanonicalTables(native);
  await native.exec(clean);
  await makeMarts(native, day);
  return native;
}

async function makeMarts(native: Native, asOf: string): Promise<void> {
  const models = await readModels();
  for (const {name} of models) await native.exec(`drop table if exists ${name}`);
  await runMarts(native, {asOf, timeZone: "Europe/Budapest", currency: "EUR", fed: tables.flatMap((table) => fed[table]!.map((column) => `${table}.${column}`)), models});
}

/** Returns every result of the checks over the world. Worlds share a database and leave it clean. */
export async function judged({plant = "", marts = false, facts = {}, settings = {}, without = [], lacking = []}: World = {}): Promise<QualityCheck[]> {
  const native = await (opened ??= open());
  await native.exec("begin transaction");
  try {
    if (plant) await native.exec(plant);
    const asOf = facts.asOf ?? day;
    if (marts) await makeMarts(native, asOf);
    const present = tables.filter((table) => !without.includes(table));
    const columns = present.flatMap((table) => fed[table]!.map((column) => `${table}.${column}`)).filter((name) => !lacking.includes(name));
    const files = facts.files ?? present.map((table) => ledger(table));
    const fresh = await freshness(native, {files, fed: columns, asOf, timeZone: "Europe/Budapest"});
    const known: Facts = {fed: columns, files, freshness: fresh, findings: [], reconcile: [], asOf, currency: "EUR", newestStamp: "2025-03-31T08:00:00Z", ...facts};
    return await runChecks(native, known, checkRules(checksSchema.parse(settings)));
  } finally {
    await native.exec("rollback");
  }
}
