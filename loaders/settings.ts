// The one reader of report.yaml and of the environment: a file path in, typed settings out, or one error that names every fault.

import {existsSync, readFileSync} from "node:fs";
import {dirname, relative, resolve} from "node:path";
import Papa from "papaparse";
import type {OpenHours} from "./build/businessHours.js";
import {checkInputs} from "./canonical/inputs.js";
import {noLossReasons, type NoLossReasons} from "./canonical/noLoss.js";
import {reportAlerts} from "./settings/alerts.js";
import {reportDigest, type DigestSettings} from "./settings/digest.js";
import {businessHours} from "./settings/businessHours.js";
import {crmGain, health, singleMetrics} from "./settings/judged.js";
import {validateSettings} from "./settings/validate.js";
import {months, weekdays} from "./settings/schema.js";
import type {SettingsDocument} from "./settings/schema.js";
import {expandVariables, toShare, type Environment, type Reading} from "./settings/reading.js";
import {reportRules} from "./settings/rules.js";
import {reportCohorts} from "./settings/cohorts.js";
import {reportFunnels} from "./settings/funnels.js";
import {SettingsError, nearest} from "./settings/problems.js";
import type {SettingsProblem} from "./settings/problems.js";
import {declareSources, pullOf} from "./settings/sources.js";
import type {AlertRule} from "./alerts/rules.js";
import type {SourceDeclaration} from "./sources/define.js";
import type {CheckRules} from "./quality/define.js";
import {readReconcile, type ReconcileSettings} from "./quality/reconcile/readReconcile.js";
import {checkRules} from "./quality/settings.js";
import {publishable, shortestKey, type PrivacySettings} from "./privacy/settings.js";
import {gateRules, type GateRules} from "./publish/gates/define.js";
import {defaultKeep} from "./publish/settings.js";
import type {SourcePull} from "./pull/settings.js";
import {withKept} from "./pull/withKept.js";
import {bandRules, type BandRules} from "../src/metrics/bands.js";
import {activityWeights} from "../src/metrics/activityPoints.js";
import type {CrmGain} from "../src/metrics/sellingCost.js";
import type {LossRule} from "../src/metrics/purchases.js";
import type {HealthRules} from "../src/metrics/health.js";
import type {Cohort} from "../src/metrics/cohort.js";
import type {Funnel} from "../src/metrics/funnel.js";
import type {CalendarRules, OwnerCredit} from "../src/query/manifest.js";
import type {ReportRules} from "../src/query/rules.js";

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
  /** Hours in which people work, by weekday. */
  readonly businessHours: readonly OpenHours[];
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
  /** What a release is looked at for before it is published. */
  readonly gates: GateRules;
  /** What `npm run publish` keeps, and who commits to a branch. */
  readonly releases: {readonly keep: number; readonly author: string | undefined};
  /** Overrides of declared windows by metric id: days, or null for none. */
  readonly windows: Readonly<Record<string, number | null>>;
  /** Weights and bands of the customers' health, the declared ones where the file says nothing. */
  readonly health: HealthRules;
  /** What the CRM is taken to gain the company a year; null where nobody has said. */
  readonly crmGain: CrmGain | null;
  /** Points of one activity by its type, the declared ones where the file says nothing. */
  readonly activityPoints: Readonly<Record<string, number>>;
  /** Hours after which an open lead that nobody contacted is listed. */
  readonly uncontactedHours: number;
  /** Limits of the bands of deals by size and by days, the declared ones where the file says nothing. */
  readonly bands: BandRules;
  /** Whose an opportunity's numbers are. */
  readonly ownerCredit: OwnerCredit;
  /** Days without a paid subscription from which on a customer has left. */
  readonly graceDays: number;
  /** When a customer without a contract counts as lost. */
  readonly loss: LossRule;
  /** First day from which it is recorded who leaves; null where that is always so. */
  readonly observedFrom: string | null;
  /** Reasons for which a lost opportunity was none and is left out, the shipped ones where the file says nothing. */
  readonly noLoss: NoLossReasons;
  /** The definition that stands for a KPI with several, by its id. */
  readonly variants: Readonly<Record<string, string>>;
  /** How numbers are judged and explained, where the file says something. */
  readonly rules: ReportRules;
  /** In the order of the file. */
  readonly alerts: readonly AlertRule[];
  readonly digest: DigestSettings;
  /** Shipped cohorts as the file changes them, and its own. */
  readonly cohorts: readonly Cohort[];
  /** Shipped funnels as the file changes them, and its own. */
  readonly funnels: readonly Funnel[];
  readonly sources: readonly SourceDeclaration[];
  /** Files that the settings name and that are no exports, absolute: holidays, control totals. */
  readonly ownFiles: readonly string[];
  /** How those of the sources are pulled that are. */
  readonly pulls: readonly SourcePull[];
  readonly snapshots: SnapshotSettings;
}

