// How a report judges and explains its numbers: what report.yaml may say of it, and what that means.

import {z} from "zod";
import {goalIds} from "../../src/metrics/goals.js";
import {chainTree, type DriverTree} from "../../src/metrics/drivers.js";
import {metrics} from "../../src/metrics/index.js";
import type {Baseline, JudgingRules, OwnPlay, ReportRules} from "../../src/query/rules.js";
import {isListed} from "../../src/query/variants.js";
import {nearest, type SettingsProblem} from "./problems.js";

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _");
const share = z.union([z.string().regex(/^(100|\d{1,2}(\.\d+)?)%$/, "a share such as 5%"), z.number().min(0).max(1)]);
const day = z.string().regex(isoDay, "a day as YYYY-MM-DD");

const tolerance = share.optional().describe("Share of a target that may be missed before it counts as missed; 5% where nothing is said");
const baseline = z
  .strictObject({
    first: z.number().int().min(8).max(240).optional().describe("So many of the first closed periods"),
    from: day.optional().describe("First day of a fixed baseline, inclusive; with `to`"),
    to: day.optional().describe("Last day of it, inclusive")
  })
  .optional()
  .meta({description: "The periods that make the limits of usual variation, and that later ones are judged against"});

/** Keys that a single KPI may have below `metrics`. */
export const judgingKeys = {
  tolerance,
  baseline,
  drivers: z.array(name).min(1).optional().describe("A driver tree of your own, shown first: metrics of which each brings the next, and the last brings this KPI")
};

/** Top-level keys. */
export const rulesKeys = {
  focus: z.enum(goalIds).optional().describe("What the business wants most: the goals page opens there"),
  judging: z.strictObject({tolerance, baseline}).optional().describe("How numbers are judged; single KPIs may differ, below metrics"),
  playbook: z
    .record(name, z.strictObject({
      look: z.string().min(1).optional().describe("What to look at first"),
      action: z.string().min(1).optional().describe("What to do"),
      owner: z.string().min(1).optional().describe("The role whose task it is")
    }))
    .default({})
    .describe("What to do when a KPI goes bad, by its id, in place of what is shipped")
};

interface Written {
  readonly focus?: ReportRules["focus"];
  readonly judging?: WrittenJudging;
  readonly playbook: Readonly<Record<string, OwnPlay>>;
  readonly metrics: Readonly<Record<string, WrittenJudging & {readonly drivers?: readonly string[]}>>;
}

interface WrittenJudging {
  readonly tolerance?: string | number;
  readonly baseline?: {readonly first?: number; readonly from?: string; readonly to?: string};
}

interface Reading {
  readonly file: string;
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
  readonly found: SettingsProblem[];
}

/** Returns the rules that the settings state, and adds what is wrong with them to `found`. */
export function reportRules({focus, judging, playbook, metrics: single}: Written, reading: Reading): ReportRules {
  const listed = metrics.filter(isListed);
  const directed = listed.filter(({direction}) => direction !== "context").map(({id}) => id);
  for (const id of Object.keys(playbook)) if (!directed.includes(id)) unknown(id, ["playbook", id], "a KPI that can be good or bad", directed, reading);
  const all = judgingOf(judging, ["judging"], reading);
  const judgingOfEach: Record<string, JudgingRules> = {};
  const drivers: DriverTree[] = [];
  for (const [id, {drivers: chain, ...own}] of Object.entries(single)) {
    if (own.tolerance === undefined && own.baseline === undefined && chain === undefined) continue;
    if (!listed.some((metric) => metric.id === id)) {
      unknown(id, ["metrics", id], "a KPI", listed.map((metric) => metric.id), reading);
      continue;
    }
    const rules = judgingOf(own, ["metrics", id], reading);
    if (Object.keys(rules).length > 0) judgingOfEach[id] = rules;
    if (chain && isChain(chain, id, reading)) drivers.push(chainTree([...chain.filter((one) => one !== id), id], "settings"));
  }
  return {
    ...(focus && {focus}),
    ...(Object.keys(all).length > 0 && {judging: all}),
    ...(Object.keys(judgingOfEach).length > 0 && {judgingOf: judgingOfEach}),
    ...(Object.keys(playbook).length > 0 && {playbook}),
    ...(drivers.length > 0 && {drivers})
  };
}

function isChain(chain: readonly string[], id: string, reading: Reading): boolean {
  const allowed = metrics.filter(({internal}) => !internal).map((metric) => metric.id);
  const wrong = chain.flatMap((one, k) => (allowed.includes(one) ? [] : [{one, k}]));
  for (const {one, k} of wrong) unknown(one, ["metrics", id, "drivers", k], "a KPI", allowed, reading);
  return wrong.length === 0;
}

function judgingOf({tolerance, baseline}: WrittenJudging = {}, path: readonly string[], reading: Reading): JudgingRules {
  const lasting = baseline && baselineOf(baseline, [...path, "baseline"], reading);
  return {...(tolerance !== undefined && {tolerance: typeof tolerance === "number" ? tolerance : parseFloat(tolerance) / 100}), ...(lasting && {baseline: lasting})};
}

function baselineOf({first, from, to}: NonNullable<WrittenJudging["baseline"]>, path: readonly string[], {file, lineOf, found}: Reading): Baseline | undefined {
  const problem = (code: SettingsProblem["code"], value: string, expected?: string) => void found.push({code, file, line: lineOf(path), key: path.join("."), value, ...(expected !== undefined && {expected})});
  if (first !== undefined && (from !== undefined || to !== undefined)) return problem("conflict", "a baseline is either the first periods or fixed days"), undefined;
  if (first !== undefined) return {first};
  if (from === undefined || to === undefined) return problem("missing_key", from === undefined && to === undefined ? "first" : from === undefined ? "from" : "to", "first: a number of periods, or from and to: days"), undefined;
  if (to < from) return problem("wrong_value", `${from} to ${to}`, "a first day that is not after the last"), undefined;
  return {from, to};
}

function unknown(value: string, path: readonly (string | number)[], expected: string, allowed: readonly string[], {file, lineOf, found}: Reading): void {
  found.push({code: "unknown_key", file, line: lineOf(path), key: path.join("."), value, expected, allowed, nearest: nearest(value, allowed)});
}
