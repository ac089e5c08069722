// How a reader has funnels counted and laid out, and its one spelling in links.

import {funnelModes, type Funnel, type FunnelCredit, type FunnelMode} from "../../metrics/funnel.js";
import type {DimensionId} from "../../metrics/define.js";
import type {DimensionInfo} from "../manifest.js";

export type Beside = "previous" | "last_year";

/** What a reader chose; as the funnel declares it where absent. */
export interface FunnelView {
  readonly mode?: FunnelMode | undefined;
  /** Days; null for no window. */
  readonly window?: number | null | undefined;
  readonly credit?: FunnelCredit | undefined;
  /** What it is broken down by. */
  readonly by?: DimensionId | undefined;
  /** The period beside which the chosen one is set; members where absent. */
  readonly beside?: Beside | undefined;
  /** The two members that are set beside one another; those with most entries where absent. */
  readonly pair?: readonly (string | null)[] | undefined;
  /** The step whose drop-outs are listed. */
  readonly step?: string | undefined;
}

interface ViewContext {
  readonly dimensions: readonly Pick<DimensionInfo, "id" | "members">[];
  readonly funnels?: readonly Funnel[];
}

/** What a funnel is broken down by where the reader chose nothing, the first that it carries. */
export const usualDimensions: readonly DimensionId[] = ["source", "segment", "owner", "region", "product", "team"];

/** Key of a step that a reader picks. */
export const stepKey = "funnel-step";
/** Keys of a link; no dimension has a hyphen in its id. */
export const funnelKeys: readonly string[] = ["funnel-mode", "funnel-window", "funnel-credit", "funnel-by", "funnel-beside", "funnel-pair", stepKey];

const besides: readonly Beside[] = ["previous", "last_year"];
const credits = ["first", "last", "all"] as const;
/** Days of the windows on offer. */
export const windowsOffered: readonly number[] = [7, 30, 60, 90, 180, 365];
const longest = 36_500;

/** Returns the view with one pair of a link in it; the allowed values where the pair means nothing. */
export function readFunnelPair(view: FunnelView, key: string, value: string, {dimensions, funnels = []}: ViewContext): {readonly view: FunnelView; readonly allowed?: undefined} | {readonly allowed: readonly string[]} {
  const steps = [...new Set(funnels.flatMap((funnel) => funnel.steps.map(({id}) => id)))];
  const oneOf = <T extends string>(allowed: readonly T[], put: (found: T) => FunnelView) => {
    const found = allowed.find((one) => one === value);
    return found === undefined ? {allowed} : {view: put(found)};
  };
  switch (key) {
    case "funnel-mode": return oneOf(funnelModes, (mode) => ({...view, mode}));
    case "funnel-window": {
      if (value === "none") return {view: {...view, window: null}};
      const days = /^\d{1,5}d$/.test(value) ? Number.parseInt(value, 10) : Infinity;
      return days <= longest ? {view: {...view, window: days}} : {allowed: [...windowsOffered.map((one) => `${one}d`), "none"]};
    }
    case "funnel-credit": return oneOf([...credits, ...steps], (credit) => ({...view, credit: credits.find((one) => one === credit) ?? {step: credit}}));
    case "funnel-by": return oneOf(dimensions.map(({id}) => id), (by) => ({...view, by}));
    case "funnel-beside": return oneOf(besides, (beside) => ({...view, beside}));
    case "funnel-pair": return {view: {...view, pair: [...(view.pair ?? []), value === "" ? null : value]}};
    default: return oneOf(steps, (step) => ({...view, step}));
  }
}

/** Returns the pairs of a link that spell the view, in one order. */
export function printFunnelView({mode, window, credit, by, beside, pair, step}: FunnelView): [string, string][] {
  return [
    ...(mode === undefined ? [] : [["funnel-mode", mode] as [string, string]]),
    ...(window === undefined ? [] : [["funnel-window", window === null ? "none" : `${window}d`] as [string, string]]),
    ...(credit === undefined ? [] : [["funnel-credit", typeof credit === "object" ? credit.step : credit] as [string, string]]),
    ...(by === undefined ? [] : [["funnel-by", by] as [string, string]]),
    ...(beside === undefined ? [] : [["funnel-beside", beside] as [string, string]]),
    ...(pair ?? []).map((member): [string, string] => ["funnel-pair", member ?? ""]),
    ...(step === undefined ? [] : [[stepKey, step] as [string, string]])
  ];
}

/** Returns the view without what is not chosen, two different members or none; undefined where nothing is. */
export function tidyFunnelView({pair, ...view}: FunnelView): FunnelView | undefined {
  const members = [...new Set(pair ?? [])].slice(0, 2);
  const chosen = Object.entries({...view, ...(members.length === 2 && {pair: members})}).filter(([, value]) => value !== undefined);
  return chosen.length > 0 ? Object.fromEntries(chosen) : undefined;
}
