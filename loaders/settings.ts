// The one reader of report.yaml and of the environment: a file path in, typed settings out, or one error that names every fault.

import {existsSync, readFileSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import Papa from "papaparse";
import {checkInputs} from "./canonical/inputs.js";
import {validateSettings} from "./settings/validate.js";
import type {Validated} from "./settings/validate.js";
import {months, weekdays} from "./settings/schema.js";
import type {CrmSourceSettings, CsvSourceSettings, SettingsDocument} from "./settings/schema.js";
import {tellApart} from "./settings/only.js";
import {reportRules} from "./settings/rules.js";
import {reportFunnels} from "./settings/funnels.js";
import {SettingsError, nearest} from "./settings/problems.js";
import type {SettingsProblem} from "./settings/problems.js";
import {columnRules, csvDefaults, csvMappings, customColumns, excludeRules} from "./sources/csv.js";
import {dateProblem, ambiguousDates} from "./canonical/dates.js";
import {monthNames} from "./canonical/monthNames.js";
import type {CrmDefaults, SourceDeclaration, SourceDefaults, StageRules, TableMapping} from "./sources/define.js";
import {crms} from "./sources/index.js";
import type {CheckRules} from "./quality/define.js";
import {readReconcile, type ReconcileSettings} from "./quality/reconcile/readReconcile.js";
import {checkRules} from "./quality/settings.js";
import {publishable, shortestKey, type PrivacySettings} from "./privacy/settings.js";
import {declarePull, type SourcePull} from "./pull/settings.js";
import {withKept} from "./pull/withKept.js";
import {activityWeights} from "../src/metrics/activityPoints.js";
import type {CrmGain} from "../src/metrics/sellingCost.js";
import {healthRules, type HealthRules} from "../src/metrics/health.js";
import type {Funnel} from "../src/metrics/funnel.js";
import {metrics} from "../src/metrics/index.js";
import type {CalendarRules} from "../src/query/manifest.js";
import type {ReportRules} from "../src/query/rules.js";
import {variantsOf} from "../src/query/variants.js";

export {SettingsError} from "./settings/problems.js";
export type {SettingsProblem} from "./settings/problems.js";

/** The settings of one report: report.yaml in camelCase, checked, paths absolute, every source a declaration. */
export interface Settings {
  /** Absolute path of the settings file. */
  readonly path: string;
  /** Absolute folder of the settings file. */
  readonly folder: string;
  readonly title: string;
  readonly fictional: boolean;
  readonly language: "en" | "hu";
  readonly timeZone: string;
  readonly currency: string;
  readonly calendar: CalendarRules;
  /** "newest", or the day as YYYY-MM-DD. */
  readonly asOf: string;
  readonly defaultPeriod: string;
  /** Share 0–1 of a table's rows. */
  readonly rejectLimit: number;
  /** Grade and limits of every data check, by its id. */
  readonly checks: CheckRules;
  /** The CRM's own totals; undefined where none are given. */
  readonly reconcile: ReconcileSettings | undefined;
  readonly privacy: PrivacySettings;
  /** Overrides of declared windows by metric id: days, or null for none. */
  readonly windows: Readonly<Record<string, number | null>>;
  /** Weights and bands of the customers' health, the declared ones where the file says nothing. */
  readonly health: HealthRules;
  /** What the CRM is taken to gain the company a year; null where nobody has said. */
  readonly crmGain: CrmGain | null;
  /** Points of one activity by its type, the declared ones where the file says nothing. */
  readonly activityPoints: Readonly<Record<string, number>>;
  /** The definition that stands for a KPI with several, by its id. */
  readonly variants: Readonly<Record<string, string>>;
  /** How numbers are judged and explained, where the file says something. */
  readonly rules: ReportRules;
  /** Shipped funnels as the file changes them, and its own. */
  readonly funnels: readonly Funnel[];
  readonly sources: readonly SourceDeclaration[];
  /** Files that the settings name and that are no exports, absolute: holidays, control totals. */
  readonly ownFiles: readonly string[];
  /** How those of the sources are pulled that are. */
  readonly pulls: readonly SourcePull[];
}

/** Replaces top-level keys of the file, in its own spelling: {as_of: "2025-01-31"}. */
export type SettingsOverrides = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the settings in the YAML file at `path`. Files and column names that the sources need are looked up as well.
 * Throws one SettingsError that carries every fault with its line, what is allowed and the nearest right word.
 */
export async function readSettings(path: string, overrides: SettingsOverrides = {}, environment: Environment = process.env): Promise<Settings> {
  const file = shownPath(path);
  const declared = declareSettings(path, overrides, environment);
  const found: SettingsProblem[] = [];
  const settings = {...declared, sources: withKept(declared.sources, declared.pulls, file, found)};
  if (found.length === 0) found.push(...(await checkInputs(settings.sources, file)));
  assertRight(found);
  return settings;
}

/** Returns the settings as written, before a pull: of sources that are pulled nothing need be there yet, and no export is looked into. */
export function declareSettings(path: string, overrides: SettingsOverrides = {}, environment: Environment = process.env): Settings {
  const file = shownPath(path);
  const {document, problems, lineOf} = validateSettings(readText(path, file), file, overrides);
  if (!document) throw new SettingsError(problems);
  const found: SettingsProblem[] = [];
  const settings = normalise(document, resolve(path), {file, lineOf, environment, found});
  assertRight(found);
  return settings;
}

const shownPath = (path: string): string => relative(process.cwd(), resolve(path)) || path;

function assertRight(found: SettingsProblem[]): void {
  if (found.length > 0) throw new SettingsError(found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

interface Reading {
  readonly file: string;
  readonly lineOf: Validated["lineOf"];
  readonly environment: Environment;
  /** Faults are added here. */
  readonly found: SettingsProblem[];
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SettingsError([{code: "unreadable", file, value: (error as Error).message}]);
  }
}

function normalise(document: SettingsDocument, path: string, reading: Reading): Settings {
  const folder = dirname(path);
  const declared = sources(document, folder, reading);
  return {
    path,
    folder,
    title: document.title,
    fictional: document.fictional,
    language: document.language,
    timeZone: document.time_zone,
    currency: document.currency,
    calendar: {
      timeZone: document.time_zone,
      fiscalYearStart: months.indexOf(document.fiscal_year_start) + 1,
      weekStart: weekdays.indexOf(document.week_start) + 1,
      workingDays: document.working_days.map((day) => weekdays.indexOf(day) + 1).sort((a, b) => a - b),
      holidays: holidays(document.holidays, folder, reading)
    },
    asOf: document.as_of,
    defaultPeriod: document.default_period,
    rejectLimit: toShare(document.reject_limit),
    checks: checkRules(document.checks),
    reconcile: reconcileOf(document, folder, reading),
    privacy: privacy(document, declared, reading),
    health: health(document, reading),
    crmGain: crmGain(document, reading),
    activityPoints: {...activityWeights, ...document.activity_points},
    ...singleMetrics(document, reading),
    rules: reportRules(document, reading),
    funnels: reportFunnels(document.funnels, reading),
    sources: declared,
    ownFiles: [document.holidays, document.reconcile].flatMap((name) => (typeof name === "string" ? [resolve(folder, expandVariables(name, [], {...reading, found: []}))] : [])),
    pulls: document.sources.flatMap(({id, pull}, index) => (pull ? [pullOf(id, pull, declared[index]!.folder, folder, ["sources", index, "pull"], reading)] : []))
  };
}

const toShare = (share: string | number): number => (typeof share === "number" ? share : parseFloat(share) / 100);

/** A window is for a KPI that has one, a variant for one that has several definitions. */
function singleMetrics({metrics: written}: SettingsDocument, {file, lineOf, found}: Reading): Pick<Settings, "windows" | "variants"> {
  const timed = metrics.filter(({type}) => type === "conversion").map(({id}) => id);
  const several = new Set(metrics.flatMap(({variantOf}) => variantOf ?? []));
  const windows: Record<string, number | null> = {};
  const variants: Record<string, string> = {};
  for (const [id, {window, variant}] of Object.entries(written)) {
    const fault = (key: string, value: string, expected: string, allowed: readonly string[]) =>
      found.push({code: "unknown_key", file, line: lineOf(["metrics", id]), key, value, expected, allowed, nearest: nearest(value, allowed)});
    if (window !== undefined && !timed.includes(id)) fault(`metrics.${id}`, id, "a KPI that has a window", timed);
    else if (window !== undefined) windows[id] = window === "none" ? null : parseInt(window, 10);
    const known = variantsOf(id, metrics).flatMap((metric) => metric.variant ?? []);
    if (variant !== undefined && known.length === 0) fault(`metrics.${id}`, id, "a KPI that has variants", [...several]);
    else if (variant !== undefined && !known.includes(variant)) fault(`metrics.${id}.variant`, variant, "one of its variants", known);
    else if (variant !== undefined) variants[id] = variant;
  }
  return {windows, variants};
}

function health({health: written}: SettingsDocument, {file, lineOf, found}: Reading): HealthRules {
  const weights = {...healthRules.weights, ...written?.weights};
  const bands = {...healthRules.bands, ...written?.bands};
  if (Object.values(weights).every((weight) => weight === 0)) found.push({code: "wrong_value", file, line: lineOf(["health", "weights"]), key: "health.weights", value: "0", expected: "at least one weight above 0"});
  if (bands.amber > bands.green) found.push({code: "wrong_value", file, line: lineOf(["health", "bands"]), key: "health.bands.amber", value: String(bands.amber), expected: `at most ${bands.green}, where green begins`});
  return {weights, bands};
}

function crmGain({assumptions: {crm_gain: written}}: SettingsDocument, {file, lineOf, found}: Reading): CrmGain | null {
  if (!written) return null;
  const {low, base, high} = written;
  if (low > base || base > high) found.push({code: "wrong_value", file, line: lineOf(["assumptions", "crm_gain"]), key: "assumptions.crm_gain", value: `${low}, ${base}, ${high}`, expected: "low, base and high in rising order"});
  return written;
}

function privacy({audience, publish, owners, pseudonym_key: written, min_group: minGroup, allow}: SettingsDocument, declared: readonly SourceDeclaration[], {file, lineOf, environment, found}: Reading): PrivacySettings {
  const allowed = publishable(declared);
  for (const [k, {column}] of publish.entries()) {
    if (!allowed.includes(column)) found.push({code: "unknown_key", file, line: lineOf(["publish", k, "column"]), key: `publish[${k}].column`, value: column, expected: "a column of the model or a custom one", nearest: nearest(column, allowed)});
  }
  if (owners === "names") return {audience, publish, pseudonymKey: null, minGroup, allow};
  const pseudonymKey = written === undefined ? "" : expandVariables(written, ["pseudonym_key"], {file, lineOf, environment, found});
  if (written === undefined) found.push({code: "missing_key", file, line: lineOf(["owners"]), key: "owners", value: "pseudonym_key", expected: "a secret from the environment: pseudonym_key: ${QUARTERDECK_PSEUDONYM_KEY}"});
  else if (pseudonymKey !== "" && pseudonymKey.length < shortestKey) found.push({code: "wrong_value", file, line: lineOf(["pseudonym_key"]), key: "pseudonym_key", value: `${pseudonymKey.length} characters`, expected: `at least ${shortestKey}`});
  return {audience, publish, pseudonymKey, minGroup, allow};
}

function reconcileOf({reconcile: written}: SettingsDocument, folder: string, {file, lineOf, environment, found}: Reading): ReconcileSettings | undefined {
  if (written === undefined) return undefined;
  const path = resolve(folder, expandVariables(written, ["reconcile"], {file, lineOf, environment, found}));
  if (existsSync(path)) return readReconcile(path, folder, found);
  found.push({code: "missing_file", file, line: lineOf(["reconcile"]), key: "reconcile", value: written});
  return undefined;
}

function holidays(written: string | readonly string[], folder: string, {file, lineOf, environment, found}: Reading): string[] {
  if (typeof written !== "string") return [...new Set(written)].sort();
  const line = lineOf(["holidays"]);
  const path = resolve(folder, expandVariables(written, ["holidays"], {file, lineOf, environment, found}));
  if (!existsSync(path)) {
    found.push({code: "missing_file", file, line, key: "holidays", value: written});
    return [];
  }
  const {data, meta} = Papa.parse<Record<string, string>>(readFileSync(path, "utf8"), {header: true, skipEmptyLines: true});
  if (!meta.fields?.includes("date")) found.push({code: "missing_column", file, line, key: "holidays", value: "date", allowed: meta.fields ?? []});
  const days = data.map(({date}) => (date ?? "").trim()).filter(Boolean);
  for (const day of days) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) found.push({code: "wrong_value", file, line, key: "holidays", value: day, expected: "days as YYYY-MM-DD"});
  return [...new Set(days)].sort();
}

function expandVariables(text: string, path: readonly (string | number)[], {file, lineOf, environment, found}: Reading): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined || value === "") found.push({code: "missing_variable", file, line: lineOf(path), value: name});
    return value ?? "";
  });
}

