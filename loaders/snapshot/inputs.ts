// What a month is made from: the settings as written, the exports, other files that the settings name. Each gets a name
// below one folder, so that a month is built the same way from what was kept as from where the files stood.

import {createHash} from "node:crypto";
import {readFileSync, statSync} from "node:fs";
import {mkdir, readFile, writeFile} from "node:fs/promises";
import {basename, dirname, isAbsolute, join, relative} from "node:path";
import {parse} from "yaml";
import {places} from "../build/buildHash.js";
import {filesIn} from "../build/filesIn.js";
import {listFiles} from "../canonical/files.js";
import {planInputs} from "../canonical/inputs.js";
import {exportName} from "../canonical/unread.js";
import {keptDays, pullRecord} from "../pull/kept.js";
import type {Settings, SettingsOverrides} from "../settings.js";
import type {SourceDeclaration} from "../sources/define.js";
import {SnapshotError} from "./fault.js";
import {lastDayOf} from "./month.js";

/** Name of the settings file among a month's inputs, and of what is put in place of some of its keys. */
export const settingsName = "report.yaml";
export const overridesName = "overrides.json";

export interface MonthInputs {
  readonly month: string;
  /** Last day of the month. */
  readonly asOf: string;
  /** Files to keep: where each stands, by its name among the inputs. */
  readonly files: ReadonlyMap<string, string>;
  /** Text of the settings file, without a key that was written out in it. */
  readonly settingsText: string;
  /** Puts the sources and files where they are among the inputs. */
  readonly overrides: SettingsOverrides;
  /** The settings as read, by top-level key, without secrets and without where things stand. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Finds what a month is made from. As-of is its last day. Of a source that keeps its exports by day those count that were
 * made up to the first one after the month, which is the first to know all of it; of any other what is there now.
 */
export async function findMonthInputs(settings: Settings, month: string): Promise<MonthInputs> {
  const asOf = lastDayOf(month);
  const files = new Map<string, string>();
  const written = parse(await readFile(settings.path, "utf8")) as Record<string, unknown> & {sources: Record<string, unknown>[]};
  const {inputs, folders} = await planInputs(settings.sources, settings.path);
  const read = inputs.map(({source, main, joins}) => ({source: source.id, paths: [main, ...joins.map(({head}) => head)].map(({path}) => path)}));
  const sources: Record<string, unknown>[] = [];
  for (const [index, source] of settings.sources.entries()) {
    const place = placeOf(source.folder, settings.folder, `outside/${source.id}`);
    const {pull: _, ...rest} = written.sources[index]!;
    sources.push({...rest, folder: place, dated: source.dated !== undefined});
    const add = (path: string) => files.set(portable(join(place, relative(source.folder, path))), path);
    if (source.dated) for (const path of await datedFiles(source, asOf)) add(path);
    else if (statSync(source.folder).isFile()) files.set(place, source.folder);
    else {
      const opened = folders.find((folder) => folder.source === source.id);
      const beside = opened ? listFiles(opened.folder).filter((name) => exportName.test(name)).map((name) => join(source.folder, name)) : [];
      for (const path of [...read.flatMap((one) => (one.source === source.id ? one.paths : [])), ...beside]) add(path);
    }
  }
  const own = (path: string): string => {
    const place = placeOf(path, settings.folder, `outside/${basename(path)}`);
    files.set(place, path);
    return place;
  };
  const named = ["holidays", "reconcile"].filter((key) => typeof written[key] === "string");
  const ownPlaces = Object.fromEntries(named.map((key, k) => [key, own(settings.ownFiles[k]!)]));
  for (const {records} of settings.reconcile?.lines ?? []) if (records) own(records.path);
  files.delete(settingsName);
  return {
    month, asOf, files,
    settingsText: withoutSecret(readFileSync(settings.path, "utf8"), written["pseudonym_key"]),
    overrides: {as_of: asOf, sources, ...ownPlaces, snapshots: {}},
    settings: plainSettings({...settings, asOf})
  };
}

const portable = (path: string): string => path.replaceAll("\\", "/");

/** Within the settings' folder a file keeps its place. */
function placeOf(path: string, folder: string, outside: string): string {
  const near = relative(folder, path);
  return near.startsWith("..") || isAbsolute(near) ? outside : portable(near) || ".";
}

async function datedFiles({folder}: SourceDeclaration, asOf: string): Promise<string[]> {
  const days = keptDays(folder);
  const last = days.find((day) => day > asOf) ?? days.at(-1)!;
  const kept = days.filter((day) => day <= last).map(async (day) => (await filesIn(join(folder, day))).filter((file) => file !== pullRecord).map((file) => join(folder, day, file)));
  return (await Promise.all(kept)).flat();
}

/** A key that is written out in the settings, where it should come from the environment, is not kept. */
function withoutSecret(text: string, key: unknown): string {
  return typeof key === "string" && key !== "" && !key.includes("${") ? text.replaceAll(key, "${QUARTERDECK_PSEUDONYM_KEY}") : text;
}

/** The settings that decide numbers and pages, by key. */
function plainSettings(settings: Settings): Record<string, unknown> {
  const {pseudonymKey, ...privacy} = settings.privacy;
  const told = {...settings, privacy: {...privacy, pseudonymKey: pseudonymKey === null ? null : "from the environment"}};
  return JSON.parse(JSON.stringify(told, (key, value: unknown) => (places.has(key) || key === "records" ? undefined : value))) as Record<string, unknown>;
}

/** Returns the SHA-256 of the settings' parts, by key. */
export function settingsHashes(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, createHash("sha256").update(JSON.stringify(value)).digest("hex")]));
}

/** Writes the settings of a month's inputs to the folder, and returns their path. */
export async function writeMonthSettings({settingsText, overrides}: Pick<MonthInputs, "settingsText" | "overrides">, folder: string): Promise<string> {
  await mkdir(folder, {recursive: true});
  const path = join(folder, settingsName);
  await writeFile(path, settingsText);
  await writeFile(join(folder, overridesName), `${JSON.stringify(overrides, null, 1)}\n`);
  return path;
}

/** Returns what is put in place of keys of the settings in the folder. Throws a SnapshotError where nothing says it. */
export async function readOverrides(folder: string): Promise<SettingsOverrides> {
  try {
    return JSON.parse(await readFile(join(folder, overridesName), "utf8")) as SettingsOverrides;
  } catch (error) {
    throw new SnapshotError(`${join(dirname(folder), overridesName)}: ${(error as Error).message}`, 2);
  }
}
