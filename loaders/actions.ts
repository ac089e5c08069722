// What was done about KPIs, from the canonical table `action`: checked against what the report knows, nothing dropped.

import {dimensionApplies, findMetric} from "../src/query/catalogue.js";
import type {Metric} from "../src/metrics/define.js";
import type {Action, Manifest} from "../src/query/manifest.js";
import type {Native} from "./native.js";

/** Returns the actions, the newest first. One that cannot be read whole is there with its fault; its text is never changed. */
export async function readActions(native: Pick<Native, "run">, {manifest, catalogue}: {readonly manifest: Pick<Manifest, "dimensions">; readonly catalogue: readonly Metric[]}): Promise<Action[]> {
  const rows = await native.run({sql: "select metric, segment, action, owner_role, started_on, expected from action order by started_on desc, metric, segment, action", params: []});
  const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value).trim());
  return rows.map((row): Action => {
    const metric = text(row.metric);
    const known = catalogue.some(({id, internal}) => id === metric && !internal) ? findMetric(metric, catalogue) : undefined;
    const segment = segmentOf(text(row.segment));
    const expected = expectedOf(text(row.expected));
    const fault = !known ? "metric" : segment === undefined || (segment && !isMember(segment, known, manifest)) ? "segment" : expected === undefined ? "expected" : undefined;
    return {
      metric, action: text(row.action), role: text(row.owner_role) || null, start: String(row.started_on),
      segment: segment ?? null, expected: expected ?? null, ...(fault && {fault})
    };
  });
}

/** "team=North"; an empty value stands for records without one. Null for the whole, undefined for anything else. */
function segmentOf(text: string): Action["segment"] | undefined {
  if (text === "") return null;
  const at = text.indexOf("=");
  if (at < 1) return undefined;
  return {dimension: text.slice(0, at).trim(), value: text.slice(at + 1).trim() || null};
}

function isMember({dimension, value}: NonNullable<Action["segment"]>, metric: Metric, {dimensions}: Pick<Manifest, "dimensions">): boolean {
  return dimensionApplies(metric, dimension, dimensions) && dimensions.find(({id}) => id === dimension)!.members.includes(value);
}

/** "up", "down", or a change with its sign: "+0.03", "-2", "+3%". Null for nothing, undefined for anything else. */
function expectedOf(text: string): Action["expected"] | undefined {
  if (text === "") return null;
  if (/^(up|down)$/i.test(text)) return {direction: text.toLowerCase() as "up" | "down", by: null};
  const [, sign, digits, percent] = /^([+\-−])\s?(\d+(?:\.\d+)?)\s?(%?)$/.exec(text) ?? [];
  if (digits === undefined || Number(digits) === 0) return undefined;
  const size = Number(digits) / (percent ? 100 : 1);
  return sign === "+" ? {direction: "up", by: size} : {direction: "down", by: -size};
}