function sources(document: SettingsDocument, folder: string, reading: Reading): SourceDeclaration[] {
  const seen = new Set<string>();
  return document.sources.map((source, index) => {
    const path = ["sources", index];
    if (seen.has(source.id)) reading.found.push({code: "conflict", file: reading.file, line: reading.lineOf([...path, "id"]), key: `sources[${index}].id`, value: `two sources are called ${source.id}`});
    seen.add(source.id);
    const declaration = source.type === "csv" ? csvDeclaration(source, document, path, reading) : crmDeclaration(source, document, path, reading);
    return withFolder(source, declaration, folder, path, reading);
  });
}

const pullOf = (source: string, pull: NonNullable<CsvSourceSettings["pull"]>, folder: string, cwd: string, path: (string | number)[], {file, lineOf, found}: Reading): SourcePull =>
  declarePull(pull, {source, folder, cwd, file, lineOf: (...rest) => lineOf([...path, ...rest]), found});

function withFolder(source: CsvSourceSettings | CrmSourceSettings, declaration: SourceDefaults, folder: string, path: (string | number)[], reading: Reading): SourceDeclaration {
  const {file, lineOf, found} = reading;
  const problem = (key: string, rest: Omit<SettingsProblem, "file" | "line" | "key">) => found.push({file, line: lineOf([...path, key]), key, ...rest});
  const before = found.length;
  const {pull} = source;
  if (source.folder === undefined && !pull) problem("folder", {code: "missing_key", value: "folder", expected: "where the exports are, or pull: where they come from"});
  const place = source.folder ?? (pull ? `exports/${source.id}` : "");
  const absolute = resolve(folder, expandVariables(place, [...path, "folder"], reading));
  if (found.length === before && !pull && !existsSync(absolute)) problem("folder", {code: "missing_folder", value: place});
  const dated = source.dated ?? pull !== undefined;
  const {sheet, encoding, zone, dates, months, decimal, group, nulls, delimiter, footer, id, vanished} = source;
  if (vanished && !dated) problem("vanished", {code: "conflict", value: "vanished is said of a source that is not dated"});
  if (encoding && !knownEncoding(encoding)) problem("encoding", {code: "wrong_value", value: encoding, nearest: nearest(encoding, encodings), allowed: encodings});
  for (const format of dates ?? []) {
    const expected = dateProblem(format);
    if (expected) problem("dates", {code: "wrong_value", value: format, expected});
  }
  if (months && !monthNames(months)) problem("months", {code: "wrong_value", value: months, expected: "a language that names its months, such as fr, hu or pt-BR"});
  const pair = ambiguousDates(dates ?? []);
  if (pair) problem("dates", {code: "conflict", value: `${pair[0]} and ${pair[1]} read the same cell as different days`});
  if (group && group === (decimal ?? declaration.decimal)) problem("group", {code: "conflict", value: "decimal and group are the same mark"});
  const written = Object.fromEntries(Object.entries({sheet, encoding, zone, dates, months, decimal, group, nulls: nulls && [...nulls, ""], delimiter, footer}).filter(([, value]) => value !== undefined));
  return {...declaration, ...written, id, folder: absolute, ...(dated && {dated: {vanished: vanished ?? "deleted"}}), line: lineOf(path)};
}