/** Where frozen months are kept. */
export interface SnapshotSettings {
  /** Absolute folder. */
  readonly store: string;
  /** Who publishes them; null where nobody says. */
  readonly publisher: string | null;
  /** What happens where a headline KPI leaves what is usual for it. */
  readonly drift: "stop" | "warn" | "off";
}

/** Replaces top-level keys of the file, in its own spelling: {as_of: "2025-01-31"}. */
export type SettingsOverrides = Readonly<Record<string, unknown>>;

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

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SettingsError([{code: "unreadable", file, value: (error as Error).message}]);
  }
}

function normalise(document: SettingsDocument, path: string, reading: Reading): Settings {
  const folder = dirname(path);
  const declared = declareSources(document, folder, reading);
  const workingDays = document.working_days.map((day) => weekdays.indexOf(day) + 1).sort((a, b) => a - b);
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
      workingDays,
      holidays: holidays(document.holidays, folder, reading)
    },
    businessHours: businessHours(document.business_hours, weekdays, workingDays, reading),
    asOf: document.as_of,
    defaultPeriod: document.default_period,
    rejectLimit: toShare(document.reject_limit),
    checks: checkRules(document.checks),
    reconcile: reconcileOf(document, folder, reading),
    privacy: privacy(document, declared, reading),
    gates: gateRules(document.gates),
    releases: {keep: document.releases.keep ?? defaultKeep, author: document.releases.author},
    health: health(document, reading),
    crmGain: crmGain(document, reading),
    activityPoints: {...activityWeights, ...document.activity_points},
    uncontactedHours: document.hygiene.uncontacted_hours ?? 24,
    bands: {...bandRules, ...document.bands},
    ownerCredit: document.owner_credit,
    graceDays: document.churn.grace_days,
    loss: {by: document.churn.lost_by, under: document.churn.alive_under},
    observedFrom: document.survival.observed_from ?? null,
    noLoss: {...noLossReasons, ...document.lost_reasons},
    ...singleMetrics(document, reading),
    rules: reportRules(document, reading),
    alerts: reportAlerts(document.alerts, reading),
    digest: reportDigest(document.digest, reading),
    cohorts: reportCohorts(document.cohorts, reading),
    funnels: reportFunnels(document.funnels, reading),
    sources: declared,
    ownFiles: [document.holidays, document.reconcile].flatMap((name) => (typeof name === "string" ? [resolve(folder, expandVariables(name, [], {...reading, found: []}))] : [])),
    snapshots: snapshots(document, folder, reading),
    pulls: document.sources.flatMap(({id, pull}, index) => (pull ? [pullOf(id, pull, declared[index]!.folder, folder, ["sources", index, "pull"], reading)] : []))
  };
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

function snapshots({snapshots: {store, publisher, drift}}: SettingsDocument, folder: string, reading: Reading): SnapshotSettings {
  return {
    drift,
    store: resolve(folder, expandVariables(store, ["snapshots", "store"], reading)),
    publisher: publisher === undefined ? null : expandVariables(publisher, ["snapshots", "publisher"], reading)
  };
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
