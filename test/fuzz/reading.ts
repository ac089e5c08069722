// A world read for good: exports to canonical tables, checks, marts and answers; what came of it as plain data.

import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {asOfDay} from "../../loaders/build/asOf.js";
import {intake} from "../../loaders/canonical/intake.js";
import {readModels, type MartModel} from "../../loaders/build/martModel.js";
import {createManifest} from "../../loaders/manifest.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative, quoteIdentifier, type Native} from "../../loaders/native.js";
import {assess} from "../../loaders/quality/assess.js";
import {readSettings} from "../../loaders/settings.js";
import {SettingsError} from "../../loaders/settings/problems.js";
import {ask} from "../../src/query/ask.js";
import type {FileLedger} from "../../src/query/manifest.js";
import type {World} from "./world.js";

/** What reading a world gave. */
export interface Reading {
  readonly ledger: readonly FileLedger[];
  /** Rows of each canonical table that is fed. */
  readonly kept: Readonly<Record<string, number>>;
  /** Rows with a reject, by file and table. */
  readonly rejects: Readonly<Record<string, number>>;
  /** Rows of each mart, and a hash of all that is in it. */
  readonly marts: Readonly<Record<string, {readonly rows: number; readonly hash: string}>>;
  /** Current values of some metrics. */
  readonly answers: Readonly<Record<string, number | null>>;
  /** Data checks that failed. */
  readonly failed: readonly string[];
}

let models: Promise<MartModel[]> | undefined;

/** Models that read a fed table, however far behind, those they read, and those that others build on whatever is fed: the rest are empty. */
function modelsOver(all: readonly MartModel[], fed: readonly string[]): MartModel[] {
  const tables = new Set(fed.map((column) => column.split(".")[0]!));
  const byName = new Map(all.map((model) => [model.name, model]));
  const wanted = new Set<string>();
  const take = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    byName.get(name)?.sources.forEach((source) => take(source.name));
  };
  const isFed = (name: string): boolean => tables.has(name) || (byName.get(name)?.sources.some((source) => isFed(source.name)) ?? false);
  for (const {name} of all) if (isFed(name)) take(name);
  take("dim_stage");
  return all.filter(({name}) => wanted.has(name));
}

const metrics = ["revenue_won", "opportunities_won", "win_rate", "open_pipeline", "new_leads", "sales_cycle_days"];

/** Reads a world in a folder of its own, in which it then stands as the working folder. Throws what the product throws. */
export async function readWorld(world: World, memory: string): Promise<Reading> {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    writeFileSync(join(folder, "report.yaml"), world.settings);
    for (const [path, content] of world.files) {
      mkdirSync(dirname(join(folder, path)), {recursive: true});
      writeFileSync(join(folder, path), content);
    }
    process.chdir(folder);
    return await readHere(memory);
  } finally {
    process.chdir(before);
    rmSync(folder, {recursive: true, force: true});
  }
}

async function readHere(memory: string): Promise<Reading> {
  const settings = await readSettings("report.yaml", {}, {});
  const native = await openNative({memory, threads: 1});
  try {
    const read = await intake(settings, native);
    const {fed, custom, files} = read;
    const asOf = asOfOr(() => asOfDay(settings, read.newestStamp, fed));
    const {timeZone, currency} = settings;
    const marts = await runMarts(native, {asOf, timeZone, currency, fed, custom, models: modelsOver(await (models ??= readModels()), fed)});
    const {checks} = await assess(native, {settings, read, asOf});
    const written = marts.map(({name, grain, columns}) => ({name, grain, rows: 0, bytes: 0, sha256: "", columns}));
    const manifest = await createManifest(native, {settings, asOf, fed, files, marts, written, hash: ""});
    const {rows} = await ask({metrics, period: "all"}, {manifest, run: native.run});
    return {
      ledger: files,
      kept: Object.fromEntries(await Promise.all([...new Set(fed.map((column) => column.split(".")[0]!))].map(async (table) => [table, await count(native, quoteIdentifier(table))] as const))),
      rejects: Object.fromEntries((await native.run({sql: "select file || ' ' || table_name as at, count(distinct row_number) as n from reject group by 1", params: []})).map(({at, n}) => [String(at), Number(n)])),
      marts: Object.fromEntries(await Promise.all(marts.map(async ({name, records}) => [name, await contentOf(native, records)] as const))),
      answers: Object.fromEntries(rows.filter(({total}) => total).map(({metric, value}) => [metric, value] as const)),
      failed: checks.filter(({status}) => status === "failed").map(({id}) => id)
    };
  } finally {
    native.close();
  }
}

/** Exports without any stamp are of the end of 2025. */
function asOfOr(day: () => string): string {
  try {
    return day();
  } catch (error) {
    if (error instanceof SettingsError) return "2025-12-31";
    throw error;
  }
}

const count = async (native: Native, table: string): Promise<number> => Number((await native.run({sql: `select count(*) as n from ${table}`, params: []}))[0]?.["n"]);

/** The hash is that of the rows in any order. */
async function contentOf(native: Native, records: string): Promise<{rows: number; hash: string}> {
  const [found] = await native.run({sql: `select count(*) as rows, coalesce(sum(hash(one::varchar)), 0)::varchar as hash from (${records}) as one`, params: []});
  return {rows: Number(found!["rows"]), hash: String(found!["hash"])};
}
