// Deals whose every change is known, and what exports of some days show of them.

import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import fc from "fast-check";
import {asOfDay} from "../../loaders/build/asOf.js";
import {intake, type Intake} from "../../loaders/canonical/intake.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative} from "../../loaders/native.js";
import {readSettings} from "../../loaders/settings.js";

export const fields = ["stage", "amount", "due", "owner"] as const;
export type Field = (typeof fields)[number];

/** What somebody did to a deal; `touch` changes nothing that is compared, but the deal's stamp. */
export interface Event {
  /** From 0, the first of August 2025. */
  readonly day: number;
  readonly field: Field | "touch";
  readonly value: string;
}

export interface Deal {
  readonly id: string;
  readonly created: number;
  /** In the order in which they happened. */
  readonly events: readonly Event[];
  /** First day without it. */
  readonly deleted: number | null;
}

export type Values = Readonly<Record<Field, string>>;

export const lastDay = 40;
const first = Date.UTC(2025, 7, 1);
export const dayText = (day: number): string => new Date(first + day * 86_400_000).toISOString().slice(0, 10);
export const dayNumber = (text: string): number => Math.round((Date.parse(`${text.slice(0, 10)}T00:00:00Z`) - first) / 86_400_000);
/** Later events of a deal are later in the day. */
const stamp = (day: number, order: number): string => `${dayText(day)} ${String(8 + Math.floor(order / 60)).padStart(2, "0")}:${String(order % 60).padStart(2, "0")}:00`;

const values: Readonly<Record<Field, readonly string[]>> = {stage: ["New", "Offer", "Won", "Lost"], amount: ["100", "250.50", ""], due: ["2025-09-01", "2025-10-15", "2025-12-31"], owner: ["ann", "bob", ""]};
const beginning: Values = {stage: "New", amount: "100", due: "2025-09-01", owner: "ann"};

const event = fc.oneof(...fields.map((field) => fc.record({day: fc.nat(lastDay), field: fc.constant(field), value: fc.constantFrom(...values[field])})), fc.record({day: fc.nat(lastDay), field: fc.constant("touch" as const), value: fc.constant("")}));

/** Deals with any events; each was created before them, and few are deleted. */
export const anyDeals: fc.Arbitrary<Deal[]> = fc
  .array(fc.record({created: fc.nat(25), events: fc.array(event, {maxLength: 8}), deleted: fc.oneof({weight: 4, arbitrary: fc.constant(null)}, {weight: 1, arbitrary: fc.integer({min: 1, max: lastDay})})}), {minLength: 12, maxLength: 40, size: "max"})
  .map((deals) => deals.map(({created, events, deleted}, index) => {
    const end = deleted === null ? null : Math.max(deleted, created + 1);
    const sorted = [...events].sort((a, b) => a.day - b.day).filter(({day}) => day >= created && (end === null || day < end));
    return {id: `d${index + 1}`, created, events: sorted, deleted: end};
  }));

/** The days of two exports or more, in order. */
export const anyDays: fc.Arbitrary<number[]> = fc.uniqueArray(fc.nat(lastDay), {minLength: 2, maxLength: 6}).map((days) => [...days].sort((a, b) => a - b));

export const standsOn = ({created, deleted}: Deal, day: number): boolean => created <= day && (deleted === null || day < deleted);

/** What holds of a deal at the end of a day. */
export const valuesOn = ({events}: Deal, day: number): Values => events.filter((one) => one.day <= day).reduce((held, {field, value}) => (field === "touch" ? held : {...held, [field]: value}), beginning);

const isClosed = (stage: string): boolean => stage === "Won" || stage === "Lost";

/** Rows of the export of a day, with or without the stamp of the last change. */
export function exportOf(deals: readonly Deal[], day: number, stamped: boolean): string {
  const rows = deals.filter((deal) => standsOn(deal, day)).map((deal) => {
    const past = deal.events.filter((one) => one.day <= day);
    const {stage, amount, due, owner} = valuesOn(deal, day);
    const moved = past.filter(({field}) => field === "stage");
    // The day of the last move into a closed stage, if the deal is in one still.
    const closing = moved.filter(({value}, index) => isClosed(value) && !isClosed(moved[index - 1]?.value ?? "New")).at(-1) ?? moved.at(-1);
    return [deal.id, stage, amount, due, owner, stamp(deal.created, 0), isClosed(stage) ? dayText(closing!.day) : "", ...(stamped ? [past.length ? stamp(past.at(-1)!.day, past.length) : stamp(deal.created, 0)] : [])].join(",");
  });
  return [`id,stage,amount,due,owner,created,closed${stamped ? ",changed" : ""}`, ...rows, ""].join("\n");
}

