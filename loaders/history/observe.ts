// One export of a source, as it stands in the staging table of opportunities, against all before it.

import {quoteText, type Native} from "../native.js";
import {staging} from "../canonical/stage.js";
import {sqlTypes} from "../canonical/tables.js";
import {canonicalTables} from "../canonical/schema.js";
import {runStep} from "./step.js";

/** A file of an export that stands in the staging table. */
export interface ObservedFile {
  /** Its number there. */
  readonly staged: number;
  /** Its number among all files of the exports of all sources. */
  readonly number: number;
  /** Canonical columns that it has. */
  readonly columns: ReadonlySet<string>;
}

export interface Observed {
  readonly source: string;
  /** Number of the export, from 1. */
  readonly place: number;
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Day of the export before; null in the first. */
  readonly before: string | null;
  /** Day of which the values are known: that of the export before where this one is the same to the byte, perhaps copied by mistake. */
  readonly known: string;
  readonly files: readonly ObservedFile[];
  /** Columns of the staging table. */
  readonly staged: ReadonlySet<string>;
  /** Stages are compared; where no export has any, states are. */
  readonly hasStages: boolean;
}

const kept = ["created_at", "updated_at", "closed_at", "stage", "state", "amount", "expected_close_date", "owner_id"] as const;

/** Adds to the history tables what the export says beyond those before it. Exports come oldest first. */
export async function observe(native: Native, {source, place, day, before, known, files, staged, hasStages}: Observed): Promise<void> {
  const values = {source, place, day, before, known};
  await native.exec(`create or replace temp table _history_now as ${nowSql(files, staged, hasStages)}`);
  await native.exec("insert into _history_export values ($1, $2, $3::date)", [source, place, day]);
  await runStep(native, "reused", values);
  for (const table of ["last", "stage", "field"]) await native.exec(`delete from _history_${table} where opportunity_id in (select opportunity_id from _history_gone where why = 'reused' and until = $1::date)`, [day]);
  await runStep(native, "late", values);
  await runStep(native, "moved", values);
  await runStep(native, "stage", values);
  await runStep(native, "field", values);
  await runStep(native, "last", values);
  await native.exec("drop table _history_last");
  await native.exec("alter table _history_next rename to _history_last");
}

/**
 * One row an id. Of a row that is left out only its id counts: the record is there. A cell that is empty in a row with
 * cells that could not be typed says nothing, nor does a column that the file lacks.
 */
function nowSql(files: readonly ObservedFile[], staged: ReadonlySet<string>, hasStages: boolean): string {
  const types: Readonly<Record<string, {readonly type: keyof typeof sqlTypes}>> = canonicalTables.opportunity.columns;
  const having = (column: string): string => `${staging.file} in (${files.filter(({columns}) => columns.has(column)).map((file) => file.staged).join(", ") || "null"})`;
  const knows = (column: string): string => (staged.has(column) ? `coalesce(${staging.why} is null and ${having(column)} and (${column} is not null or ${staging.bad} is null), false)` : "false");
  const columns = kept.map((column) => (staged.has(column) ? column : `null::${sqlTypes[types[column]!.type]} as ${column}`));
  const numbers = files.map((file) => `when ${file.staged} then ${file.number}`).join(" ");
  return `select opportunity_id, case ${staging.file} ${numbers} end::integer as file, ${staging.why} is null as is_valid, ${columns.join(", ")},
    ${hasStages ? knows("stage") : knows("state")} as knows_stage, ${["amount", "expected_close_date", "owner_id"].map((column) => `${knows(column)} as knows_${column}`).join(", ")}
    from opportunity where opportunity_id is not null and ${staging.why} is distinct from ${quoteText("superseded")} and ${staging.file} in (${files.map((file) => file.staged).join(", ") || "null"})
    qualify row_number() over (partition by opportunity_id order by is_valid desc, file) = 1`;
}
