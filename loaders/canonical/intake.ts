// From settings and export files to typed canonical tables, with a ledger that adds up.

import {relative} from "node:path";
import {openLanes} from "../build/lanes.js";
import {createLocalMidnight} from "../build/localDay.js";
import type {Native} from "../native.js";
import type {Settings} from "../settings.js";
import {SettingsError} from "../settings/problems.js";
import type {ExportHistory, FileLedger} from "../../src/query/manifest.js";
import type {Finding} from "../quality/define.js";
import {newestStamp, pointAtSurvivors} from "./checks.js";
import {customFields, fedColumns, sourcesByTable, type CustomField} from "./feeds.js";
import {planInputs} from "./inputs.js";
import {bytesOf, intakeTable, type TableTask, type TakenTable} from "./intakeTable.js";
import {compareExports, type Compared} from "../history/compareExports.js";
import {differencedColumns, publishHistory} from "../history/publishHistory.js";
import {publishTable} from "./publishTable.js";
import {fileFacts, type Digest} from "./read.js";
import {canonicalTables} from "./schema.js";
import type {TableName} from "./schema.js";
import {stagedColumns} from "./stage.js";
import {createStageMap, type StageEntry} from "./stageMap.js";
import {checkStamps} from "./stamps.js";
import {createCanonicalTables} from "./tables.js";
import {unreadFiles} from "./unread.js";

export {IntakeError} from "./problems.js";

export interface Intake {
  /** "opportunity.amount": canonical columns that some file feeds. */
  readonly fed: readonly string[];
  readonly files: readonly FileLedger[];
  /** Newest updated_at of any kept record, ISO in UTC; null where the exports hold none. */
  readonly newestStamp: string | null;
  /** Day of the newest dated export; null where no source keeps its exports. */
  readonly newestExport: string | null;
  /** Sources whose history comes of comparing their exports. */
  readonly histories: readonly ExportHistory[];
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
  const {inputs, dated, folders, problems} = await planInputs(settings.sources, relative(process.cwd(), settings.path) || settings.path);
  if (problems.length) throw new SettingsError(problems);
  const custom = customFields(inputs);
  await createCanonicalTables(native, custom);
  const stages = await createStageMap(native, inputs);
  const tasks = (Object.keys(canonicalTables) as TableName[]).flatMap((table): TableTask[] => {
    const own = inputs.filter(({mapping}) => mapping.table === table);
    return own.length ? [{table, inputs: own, custom: custom.filter((field) => field.table === table)}] : [];
  });
  const compared = tasks.some(({table}) => table === "opportunity") && dated.some(({earlier}) => earlier.some((one) => one.inputs.length > 0));
  const exported = fedColumns(inputs);
  const fed = compared ? [...new Set([...exported, ...differencedColumns])].sort() : exported;
  const lanes = await openLanes(native, (lane) => createLocalMidnight(lane, settings.timeZone));
  try {
    const options = {settings, facts: fileFacts(effects.digest), progress: effects.progress, feeding: sourcesByTable(inputs)};
    const taken = await lanes.each(tasks, (task, lane): Promise<TakenTable & Partial<Compared>> => (compared && task.table === "opportunity" ? compareExports(lane, task, dated, options) : intakeTable(lane, task, options)), bytesOf);
    await pointAtSurvivors(native, exported);
    await lanes.each(tasks, ({table, custom}, lane) => publishTable(lane, stagedColumns(table, custom), table, exported));
    if (compared) await publishHistory(native);
    const files = taken.flatMap(({ledger}) => ledger);
    const ahead = await checkStamps(taken.flatMap(({newest}) => newest), files.reduce((sum, {kept}) => sum + kept, 0));
    return {fed, files, newestStamp: await newestStamp(native, fed), newestExport: dated.map(({newest}) => newest).sort().at(-1) ?? null, histories: taken.flatMap(({histories = []}) => histories), custom, stages, findings: [...taken.flatMap(({findings}) => findings), ...ahead, ...unreadFiles({inputs, folders}, settings)]};
  } finally {
    lanes.close();
  }
}
