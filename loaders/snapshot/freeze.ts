// Freezes a month: finds its inputs, says whether it is frozen already, builds it from copies of them, keeps everything.

import {existsSync} from "node:fs";
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {Metric} from "../../src/metrics/define.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Run} from "../../src/query/question.js";
import {filesIn} from "../build/filesIn.js";
import {formulaHash} from "../definitions/formulas.js";
import {makeAlerts} from "../alerts/makeAlerts.js";
import {alertsOf} from "../alerts/memory.js";
import {mostMemory, openBuilt} from "../native.js";
import type {Settings} from "../settings.js";
import {codeVersion, type CodeVersion} from "./code.js";
import {differences, type InputFacts} from "./differences.js";
import {digestKpis, manifestOf} from "../digest/makeDigest.js";
import {driftIn, rowDriftIn, type Drifted} from "./drift.js";
import {SnapshotError} from "./fault.js";
import {frozenForecasts} from "./forecasts.js";
import {findMonthInputs, settingsHashes, writeMonthSettings, type MonthInputs} from "./inputs.js";
import type {Ledger} from "./ledger.js";
import {makeLedger} from "./makeLedger.js";
import {revisionId} from "./month.js";
import {driftLines} from "./text.js";
import {digestOf, keepFile, takeFile, type StoredFile} from "./objects.js";
import {rebuildDefaults, rebuildMonth, type RebuildEffects} from "./rebuild.js";
import {alertsFile, forecastsFile, lastBefore, ledgerFile, readStore, sweepStore, valuesFile, writeSnapshot, type Snapshot} from "./store.js";

export interface FreezeEffects extends RebuildEffects {
  /** Day of the report's zone on which it is frozen. */
  readonly today: string;
  readonly code: () => Promise<CodeVersion>;
}

export interface Frozen {
  readonly snapshot: Snapshot;
  /** It had been frozen before, from the same inputs: nothing was written. */
  readonly unchanged: boolean;
  readonly ledger: Ledger;
  /** Bytes of the month, and those of them that the store did not have. */
  readonly bytes: number;
  readonly added: number;
}

/**
 * Freezes the month of the report and returns what stands in the store then. Throws a SnapshotError of exit code 4 where
 * the month is frozen from other inputs and no reason for a correction is given.
 */