/** What the CRM's own history tells: every entry into a stage, and every change of another field. */
export function historyOf(deals: readonly Deal[]): {stages: string; changes: string} {
  const stages: string[] = [];
  const changes: string[] = [];
  for (const deal of deals) {
    stages.push(`${deal.id}-0,${deal.id},New,${stamp(deal.created, 0)}`);
    let held: Values = beginning;
    for (const [index, {day, field, value}] of deal.events.entries()) {
      if (field === "touch" || held[field] === value) continue;
      if (field === "stage") stages.push(`${deal.id}-${index + 1},${deal.id},${value},${stamp(day, index + 1)}`);
      else changes.push(`${deal.id}-${index + 1},${deal.id},${field},${held[field]},${value},${stamp(day, index + 1)}`);
      held = {...held, [field]: value};
    }
  }
  return {stages: ["id,deal,stage,at", ...stages, ""].join("\n"), changes: ["id,deal,field,old,new,at", ...changes, ""].join("\n")};
}

const stages = "stages: {open: [New, Offer], won: [Won], lost: [Lost]}";
const mapping = (stamped: boolean): string => `      opportunity: {file: deals.csv, columns: {opportunity_id: id, stage: stage, amount: amount, expected_close_date: due, owner_id: owner, created_at: created, closed_at: closed${stamped ? ", updated_at: changed" : ""}}, ${stages}}
      crm_user: {file: users.csv, columns: {user_id: id, name: id}}`;
const ownHistory = `
      opportunity_stage_history: {file: stages.csv, columns: {history_id: id, opportunity_id: deal, stage: stage, entered_at: at}, ${stages}}
      opportunity_field_history: {file: changes.csv, columns: {history_id: id, opportunity_id: deal, field: {column: field, map: {due: expected_close_date, owner: owner_id}}, old_value: old, new_value: new, changed_at: at}}`;

/** Writes files into a folder of their own, in their order, and a report.yaml whose one source has these keys and tables, or with these `sources`. */
export function writeReport(files: Readonly<Record<string, string>>, source: string, tables: string, sources = `  - id: crm\n    type: csv\n    folder: exports\n${source}    tables:\n${tables}\n`): string {
  const folder = mkdtempSync(join(tmpdir(), "dated-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "exports", path)), {recursive: true});
    writeFileSync(join(folder, "exports", path), text);
  }
  const config = join(folder, "report.yaml");
  writeFileSync(config, `title: T\ntime_zone: UTC\ncurrency: EUR\nreject_limit: 100%\nsources:\n${sources}`);
  return config;
}

const users = "id\nann\nbob\n";

/** A report of exports of the present on some days. */
export const datedReport = (deals: readonly Deal[], days: readonly number[], stamped: boolean): string =>
  writeReport(Object.fromEntries(days.flatMap((day) => [[`${dayText(day)}/deals.csv`, exportOf(deals, day, stamped)], [`${dayText(day)}/users.csv`, users]])), "    dated: true\n", mapping(stamped));

/** A report of one export with the CRM's own history. */
export function toldReport(deals: readonly Deal[], day: number): string {
  const {stages: entries, changes} = historyOf(deals);
  return writeReport({"deals.csv": exportOf(deals, day, true), "users.csv": users, "stages.csv": entries, "changes.csv": changes}, "", mapping(true) + ownHistory);
}

type Row = Readonly<Record<string, unknown>>;

/** Takes a report in and asks it; with `marts`, of the marts too. */
export async function asked<Answers>(config: string, ask: (rows: (sql: string) => Promise<readonly Row[]>, taken: Intake) => Promise<Answers>, {marts = false}: {marts?: boolean} = {}): Promise<Answers> {
  const settings = await readSettings(config);
  const native = await openNative({threads: 2});
  try {
    const taken = await intake(settings, native);
    if (marts) await runMarts(native, {asOf: asOfDay(settings, taken.newestStamp, taken.fed, taken.newestExport), timeZone: settings.timeZone, currency: settings.currency, fed: taken.fed, custom: taken.custom});
    return await ask((sql) => native.run({sql, params: []}), taken);
  } finally {
    native.close();
  }
}
