// A canonical database for mart tests: only the named cells are filled, everything else is null.

import {createCanonicalTables, type CustomColumn} from "../../loaders/canonical/tables.js";
import {runMarts, type CustomMartColumn, type Mart} from "../../loaders/marts.js";
import {openNative, quoteIdentifier, type Native} from "../../loaders/native.js";

type Row = Readonly<Record<string, unknown>>;

export interface World {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly asOf?: string;
  readonly timeZone?: string;
  readonly custom?: readonly CustomMartColumn[];
}

export interface BuiltWorld {
  readonly native: Native;
  readonly marts: readonly Mart[];
  /** Rows of a mart or of a select, with only the named columns where some are named. */
  rows(mart: string, ...columns: string[]): Promise<readonly Row[]>;
}

/** Returns the marts of a world. Stages are Prospecting, Proposal (open), Won and Lost unless `stage_map` is given. */
export async function buildWorld({tables, asOf = "2025-03-31", timeZone = "UTC", custom = []}: World): Promise<BuiltWorld> {
  const native = await openNative();
  await createCanonicalTables(native, custom as readonly CustomColumn[]);
  const fed: string[] = [];
  for (const [table, rows] of Object.entries({stage_map: stages, ...tables})) {
    for (const row of rows) await insert(native, table, row);
    fed.push(...new Set(rows.flatMap((row) => Object.keys(row).map((column) => `${table}.${column}`))));
  }
  const marts = await runMarts(native, {asOf, timeZone, currency: "EUR", fed, custom});
  return {
    native,
    marts,
    rows: (mart, ...columns) => native.run({sql: `select ${columns.map(quoteIdentifier).join(", ") || "*"} from (${selectOf(marts, mart)})`, params: []})
  };
}

const stages: readonly Row[] = [
  {stage: "Prospecting", state: "open", rank: 1, probability: 0.1},
  {stage: "Proposal", state: "open", rank: 2, probability: 0.5},
  {stage: "Won", state: "won", rank: 3, probability: 1},
  {stage: "Lost", state: "lost", rank: 4, probability: 0}
];

function selectOf(marts: readonly Mart[], name: string): string {
  return marts.find((mart) => mart.name === name)?.select ?? `from ${quoteIdentifier(name)}`;
}

async function insert(native: Native, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row).map(quoteIdentifier).join(", ");
  const values = Object.values(row).map((value) => (value === null ? null : String(value)));
  await native.exec(`insert into ${quoteIdentifier(table)} (${columns}) values (${values.map(() => "?").join(", ")})`, values);
}
