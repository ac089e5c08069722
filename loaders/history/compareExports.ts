// Exports that hold only the present, compared from the oldest to the newest: what changed in between is history, known
// to the days between two exports. The newest fills the table; what became of the rows of the others is in the books.

import {createLocalDay} from "../build/localDay.js";
import type {DatedSource} from "../canonical/inputs.js";
import {intakeTable, type TableIntake, type TableTask, type TakenTable} from "../canonical/intakeTable.js";
import type {Loaded} from "../canonical/ledger.js";
import {stagedColumns, stagingDefinition} from "../canonical/stage.js";
import {quoteIdentifier, type Native} from "../native.js";
import type {ExportHistory, FileLedger} from "../../src/query/manifest.js";
import {historyFindings} from "./findings.js";
import {observe, type Observed, type ObservedFile} from "./observe.js";
import {resolutionOf} from "./resolution.js";
import {runStep} from "./step.js";

export interface Compared extends TakenTable {
  readonly histories: readonly ExportHistory[];
}

/**
 * Takes in the opportunities of sources that keep their exports, and of all others. Fills the tables of history that
 * publishHistory reads. Throws IntakeError where an export, an earlier one too, cannot be trusted.
 */
export async function compareExports(native: Native, task: TableTask, dated: readonly DatedSource[], options: TableIntake): Promise<Compared> {
  await createLocalDay(native, options.settings.timeZone);
  await runStep(native, "tables");
  const held = stagedColumns("opportunity", task.custom);
  await native.exec(stagingDefinition("_history_held", held));
  const books: FileLedger[] = [];
  const found: TakenTable["findings"][number][] = [];
  const places = new Map<DatedSource, Omit<Observed, "files" | "staged" | "known">>();
  const prints = new Map<DatedSource, readonly string[]>();
  const repeats = new Map<DatedSource, number>();

  const see = async (one: DatedSource, day: string, loaded: readonly Loaded[], staged: ReadonlySet<string>, first: number): Promise<void> => {
    const own = loaded.flatMap(({input, sha256}, index) => (input.source.id === one.source.id ? [{index, sha256, input}] : []));
    const last = places.get(one);
    const print = own.map(({sha256}) => sha256).sort();
    const repeated = last !== undefined && print.join() === prints.get(one)?.join();
    if (repeated) repeats.set(one, (repeats.get(one) ?? 0) + 1);
    prints.set(one, print);
    const at = {source: one.source.id, place: (last?.place ?? 0) + 1, day, before: last?.day ?? null, hasStages: hasStages(one, task)};
    places.set(one, at);
    const files = own.map(({index, input}): ObservedFile => ({staged: index, number: first + index, columns: new Set(columnsOf(input.columns))}));
    // The same bytes under a later day may be a copy of the older export: they prove nothing about that day.
    await observe(native, {...at, known: repeated ? knownBefore.get(one) ?? day : day, files, staged});
    knownBefore.set(one, repeated ? knownBefore.get(one) ?? day : day);
  };
  const knownBefore = new Map<DatedSource, string>();

  for (const one of dated) {
    for (const {day, inputs} of one.earlier) {
      if (inputs.length === 0) continue;
      const observed = async (loaded: readonly Loaded[], staged: ReadonlySet<string>): Promise<void> => {
        await see(one, day, loaded, staged, books.length);
        if (one.source.dated?.vanished === "out_of_view") await hold(native, staged);
      };
      const taken = await intakeTable(native, {...task, inputs}, {...options, observed});
      books.push(...taken.ledger.map((file) => ({...file, earlierExport: day})));
      found.push(...taken.findings);
    }
  }
  const taken = await intakeTable(native, task, {
    ...options,
    observed: async (loaded, staged) => {
      for (const one of dated) await see(one, one.newest, loaded, staged, books.length);
    }
  });
  for (const one of dated) await runStep(native, "vanished", {source: one.source.id, place: places.get(one)!.place, vanished: one.source.dated!.vanished});
  await runStep(native, "deleted");
  await runStep(native, "openings");
  await restore(native, task);
  const findings = await historyFindings(native, dated);
  const histories = await Promise.all(dated.map((one) => resolutionOf(native, one.source.id, repeats.get(one) ?? 0)));
  return {...taken, ledger: [...(await closeBooks(native, books)), ...taken.ledger], findings: [...taken.findings, ...found, ...findings], histories: histories.filter(({exports}) => exports > 1)};
}

const columnsOf = (columns: Readonly<Record<string, unknown>>): string[] => [...Object.keys(columns), ...(columns["stage"] ? ["state"] : [])];

/** Where no export of the source has a stage, its states are compared. */
const hasStages = ({source, earlier}: DatedSource, {inputs}: TableTask): boolean =>
  [...inputs.filter((input) => input.source.id === source.id), ...earlier.flatMap((one) => one.inputs)].some(({columns}) => columns["stage"]);

/** Keeps the newest row of every record that was closed: once an export no longer shows it, it stays as it was. */
async function hold(native: Native, staged: ReadonlySet<string>): Promise<void> {
  const names = [...staged, "_file"].map(quoteIdentifier).join(", ");
  await native.exec("delete from _history_held where opportunity_id in (select opportunity_id from _history_now)");
  await native.exec(`insert into _history_held by name select ${names} from opportunity where _why is null and state <> 'open' and opportunity_id in (select opportunity_id from _history_now)`);
}

/** Puts the held rows of records that left the view back into the table, and notes the ids of those that are gone. */
async function restore(native: Native, {custom}: TableTask): Promise<void> {
  const staged = new Set((await native.run({sql: "select column_name from duckdb_columns() where table_name = 'opportunity' and not internal", params: []})).map(({column_name}) => String(column_name)));
  const names = stagedColumns("opportunity", custom).map(({name}) => name).filter((name) => staged.has(name)).map(quoteIdentifier).join(", ");
  await native.exec(`insert into opportunity by name select ${names}, 0 as _file from _history_held where opportunity_id in (select opportunity_id from _history_gone where why = 'kept')`);
  await native.exec("insert into left_out select 'opportunity', opportunity_id, why from _history_gone where why in ('deleted', 'out_of_view')");
}

/** Rows of an earlier export count as superseded by the newest, but for the last ones of records that are no longer in it. */
async function closeBooks(native: Native, books: readonly FileLedger[]): Promise<FileLedger[]> {
  const rows = await native.run({sql: "select file, case why when 'reused' then 'deleted' else why end as why, count(*) as n from _history_gone where file is not null group by all", params: []});
  return books.map((book, number) => {
    const own = rows.filter(({file}) => Number(file) === number);
    const by = (why: string): number => own.filter((row) => row["why"] === why).reduce((sum, {n}) => sum + Number(n), 0);
    const gone = (["deleted", "out_of_view"] as const).filter((why) => by(why) > 0);
    const excludedWhy = {...book.excludedWhy, ...Object.fromEntries(gone.map((why) => [why, by(why) + (book.excludedWhy[why] ?? 0)]))};
    const excluded = gone.reduce((sum, why) => sum + by(why), 0);
    return {...book, kept: by("kept"), superseded: book.superseded + book.kept - by("kept") - excluded, excluded: book.excluded + excluded, excludedWhy};
  });
}
