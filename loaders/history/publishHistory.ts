// Differences of exports as rows of the canonical tables of history. What the CRM itself tells wins.

import {canonicalDefinition} from "../canonical/tables.js";
import {canonicalTables} from "../canonical/schema.js";
import {quoteIdentifier, type Native} from "../native.js";

/** Canonical columns that differences of exports feed. */
export const differencedColumns: readonly string[] = [
  ...["history_id", "opportunity_id", "stage", "state", "entered_at", "changed_after", "changed_until"].map((column) => `opportunity_stage_history.${column}`),
  ...["history_id", "opportunity_id", "field", "old_value", "new_value", "changed_at", "changed_after", "changed_until"].map((column) => `opportunity_field_history.${column}`)
];

/**
 * Adds the differences to the published tables of history. A record, and a field of it, whose history the CRM has exported
 * keeps that alone.
 */
export async function publishHistory(native: Native): Promise<void> {
  await native.exec(`create temp table _history_told as
    select opportunity_id, 'stage' as field from opportunity_stage_history
    union all select opportunity_id, 'amount' from opportunity_stage_history where amount is not null
    union all select opportunity_id, 'expected_close_date' from opportunity_stage_history where expected_close_date is not null
    union all select opportunity_id, field from opportunity_field_history`);
  await publish(
    native,
    "opportunity_stage_history",
    `select opportunity_id || ' stage ' || moment::varchar as history_id, opportunity_id, stage, state, moment as entered_at, changed_after, changed_until
    from _history_stage where opportunity_id not in (select opportunity_id from _history_told where field = 'stage')`
  );
  await publish(
    native,
    "opportunity_field_history",
    `select opportunity_id || ' ' || field || ' ' || moment::varchar as history_id, opportunity_id, field, old_value, new_value, moment as changed_at, changed_after, changed_until
    from _history_field anti join _history_told using (opportunity_id, field)`
  );
  await native.exec("drop table _history_told");
  for (const name of ["export", "last", "stage", "field", "gone", "late", "held"]) await native.exec(`drop table _history_${name}`);
}

async function publish(native: Native, table: keyof typeof canonicalTables, rows: string): Promise<void> {
  const differenced = `_differenced_${table}`;
  const [own] = await native.run({sql: "select 1 as found from duckdb_views() where view_name = $1 and not internal", params: [table]});
  await native.exec(canonicalDefinition(differenced, canonicalTables[table]));
  await native.exec(`insert into ${quoteIdentifier(differenced)} by name ${rows}`);
  await native.exec(`alter ${own ? "view" : "table"} ${quoteIdentifier(table)} rename to ${quoteIdentifier(`_told_${table}`)}`);
  await native.exec(`create view ${quoteIdentifier(table)} as from ${quoteIdentifier(`_told_${table}`)} union all by name from ${quoteIdentifier(differenced)}`);
}