export async function freezeMonth(settings: Settings, {month, correct, accept}: {readonly month: string; readonly correct?: string | undefined; readonly accept?: string | undefined}, given: Partial<FreezeEffects> & Pick<FreezeEffects, "today">): Promise<Frozen> {
  const effects: FreezeEffects = {...rebuildDefaults, code: codeVersion, ...given};
  const {store, publisher} = settings.snapshots;
  await sweepStore(store);
  effects.step("hash");
  const [before, inputs, code] = await Promise.all([readStore(store), findMonthInputs(settings, month), effects.code()]);
  const facts = await factsOf(inputs, code);
  const standing = before.filter((one) => one.month === month).at(-1);
  const differs = standing ? differences(standing, facts) : [];
  if (standing && differs.length === 0) return {snapshot: standing, unchanged: true, ledger: {lines: []}, bytes: weight(standing), added: 0};
  if (standing && correct === undefined) throw new SnapshotError(`${standing.id} is frozen from other inputs, and a published month is never changed.\n${differs.map((line) => `  ${line}`).join("\n")}\nTo publish a correction beside it: --correct REASON`, 4);
  if (!standing && correct !== undefined) throw new SnapshotError(`${month} is not frozen yet: there is nothing to correct.`, 1);

  const work = await mkdtemp(join(tmpdir(), "quarterdeck-snapshot-"));
  try {
    const kept = new Map<string, StoredFile>();
    let added = 0;
    const keep = async (name: string, path: string) => {
      const {added: bytes, ...file} = await keepFile(store, path);
      added += bytes;
      kept.set(name, file);
    };
    // The exports are kept first, and read from there: nobody can write to them meanwhile.
    await writeMonthSettings(inputs, join(work, "inputs"));
    for (const [name, path] of inputs.files) {
      await keep(`inputs/${name}`, path);
      await takeFile(store, kept.get(`inputs/${name}`)!, join(work, "inputs", name));
    }
    for (const [name, sha256] of Object.entries(facts.exports)) if (kept.get(`inputs/${name}`)!.sha256 !== sha256) throw new SnapshotError(`${name} changed while it was being kept. Run again when it is complete.`, 2);
    const {built, manifest, published} = await rebuildMonth(join(work, "inputs"), join(work, "site"), effects);
    const catalogue = effects.catalogue(manifest);
    const previous = lastBefore(before, month);
    const drift = await driftOf(month, {settings, built, manifest, catalogue, previous});
    if (drift && settings.snapshots.drift === "stop" && accept === undefined) throw new SnapshotError((await driftLines(drift, month, manifest, catalogue)).join("\n"), 4);
    const definitions = Object.fromEntries(effects.catalogue(manifest).filter(({internal}) => !internal).map((metric) => [metric.id, {version: metric.version, formula: formulaHash(metric)}]));
    const revision = (standing?.revision ?? 0) + 1;
    const draft = {month, asOf: inputs.asOf, settings: inputs.settings, definitions, code};
    effects.step("compare");
    const ledger = previous ? await makeLedger(previous, {...draft, published, built, inputs: join(work, "inputs")}, {...effects, store}) : {lines: []};
    effects.step("keep");
    const alerts = settings.alerts.length > 0 ? await withBuilt(built, async (run) => makeAlerts(settings.alerts, {manifest, run, catalogue: effects.catalogue(manifest), built}, await alertsOf(store, previous))) : undefined;
    const forecasts = await frozenForecasts(join(work, "inputs"), manifest, effects);
    const beside = {[valuesFile]: text(published), [ledgerFile]: text(ledger), ...(alerts && {[alertsFile]: text(alerts)}), ...(forecasts && {[forecastsFile]: text(forecasts)})};
    for (const name of ["report.yaml", "overrides.json"]) await keep(`inputs/${name}`, join(work, "inputs", name));
    for (const name of await filesIn(built)) if (name === "manifest.json" || /^(marts|hygiene)\//.test(name)) await keep(`build/${name}`, join(built, name));
    for (const name of existsSync(join(work, "site")) ? await filesIn(join(work, "site")) : []) await keep(`site/${name}`, join(work, "site", name));
    for (const [name, content] of Object.entries(beside)) kept.set(name, await digestText(content, join(work, name)));
    const snapshot: Snapshot = {
      schema: "quarterdeck/snapshot/1",
      id: revisionId(month, revision), month, revision, sequence: (before.at(-1)?.sequence ?? 0) + 1,
      title: manifest.title, language: manifest.locale, currency: manifest.currency, asOf: manifest.asOf,
      frozenOn: effects.today, publisher,
      replaces: standing ? {id: standing.id, reason: correct!, differs} : null,
      previous: previous?.id ?? null,
      ...(drift && {accepted: {reason: accept ?? null, ...drift}}),
      code, settings: inputs.settings, definitions,
      files: Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1)))
    };
    await writeSnapshot(store, snapshot, beside);
    return {snapshot, unchanged: false, ledger, bytes: weight(snapshot), added};
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

interface DriftFacts {
  readonly settings: Settings;
  readonly built: string;
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly previous: Snapshot | undefined;
}

/** Returns the headline KPIs and the tables that left what is usual for them; null where none did, or nobody asked. */
async function driftOf(month: string, {settings, built, manifest, catalogue, previous}: DriftFacts): Promise<Drifted | null> {
  if (settings.snapshots.drift === "off") return null;
  const watched = digestKpis(settings, manifest).filter((id) => catalogue.some((metric) => metric.id === id));
  const kpis = await withBuilt(built, (run) => driftIn(month, watched, {manifest, run, catalogue}));
  const rows = previous ? rowDriftIn(manifest, await manifestOf(settings.snapshots.store, previous), settings.checks) : [];
  return kpis.length + rows.length > 0 ? {kpis, rows} : null;
}

async function withBuilt<T>(built: string, use: (run: Run) => Promise<T>): Promise<T> {
  const {run, close} = await openBuilt(built, {memory: "1300MB", most: mostMemory});
  try {
    return await use(run);
  } finally {
    close();
  }
}

/** Returns what tells the inputs of one month from those of another. */
async function factsOf({files, settings}: MonthInputs, code: CodeVersion): Promise<InputFacts> {
  const exports = await Promise.all([...files].map(async ([name, path]) => [name, (await digestOf(path)).sha256] as const));
  return {exports: Object.fromEntries(exports), settings: settingsHashes(settings), code: code.hash};
}

const text = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

async function digestText(content: string, path: string): Promise<StoredFile> {
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, content);
  return digestOf(path);
}

const weight = ({files}: Snapshot): number => Object.values(files).reduce((sum, {bytes}) => sum + bytes, 0);
