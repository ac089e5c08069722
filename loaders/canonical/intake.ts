// From settings and export files to typed canonical tables, with a ledger that adds up.

import {basename, dirname, relative} from "node:path";
import {createLocalMidnight} from "../build/localDay.js";
import {quoteIdentifier, type Native} from "../native.js";
import type {Settings} from "../settings.js";
import {SettingsError} from "../settings/problems.js";
import type {StageRules} from "../sources/define.js";
import type {FileLedger} from "../../src/query/manifest.js";
import type {Finding} from "../quality/define.js";
import {checkRejects, checkStages, newestStamp, pointAtSurvivors, supersede} from "./checks.js";
import type {Place} from "./checks.js";
import {emptyRows} from "./emptyLines.js";
import {planInputs} from "./inputs.js";
import type {Input} from "./inputs.js";
import {loadInput} from "./load.js";
import type {Taken} from "./load.js";
import {digestFile} from "./read.js";
import type {Digest} from "./read.js";
import {canonicalTables, keyColumns} from "./schema.js";
import type {ColumnType, PrivacyClass, TableName} from "./schema.js";
import {stageSql, stagedColumns, staging, stagingDefinition} from "./stage.js";
import type {StagedColumn} from "./stage.js";
import {checkStamps, newestKept, type Stamped} from "./stamps.js";
import {createCanonicalTables, sqlTypes} from "./tables.js";

export {IntakeError} from "./problems.js";

/** A column kept by settings; in its canonical table it is called custom_<name>. */
export interface CustomField {
  readonly table: TableName;
  readonly name: string;
  readonly type: ColumnType;
  readonly role: "dimension" | "measure";
  readonly label: string;
  readonly unit?: "count" | "currency" | "percent" | "days" | "ratio" | "score";
  readonly privacy: PrivacyClass;
}

export interface StageEntry {
  readonly stage: string;
  readonly state: "open" | "won" | "lost";
  /** Place in the pipeline, from 1; won and lost come after the open ones. */
  readonly rank: number;
  /** Chance to win, 0–1. */
  readonly probability: number | null;
}

export interface Intake {
  /** "opportunity.amount": canonical columns that some file feeds. */
  readonly fed: readonly string[];
  readonly files: readonly FileLedger[];
  /** Newest updated_at of any kept record, ISO in UTC; null where the exports hold none. */
  readonly newestStamp: string | null;
  readonly custom: readonly CustomField[];
  readonly stages: readonly StageEntry[];
  /** What checks of a grade below stop came across; loaders/quality tells it. */
  readonly findings: readonly Finding[];
}

export interface IntakeEffects {
  /** Told of each file as it is read. */
  readonly progress?: (file: string, table: string) => void;
  /** Hash and size of a file, where the caller knows them already. */
  readonly digest?: (path: string) => Promise<Digest | undefined>;
}

/**
 * Creates every canonical table in the database, typed, filled from the sources, empty where nothing feeds it; beside
 * them `stage_map` and `reject`. Times are UTC.
 * Throws SettingsError where files or columns are missing, IntakeError where the exports cannot be trusted.
 */
export async function intake(settings: Settings, native: Native, effects: IntakeEffects = {}): Promise<Intake> {
  const {inputs, problems} = await planInputs(settings.sources, relative(process.cwd(), settings.path) || settings.path);
  if (problems.length) throw new SettingsError(problems);
  const digest = remembered(async (path) => (await effects.digest?.(path)) ?? digestFile(path));
  const custom = customFields(inputs);
  await createCanonicalTables(native, custom);
  await createLocalMidnight(native, settings.timeZone);
  const stages = await createStageMap(settings, inputs, native);
  const tables = (Object.keys(canonicalTables) as TableName[]).filter((table) => inputs.some(({mapping}) => mapping.table === table));
  const files: FileLedger[] = [];
  const newest: Stamped[] = [];
  const findings: Finding[] = [];
  const feeding = sourcesByTable(inputs);
  for (const table of tables) {
    const taken = await intakeTable(table, {settings, native, effects, digest, custom, feeding, inputs: inputs.filter(({mapping}) => mapping.table === table)});
    files.push(...taken.ledger);
    newest.push(...taken.newest);
    findings.push(...taken.findings);
  }
  const fed = fedColumns(inputs);
  await pointAtSurvivors(native, fed);
  for (const table of tables) await publish(native, stagedColumns(table, custom.filter((field) => field.table === table)), table, fed);
  const ahead = await checkStamps(newest, files.reduce((sum, {kept}) => sum + kept, 0));
  return {fed, files, newestStamp: await newestStamp(native, fed), custom, stages, findings: [...findings, ...ahead]};
}

