// One canonical table from all files that feed it: staged, checked, its books made. Tables know nothing of each other here.

import {statSync} from "node:fs";
import {basename, dirname, relative} from "node:path";
import {quoteIdentifier, type Native} from "../native.js";
import type {Settings} from "../settings.js";
import type {FileLedger} from "../../src/query/manifest.js";
import type {Finding} from "../quality/define.js";
import {checkRejects, checkStages, supersede} from "./checks.js";
import type {Place} from "./checks.js";
import {fedColumns, stagesOf, type CustomField} from "./feeds.js";
import type {Input} from "./inputs.js";
import {gapsOf, ledgerFiles, ledgerRejects, placeIn, type Loaded} from "./ledger.js";
import {loadInput} from "./load.js";
import type {FileFacts} from "./read.js";
import {canonicalTables} from "./schema.js";
import type {TableName} from "./schema.js";
import {stageSql, stagedColumns, staging, stagingDefinition} from "./stage.js";
import type {StagedColumn} from "./stage.js";
import {newestKept, type Stamped} from "./stamps.js";

/** A canonical table and the files that feed it. */
export interface TableTask {
  readonly table: TableName;
  readonly inputs: readonly Input[];
  /** Its custom columns. */
  readonly custom: readonly CustomField[];
}

export interface TableIntake {
  readonly settings: Settings;
  readonly facts: FileFacts;
  readonly progress?: (file: string, table: string) => void;
  /** Sources by table. */
  readonly feeding: ReadonlyMap<string, ReadonlySet<string>>;
  /** Called once every row is judged and none is gone, with the files and the columns of the staging table. */
  readonly observed?: (loaded: readonly Loaded[], staged: ReadonlySet<string>) => Promise<void>;
}

export interface TakenTable {
  readonly ledger: readonly FileLedger[];
  readonly newest: readonly Stamped[];
  readonly findings: readonly Finding[];
}

/** How much there is to read, in bytes. */
export const bytesOf = ({inputs}: TableTask): number => inputs.flatMap(({main, joins}) => [main, ...joins.map(({head}) => head)]).reduce((sum, {file}) => sum + statSync(file).size, 0);

/**
 * Puts a staging table in place of an empty canonical one and fills it. Left in it are the rows that are kept, and
 * those left out that references may point at; the rest stands in the ledger and in `reject`. Throws IntakeError.
 */
export async function intakeTable(native: Native, {table, inputs, custom}: TableTask, {settings, facts, progress, feeding, observed}: TableIntake): Promise<TakenTable> {
  const fed = new Set(fedColumns(inputs));
  const only = (columns: readonly StagedColumn[]): StagedColumn[] => columns.filter(({name}) => fed.has(`${table}.${name}`));
  const columns = only(stagedColumns(table, custom));
  await native.exec(`drop table ${quoteIdentifier(table)}`);
  await native.exec(stagingDefinition(table, columns));
  const loaded: Loaded[] = [];
  let offset = 0;
  for (const [fileNumber, input] of inputs.entries()) {
    progress?.(basename(input.main.path), table);
    const namespaces = Object.fromEntries([...feeding].flatMap(([name, ids]) => (ids.size > 1 && ids.has(input.source.id) ? [[name, input.source.id]] : [])));
    const statement = stageSql({input, columns: only(stagedColumns(table, custom, input)), fileNumber, reportZone: settings.timeZone, stages: stagesOf(input), namespaces, noLoss: settings.noLoss});
    const [taken, {sha256, bytes}] = await Promise.all([loadInput(native, input, statement, table, facts.traits), facts.digest(input.main.file)]);
    const rows = await count(native, table);
    loaded.push({...taken, input, file: shownPath(settings, input), sha256, bytes, offset, rows: rows - offset, gaps: async () => gapsOf(input, taken, (await facts.traits(input.main.content)).emptyLines)});
    offset = rows;
  }
  const place = placeIn(native, loaded);
  const gradeOf = (id: string) => settings.checks[id]!.grade;
  const unknown = await checkStages(native, table, columns, inputs.map((input) => ({input, stages: stagesOf(input)})), {place, grade: gradeOf("known_stages")});
  const repeated = await supersede(native, table, columns, {place, grade: gradeOf("unique_keys")});
  await ledgerRejects(native, table, loaded);
  const ledger = await ledgerFiles(native, table, loaded);
  const rejects = await checkRejects(native, table, ledger, {limit: settings.rejectLimit, grade: gradeOf("rejects_few")});
  await observed?.(loaded, new Set(columns.map(({name}) => name)));
  await native.exec(`delete from ${quoteIdentifier(table)} where ${staging.why} in ('rejected', 'superseded')`);
  return {ledger, newest: fed.has(`${table}.updated_at`) ? await newestRecords(native, table, place) : [], findings: [...unknown, ...repeated, ...rejects]};
}

const count = async (native: Native, table: string): Promise<number> => Number((await native.run({sql: `select count(*) as n from ${quoteIdentifier(table)}`, params: []}))[0]?.["n"]);

async function newestRecords(native: Native, table: TableName, place: Place): Promise<Stamped[]> {
  const [key] = Object.keys(canonicalTables[table].columns);
  const kept = `from ${quoteIdentifier(table)} where ${staging.why} is null`;
  // The stamps alone say where the newest begin: keys are read of those records only.
  const first = `select min(updated_at) from (select updated_at ${kept} and updated_at is not null order by updated_at desc limit ${newestKept})`;
  const sql = `select rowid as r, ${staging.file} as file, ${quoteIdentifier(key!)} as key, updated_at ${kept} and updated_at >= (${first}) order by updated_at desc, key limit ${newestKept}`;
  return (await native.run({sql, params: []})).map(({r, file, key, updated_at}) => ({
    table,
    stamp: String(updated_at),
    key: String(key),
    place: async () => {
      const {file: name, row} = await place(Number(file), String(r));
      return `${name} row ${row}`;
    }
  }));
}

/** Relative to the settings file; of a folder elsewhere only its own name is shown, so that no path of the machine is. */
function shownPath({folder}: Settings, {source, main}: Input): string {
  const path = relative(folder, main.path).replaceAll("\\", "/");
  return path.startsWith("../") ? relative(dirname(source.folder), main.path).replaceAll("\\", "/") : path;
}