const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15", "shift_jis", "gb18030", "big5", "euc-kr", "koi8-u"];

function knownEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
}

function csvDeclaration(source: CsvSourceSettings, document: SettingsDocument, path: (string | number)[], {file, lineOf, found}: Reading): SourceDefaults {
  const mappings = csvMappings(source, path, lineOf);
  for (const {table, columns, stages, line} of mappings) {
    if (stages) checkStages(stages, {file, line, key: `tables.${table}.stages`}, found);
    if ((table === "opportunity" || table === "opportunity_stage_history") && !columns["state"] && !stages) {
      found.push({code: "missing_key", file, line, key: `tables.${table}`, value: "state or stages", expected: "stages that mean open, won and lost, or a column for state"});
    }
  }
  return {...csvDefaults, zone: document.time_zone, mappings};
}

function crmDeclaration(source: CrmSourceSettings, document: SettingsDocument, path: (string | number)[], {file, lineOf, found}: Reading): SourceDefaults {
  const defaults: CrmDefaults = crms[source.type];
  const objects = defaults.mappings.flatMap(({object, join}) => [object ?? "", ...join.map(({name}) => name ?? "")]);
  for (const object of Object.keys(source.files ?? {})) {
    if (!objects.includes(object)) found.push({code: "unknown_key", file, line: lineOf([...path, "files", object]), key: `files.${object}`, value: object, allowed: objects, nearest: nearest(object, objects)});
  }
  const fed = [...new Set(defaults.mappings.map(({table}) => table as string))];
  for (const part of ["columns", "custom", "exclude"] as const) {
    for (const table of Object.keys(source[part] ?? {})) {
      if (!fed.includes(table)) found.push({code: "unknown_key", file, line: lineOf([...path, part, table]), key: `${part}.${table}`, value: table, allowed: fed, nearest: nearest(table, fed)});
    }
  }
  const told = tellApart(defaults, source.only ?? {}, source.files ?? {}, {file, lineOf: (...rest) => lineOf([...path, ...(rest.length ? ["only", ...rest] : [])]), found});
  const mappings = told.map((mapping): TableMapping => {
    const {table, object = ""} = mapping;
    const named = source.files?.[object];
    const at = [...path, "files", object];
    return {
      ...mapping,
      ...(named === undefined ? {} : {files: [named], optional: false, line: lineOf(at)}),
      join: mapping.join.map((rule) => ({...rule, ...(rule.name && source.files?.[rule.name] ? {file: source.files[rule.name] ?? rule.file, optional: false} : {})})),
      columns: {...mapping.columns, ...columnRules((source.columns as Parts<typeof columnRules>)?.[table] ?? {}, [...path, "columns", table], lineOf)},
      custom: {...mapping.custom, ...customColumns((source.custom as Parts<typeof customColumns>)?.[table] ?? {}, [...path, "custom", table], lineOf)},
      exclude: [...mapping.exclude, ...excludeRules((source.exclude as Parts<typeof excludeRules>)?.[table] ?? [], [...path, "exclude", table], lineOf)]
    };
  });
  const stages = source.stages ?? defaults.stages;
  checkStages(stages, {file, line: lineOf([...path, "stages"]), key: "stages"}, found);
  const probability = Object.fromEntries(Object.entries(source.probability ?? {}).map(([stage, share]) => [stage, toShare(share)]));
  const known = [...stages.open, ...stages.won, ...stages.lost];
  for (const stage of Object.keys(probability)) {
    if (!known.includes(stage)) found.push({code: "wrong_value", file, line: lineOf([...path, "probability", stage]), key: "probability", value: stage, allowed: known, nearest: nearest(stage, known)});
  }
  return {...defaults, zone: defaults.zone ?? document.time_zone, mappings, stages, probability: {...defaults.probability, ...probability}};
}

/** A stage that stands in two lists, or twice in one, has no one meaning. */
function checkStages({open, won, lost}: StageRules, place: Pick<SettingsProblem, "file" | "line" | "key">, found: SettingsProblem[]): void {
  const all = [...open, ...won, ...lost];
  for (const stage of new Set(all.filter((name, index) => all.indexOf(name) !== index))) found.push({code: "conflict", ...place, value: `the stage ${stage} is listed twice`});
}

/** A part of the settings that holds one value a table. */
type Parts<F extends (written: never, ...rest: never[]) => unknown> = Readonly<Record<string, Parameters<F>[0]>> | undefined;