interface TableIntake {
  readonly settings: Settings;
  readonly native: Native;
  readonly effects: IntakeEffects;
  readonly digest: (path: string) => Promise<Digest>;
  readonly custom: readonly CustomField[];
  readonly feeding: ReadonlyMap<string, ReadonlySet<string>>;
  readonly inputs: readonly Input[];
}

async function intakeTable(table: TableName, {settings, native, effects, digest, custom, feeding, inputs}: TableIntake): Promise<{ledger: FileLedger[]; newest: Stamped[]; findings: Finding[]}> {
  const kept = custom.filter((field) => field.table === table);
  const fed = new Set(fedColumns(inputs));
  const only = (columns: readonly StagedColumn[]): StagedColumn[] => columns.filter(({name}) => fed.has(`${table}.${name}`));
  const columns = only(stagedColumns(table, kept));
  await native.exec(`drop table ${quoteIdentifier(table)}`);
  await native.exec(stagingDefinition(table, columns));
  const loaded: Loaded[] = [];
  let offset = 0;
  for (const [fileNumber, input] of inputs.entries()) {
    effects.progress?.(basename(input.main.path), table);
    const namespaces = Object.fromEntries([...feeding].flatMap(([name, ids]) => (ids.size > 1 && ids.has(input.source.id) ? [[name, input.source.id]] : [])));
    const statement = stageSql({input, columns: only(stagedColumns(table, kept, input)), fileNumber, reportZone: settings.timeZone, stages: stagesOf(input), namespaces});
    const [taken, {sha256, bytes}] = await Promise.all([loadInput(native, input, statement, table, digest), digest(input.main.file)]);
    const rows = await count(native, table);
    loaded.push({...taken, input, file: shownPath(settings, input), sha256, bytes, offset, rows: rows - offset, gaps: async () => gapsOf(input, taken, (await digest(input.main.content)).emptyLines)});
    offset = rows;
  }
  const place: Place = async (file, r) => {
    const [found] = await native.run({sql: `select ${await rowNumber(loaded[file]!, "place")} as row_number from (select ${placeSql(loaded[file]!, r)} as place)`, params: []});
    return {file: loaded[file]!.file, row: Number(found?.["row_number"])};
  };
  const gradeOf = (id: string) => settings.checks[id]!.grade;
  const unknown = await checkStages(native, table, columns, inputs.map((input) => ({input, stages: stagesOf(input)})), {place, grade: gradeOf("known_stages")});
  const repeated = await supersede(native, table, columns, {place, grade: gradeOf("unique_keys")});
  await ledgerRejects(native, table, loaded);
  const ledger = await ledgerFiles(native, table, loaded);
  const rejects = await checkRejects(native, table, ledger, {limit: settings.rejectLimit, grade: gradeOf("rejects_few")});
  await native.exec(`delete from ${quoteIdentifier(table)} where ${staging.why} in ('rejected', 'superseded')`);
  return {ledger, newest: fed.has(`${table}.updated_at`) ? await newestRecords(native, table, place) : [], findings: [...unknown, ...repeated, ...rejects]};
}

interface Loaded extends Taken {
  readonly input: Input;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Rowid of the file's first row in the staging table. */
  readonly offset: number;
  readonly rows: number;
  /** Rows of the file that are no record: malformed or empty lines, in order. */
  readonly gaps: () => Promise<readonly number[]>;
}

