// The canonical model as DuckDB tables: typed, empty, in the order of schema.ts.

import {quoteIdentifier, type Native} from "../native.js";
import {canonicalTables, type CanonicalTable, type ColumnType} from "./schema.js";

/** How a canonical type is stored. Timestamps are UTC, percentages shares 0–1, money exact to the cent. */
export const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  number: "DOUBLE",
  money: "DECIMAL(18,2)",
  percent: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  timestamp: "TIMESTAMP"
};

/** A column kept by settings: stored as `custom_<name>` beside the table's own. */
export interface CustomColumn {
  readonly table: string;
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * Creates every canonical table, empty, with its custom columns, and beside them `stage_map(stage, state, rank,
 * probability)`, `reject(source, table_name, file, row_number, column_name, value, rule)` and `left_out(table_name, id,
 * why)`: the records that were excluded from tables that others refer to.
 */
export async function createCanonicalTables(native: Pick<Native, "exec">, custom: readonly CustomColumn[] = []): Promise<void> {
  for (const [name, table] of Object.entries<CanonicalTable>(canonicalTables)) {
    await native.exec(canonicalDefinition(name, table, custom.filter((column) => column.table === name)));
  }
  await native.exec("create table stage_map (stage VARCHAR, state VARCHAR, rank INTEGER, probability DOUBLE)");
  await native.exec(`create table reject (source VARCHAR, table_name VARCHAR, file VARCHAR, row_number BIGINT,
    column_name VARCHAR, value VARCHAR, rule VARCHAR)`);
  await native.exec("create table left_out (table_name VARCHAR, id VARCHAR, why VARCHAR)");
}

/** Returns the CREATE TABLE statement of one canonical table. */
export function canonicalDefinition(name: string, table: CanonicalTable, custom: readonly CustomColumn[] = []): string {
  const own = Object.entries(table.columns).map(([column, {type}]) => [column, sqlTypes[type]]);
  const kept = custom.map((column) => [`custom_${column.name}`, sqlTypes[column.type]]);
  const columns = [...own, ...kept].map(([column, type]) => `${quoteIdentifier(column!)} ${type}`);
  return `create table ${quoteIdentifier(name)} (${columns.join(", ")})`;
}
