// The frozen months as the report tells them: what each said of its month, and what was restated later.

import {createHash} from "node:crypto";
import {archiveKpis} from "../../src/query/archive.js";
import type {Archive, FrozenForecast, FrozenMonth, RestatedNumber, ToldMonth} from "../../src/query/manifest.js";
import {isSame, type LedgerLine} from "./ledger.js";
import {readForecasts, readLedger, readPublished} from "./published.js";
import {readStore, type Snapshot} from "./store.js";
import type {Published} from "./values.js";

export interface KeptMonths {
  readonly store: string;
  /** In the order in which they were frozen. */
  readonly snapshots: readonly Snapshot[];
  readonly archive: Archive;
}

/** Returns what the store keeps; no months where there is none. */
export async function keptMonths(store: string): Promise<KeptMonths> {
  const snapshots = await readStore(store);
  return {store, snapshots, archive: await archiveOf(store, snapshots)};
}

/** Returns a text that differs where any file of any month does; undefined where there is none. */
export const markOf = ({snapshots}: KeptMonths): string | undefined => (snapshots.length === 0 ? undefined : createHash("sha256").update(JSON.stringify(snapshots)).digest("hex"));

async function archiveOf(store: string, snapshots: readonly Snapshot[]): Promise<Archive> {
  const months = snapshots.map(async ({id, month, asOf, frozenOn, publisher, replaces, files}): Promise<FrozenMonth> => {
    const {values} = await readPublished(store, id);
    const told = archiveKpis.flatMap((metric) => (values[metric]?.[month] ? [[metric, values[metric][month][0]] as const] : []));
    return {
      id, month, asOf, frozenOn, publisher,
      replaces: replaces && {id: replaces.id, reason: replaces.reason},
      replacedBy: snapshots.find((one) => one.replaces?.id === id)?.id ?? null,
      pages: Object.keys(files).flatMap((name) => (/^site\/.*\.html$/.test(name) ? [name.slice("site/".length)] : [])),
      values: Object.fromEntries(told)
    };
  });
  const restated = snapshots.map(async ({id, frozenOn}) => (await readLedger(store, id)).lines.filter(isRestated).sort(byHeadline).map(({metric, period, old, new: now, causes}): RestatedNumber =>
    ({metric, period, old, new: now, seenIn: id, seenOn: frozenOn, causes: causes.map(({cause, records, detail}) => ({cause, records, ...(detail !== undefined && {detail})}))})));
  const sorted = (await Promise.all(months)).sort((a, b) => (a.month === b.month ? a.id.length - b.id.length || (a.id < b.id ? -1 : 1) : a.month < b.month ? -1 : 1));
  const told = toldMonths(await Promise.all(sorted.map(async ({id}) => ({snapshot: snapshots.find((one) => one.id === id)!, published: await readPublished(store, id)}))));
  return {months: sorted, told, restated: (await Promise.all(restated)).reverse().flat(), forecasts: await forecastsOf(store, snapshots)};
}

/** Returns what each month told, in the order given: the later ones know the earlier. */
export function toldMonths(kept: readonly {readonly snapshot: Pick<Snapshot, "id" | "month" | "definitions">; readonly published: Pick<Published, "values">}[]): ToldMonth[] {
  return kept.map(({snapshot: {id, month, definitions}, published: {values}}, k) => {
    const own = Object.entries(values).flatMap(([metric, {[month]: cell}]) => (cell ? [[metric, [cell[0], cell[1]]] as const] : []));
    const restated = kept.slice(0, k).flatMap(({snapshot: before, published}) => {
      const others = Object.entries(published.values).flatMap(([metric, {[before.month]: old}]) => {
        const now = values[metric]?.[before.month];
        return old && now && !isSame(old[0], now[0]) ? [[metric, now[0]] as const] : [];
      });
      return others.length > 0 ? [[before.id, Object.fromEntries(others)] as const] : [];
    });
    return {id, month, values: Object.fromEntries(own), versions: Object.fromEntries(own.map(([metric]) => [metric, definitions[metric]?.version ?? 1])), restated: Object.fromEntries(restated)};
  });
}

/** A correction knows what came later: the first of a month forecast the next. */
async function forecastsOf(store: string, snapshots: readonly Snapshot[]): Promise<FrozenForecast[]> {
  const firsts = snapshots.filter(({revision}) => revision === 1).sort((a, b) => (a.month < b.month ? -1 : 1));
  const told = await Promise.all(firsts.map(async (one) => ({id: one.id, kept: await readForecasts(store, one)})));
  return told.flatMap(({id, kept}) => (kept ? [{id, statedOn: kept.asOf, period: kept.period, values: kept.values}] : []));
}

/** What it was too early to say is not restated as soon as its records have had their time. */
const isRestated = ({old, causes}: LedgerLine): boolean => old !== null || causes.some(({cause}) => cause !== "matured");

/** KPIs that stand beside the months first, else as they are. */
const byHeadline = (a: LedgerLine, b: LedgerLine): number => rank(a) - rank(b);
const rank = ({metric}: LedgerLine): number => (archiveKpis.some((id) => id === metric) ? 0 : 1);
