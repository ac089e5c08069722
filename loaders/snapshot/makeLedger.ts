// Makes the ledger of a month against the one published before it. Where settings or code changed, the exports of then are
// built once more by the rules of now: what that changes is the rules', the rest is the data's.

import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {mostMemory, openBuilt} from "../native.js";
import {dataCauses, readSide, type SideReader} from "./causes.js";
import {settingsHashes, overridesName, settingsName} from "./inputs.js";
import {isSame, restatements, type Ledger, type LedgerCause, type LedgerLine, type Restated} from "./ledger.js";
import {takeFile} from "./objects.js";
import {readPublished} from "./published.js";
import {rebuildData, valuesOf, type RebuildEffects} from "./rebuild.js";
import type {Snapshot} from "./store.js";
import type {Published} from "./values.js";
import {takeInputs} from "./verify.js";

/** The month that is being frozen. */
export interface Draft extends Pick<Snapshot, "month" | "asOf" | "settings" | "definitions" | "code"> {
  readonly published: Published;
  /** Folder of its data build. */
  readonly built: string;
  /** Folder of its inputs. */
  readonly inputs: string;
}

type LedgerEffects = RebuildEffects & {readonly store: string};

/** Returns a line for every KPI and period that the earlier month published and that is another number now, with its causes. */
export async function makeLedger(previous: Snapshot, draft: Draft, effects: LedgerEffects): Promise<Ledger> {
  const changed = restatements(await readPublished(effects.store, previous.id), draft.published);
  if (changed.length === 0) return {lines: []};
  const work = await mkdtemp(join(tmpdir(), "quarterdeck-ledger-"));
  const opened: {close(): void}[] = [];
  const open = async (folder: string): Promise<SideReader> => {
    const built = await openBuilt(folder, {memory: "1300MB", most: mostMemory});
    opened.push(built);
    return readSide({...built, catalogue: effects.catalogue(built.manifest)});
  };
  try {
    const rules = rulesBetween(previous, draft);
    const again = rules.settings || rules.code ? await underRulesOfNow(previous, draft, work, effects) : {built: await takeBuild(previous, work, effects), published: undefined};
    const [then, now] = [again ? await open(again.built) : undefined, await open(draft.built)];
    const lines: LedgerLine[] = [];
    for (const line of changed) {
      const between = again?.published?.values[line.metric]?.[line.period]?.[0];
      const byRules = again === undefined || (again.published !== undefined && (between === undefined || !isSame(line.old, between)));
      const byData = then !== undefined && !(again?.published !== undefined && between !== undefined && isSame(between, line.new));
      lines.push({...line, from: previous.id, causes: [...(byRules ? ruleCauses(line, previous, draft, rules) : []), ...(byData ? await dataCauses(line, then, now) : [])]});
    }
    return {lines};
  } finally {
    for (const one of opened) one.close();
    await rm(work, {recursive: true, force: true});
  }
}

interface Rules {
  readonly settings: boolean;
  readonly code: boolean;
}

/** Which rules differ between two months; as-of always does. */
function rulesBetween(previous: Snapshot, {settings, definitions, code}: Draft): Rules {
  const [then, now] = [previous.settings, settings].map((one) => JSON.stringify(settingsHashes({...one, asOf: null})));
  return {settings: then !== now, code: previous.code.hash !== code.hash || JSON.stringify(previous.definitions) !== JSON.stringify(definitions)};
}

function ruleCauses({metric}: Restated, previous: Snapshot, {definitions}: Draft, {settings, code}: Rules): LedgerCause[] {
  const [then, now] = [previous.definitions[metric], definitions[metric]];
  if (then && now && (then.version !== now.version || then.formula !== now.formula)) return [{cause: "definition", records: 0, detail: `${then.version} to ${now.version}`}];
  return [...(settings ? [{cause: "settings", records: 0} as const] : []), ...(code ? [{cause: "code", records: 0} as const] : [])];
}

/** Puts the data build of a frozen month into a folder. */
async function takeBuild({files}: Snapshot, work: string, {store}: LedgerEffects): Promise<string> {
  const folder = join(work, "then");
  for (const [name, file] of Object.entries(files)) if (name.startsWith("build/")) await takeFile(store, file, join(folder, name.slice("build/".length)));
  return folder;
}

interface Again {
  readonly built: string;
  readonly published: Published | undefined;
}

/** Builds the exports of then by the settings and the code of now; undefined where these cannot read them. */
async function underRulesOfNow(previous: Snapshot, {inputs}: Draft, work: string, effects: LedgerEffects): Promise<Again | undefined> {
  const folder = join(work, "again");
  await mkdir(folder, {recursive: true});
  await takeInputs(effects.store, previous, folder);
  const [then, now] = await Promise.all([folder, inputs].map(async (one) => JSON.parse(await readFile(join(one, overridesName), "utf8")) as Overrides)) as [Overrides, Overrides];
  const sources = now.sources.map((source) => ({...source, folder: then.sources.find(({id}) => id === source.id)?.folder ?? source.folder}));
  // Those in the folder are links into the store.
  for (const name of [settingsName, overridesName]) await rm(join(folder, name));
  await writeFile(join(folder, settingsName), await readFile(join(inputs, settingsName)));
  await writeFile(join(folder, overridesName), JSON.stringify({...now, as_of: previous.asOf, sources}));
  try {
    const data = await rebuildData(folder, effects);
    return {built: data.built, published: await valuesOf(data, effects)};
  } catch {
    return undefined;
  }
}

interface Overrides {
  readonly sources: readonly {readonly id: string; readonly folder: string}[];
}