async function newestRecords(native: Native, table: TableName, place: Place): Promise<Stamped[]> {
  const [key] = Object.keys(canonicalTables[table].columns);
  const sql = `select rowid as r, ${staging.file} as file, ${quoteIdentifier(key!)} as key, updated_at from ${quoteIdentifier(table)}
    where updated_at is not null and ${staging.why} is null order by updated_at desc, key limit ${newestKept}`;
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

/** The place among the records of a file, from 0, of the staging row `r`. */
const placeSql = ({offset, lines}: Loaded, r: string): string => (lines ? `(select line from ${quoteIdentifier(lines)} as lines where lines.rowid = ${r} - ${offset})` : `${r} - ${offset}`);

/** Returns the row of the file, as its format counts, in which the record at `place` stands, a column or a number. */
async function rowNumber({input, gaps}: Loaded, place: string): Promise<string> {
  const first = input.main.firstRow;
  const before = (await gaps()).map((row, index) => row - first - index);
  const shift = before.length ? ` + list_count(list_filter([${before.join(", ")}], lambda gap: gap <= ${place}))` : "";
  return `${place} + ${first}${shift}`;
}

async function ledgerRejects(native: Native, table: TableName, loaded: readonly Loaded[]): Promise<void> {
  const name = quoteIdentifier(table);
  const rejected = `${staging.bad} is not null and (${staging.why} is null or ${staging.why} = 'rejected')`;
  const faulty = new Set((await native.run({sql: `select distinct ${staging.file} as file from ${name} where ${rejected}`, params: []})).map(({file}) => Number(file)));
  for (const [fileNumber, one] of loaded.entries()) {
    const {input, file, malformed, broken} = one;
    if (faulty.has(fileNumber)) {
      await native.exec(
        `insert into reject select $1, $2, $3, ${await rowNumber(one, "place")}, fault.name, fault.value, fault.rule
        from (select ${placeSql(one, "r")} as place, fault from (select rowid as r, unnest(${staging.bad}) as fault from ${name} where ${staging.file} = ${fileNumber} and ${rejected}))`,
        [input.source.id, table, file]
      );
    }
    for (const {row, line} of malformed) {
      await native.exec("insert into reject values ($1, $2, $3, $4, null, $5, 'malformed')", [input.source.id, table, file, row, line.slice(0, 500)]);
    }
    for (const {position, text} of broken) {
      const list = input.mapping.each ?? "";
      await native.exec(`insert into reject select $1, $2, $3, ${await rowNumber(one, String(position))}, $4, $5, 'list'`, [input.source.id, table, file, list, text.slice(0, 500)]);
    }
  }
}

async function ledgerFiles(native: Native, table: TableName, loaded: readonly Loaded[]): Promise<FileLedger[]> {
  const sql = `select ${staging.file} as file, ${staging.why} as why, count(*) as rows, sum(case when ${staging.why} is null then len(${staging.bad}) end) as cells from ${quoteIdentifier(table)} group by all order by file, why`;
  const counts = await native.run({sql, params: []});
  return loaded.map(({input, file, sha256, bytes, rows, malformed, broken}, fileNumber) => {
    const own = counts.filter((row) => row["file"] === fileNumber);
    const by = (why: string | null): number => Number(own.find((row) => row["why"] === why)?.["rows"] ?? 0);
    const excludedWhy = Object.fromEntries(own.flatMap(({why, rows}) => (why === null || why === "rejected" || why === "superseded" ? [] : [[String(why), Number(rows)]])));
    return {
      source: input.source.id,
      table,
      file,
      sha256,
      bytes,
      rows: rows + malformed.length + broken.length,
      kept: by(null),
      rejected: by("rejected") + malformed.length + broken.length,
      excluded: Object.values(excludedWhy).reduce((sum, rows) => sum + rows, 0),
      superseded: by("superseded"),
      rejectedCells: own.reduce((sum, {cells}) => sum + Number(cells ?? 0), 0),
      excludedWhy
    };
  });
}

/** Empty lines are looked for only where a row must be named. A file of one column has none: there they are empty cells. */
async function gapsOf({main}: Input, {malformed}: Taken, emptyLines: boolean): Promise<readonly number[]> {
  const empty = main.delimiter !== "" && (emptyLines || main.encoding !== "utf-8") && main.header.length > 1 ? await emptyRows(main) : [];
  return [...malformed.map(({row}) => row), ...empty].sort((a, b) => a - b);
}

/** Relative to the settings file; of a folder elsewhere only its own name is shown, so that no path of the machine is. */
function shownPath({folder}: Settings, {source, main}: Input): string {
  const path = relative(folder, main.path).replaceAll("\\", "/");
  return path.startsWith("../") ? relative(dirname(source.folder), main.path).replaceAll("\\", "/") : path;
}

/**
 * Puts the canonical table in place of its staging area: a view with every column, over the rows that are kept and the
 * columns that are fed. Empty columns would take as much memory as full ones. Of the rows left out stay their ids: a
 * reference to one is no fault.
 */
async function publish(native: Native, columns: readonly StagedColumn[], table: TableName, fed: readonly string[]): Promise<void> {
  const [name, rows] = [quoteIdentifier(table), quoteIdentifier(`_${table}`)];
  const [key] = keyColumns(canonicalTables[table]);
  if (isReferredTo(table)) await native.exec(`insert into left_out select '${table}', ${quoteIdentifier(key!)}, ${staging.why} from ${name} where ${staging.why} is not null and ${quoteIdentifier(key!)} is not null`);
  await native.exec(`delete from ${name} where ${staging.why} is not null`);
  for (const column of Object.values(staging)) await native.exec(`alter table ${name} drop column ${column}`);
  await native.exec(`alter table ${name} rename to ${rows}`);
  const select = columns.map(({name, type}) => `${fed.includes(`${table}.${name}`) ? quoteIdentifier(name) : `null::${sqlTypes[type]}`} as ${quoteIdentifier(name)}`);
  await native.exec(`create view ${name} as select ${select.join(", ")} from ${rows}`);
}

const isReferredTo = (table: TableName): boolean =>
  Object.values(canonicalTables).some(({columns}) => Object.values<{readonly references?: string}>(columns).some(({references}) => references === table));

const count = async (native: Native, table: string): Promise<number> => Number((await native.run({sql: `select count(*) as n from ${quoteIdentifier(table)}`, params: []}))[0]?.["n"]);

function remembered(digest: (path: string) => Promise<Digest>): (path: string) => Promise<Digest> {
  const known = new Map<string, Promise<Digest>>();
  return (path) => {
    const found = known.get(path) ?? digest(path);
    known.set(path, found);
    return found;
  };
}

const stagesOf = ({mapping, source}: Input): StageRules => mapping.stages ?? source.stages;

function sourcesByTable(inputs: readonly Input[]): Map<string, Set<string>> {
  const feeding = new Map<string, Set<string>>();
  for (const {mapping, source} of inputs) feeding.set(mapping.table, (feeding.get(mapping.table) ?? new Set()).add(source.id));
  return feeding;
}

function customFields(inputs: readonly Input[]): CustomField[] {
  const fields = new Map<string, CustomField>();
  for (const {mapping, columns} of inputs) {
    for (const [name, {rule: _, ...field}] of Object.entries(mapping.custom)) {
      if (columns[`custom_${name}`]) fields.set(`${mapping.table}.${name}`, {table: mapping.table, name, ...field});
    }
  }
  return [...fields.values()].sort((a, b) => (`${a.table}.${a.name}` < `${b.table}.${b.name}` ? -1 : 1));
}

function fedColumns(inputs: readonly Input[]): string[] {
  const fed = inputs.flatMap((input) => {
    const {mapping, columns} = input;
    const stages = stagesOf(input);
    const derived = columns["stage"] && mapping.table !== "lead" && "state" in canonicalTables[mapping.table].columns && stages.open.length + stages.won.length + stages.lost.length > 0 ? ["state"] : [];
    return [...Object.keys(columns), ...derived].map((column) => `${mapping.table}.${column}`);
  });
  return [...new Set(fed)].sort();
}

async function createStageMap(settings: Settings, inputs: readonly Input[], native: Native): Promise<StageEntry[]> {
  const staged = inputs.filter(({mapping, columns}) => columns["stage"] && mapping.table !== "lead");
  const entries = new Map<string, Omit<StageEntry, "rank">>();
  for (const input of staged) {
    const {open, won, lost} = stagesOf(input);
    for (const [state, names] of [["open", open], ["won", won], ["lost", lost]] as const) {
      for (const stage of names) {
        if (!entries.has(stage)) entries.set(stage, {stage, state, probability: input.source.probability[stage] ?? (state === "won" ? 1 : state === "lost" ? 0 : null)});
      }
    }
  }
  const order = ["open", "won", "lost"];
  const stages = [...entries.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)).map((entry, index) => ({...entry, rank: index + 1}));
  for (const {stage, state, rank, probability} of stages) await native.exec("insert into stage_map values (?, ?, ?, ?)", [stage, state, rank, probability]);
  return stages;
}
