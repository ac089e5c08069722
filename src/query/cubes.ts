// What is counted beforehand. Which cubes there are follows from the declared metrics: one for each mart and time rule
// whose numbers add up, and one for each column of which quantiles are taken. The build fills them, `cubeChoice` uses them.

import {metrics} from "../metrics/index.js";
import type {DimensionId, Metric} from "../metrics/define.js";
import {leavesOf, shippedDimensions} from "./catalogue.js";
import type {DimensionInfo} from "./manifest.js";
import {addsUp, measureColumns, type Leaf, type MeasureContext} from "./measure.js";
import type {Sql} from "./sql.js";
import {ruleOf, type TimeRule} from "./timeRule.js";

export interface Cube {
  /** Name of the table and of its file. */
  readonly name: string;
  readonly mart: string;
  readonly rule: TimeRule & {readonly kind: "event" | "census"};
  readonly leaves: readonly Leaf[];
  /** Measured column of which it counts the single values: quantiles stay exact. */
  readonly value?: string;
}

/** A column of a cube: an aggregate over the rows of the mart that its row stands for. */
export interface CubeColumn {
  readonly name: string;
  readonly value: Sql;
}

type Place = Pick<Cube, "name" | "mart" | "rule"> & {readonly value?: string};

const short = (name: string) => name.replace(/^fct_|_date$/g, "");

/** Returns where a measured number would be counted beforehand; undefined for what only the single records tell. */
function placeOf(leaf: Leaf): Place | undefined {
  const rule = ruleOf(leaf);
  if (rule.kind !== "event" && rule.kind !== "census") return undefined;
  const stem = `cube_${short(leaf.mart)}_${rule.kind === "event" ? short(rule.time) : "census"}`;
  if (addsUp(leaf)) return {name: stem, mart: leaf.mart, rule};
  if (!("aggregate" in leaf) || (leaf.aggregate.fn !== "median" && leaf.aggregate.fn !== "quantile")) return undefined;
  const {column} = leaf.aggregate;
  return {name: `${stem}_by_${column}`, mart: leaf.mart, rule, value: column};
}

/** Returns the cube that a measured number belongs to, whether or not a report has it. */
export const cubeNameOf = (leaf: Leaf): string | undefined => placeOf(leaf)?.name;

const declared = new Set(metrics);

/** Returns the cubes of a catalogue, by name. Metrics of custom measures join the cubes of declared ones and make none. */
export function cubesOf(catalogue: readonly Metric[]): Cube[] {
  const cubes = new Map<string, Place & {leaves: Leaf[]}>();
  for (const metric of [...catalogue.filter((one) => declared.has(one)), ...catalogue.filter((one) => !declared.has(one))])
    for (const leaf of leavesOf(metric)) {
      const place = placeOf(leaf);
      if (!place) continue;
      const cube = cubes.get(place.name) ?? (declared.has(metric) ? {...place, leaves: []} : undefined);
      if (!cube || cube.leaves.some(({id}) => id === leaf.id)) continue;
      cube.leaves.push(leaf);
      cubes.set(place.name, cube);
    }
  return [...cubes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names the same aggregate alike, whatever metrics use it. */
export const aggregateKey = ({text, params}: Sql): string => JSON.stringify([text, params]);

/** Returns the columns of a cube; metrics that need the same aggregate share one. */
export function cubeColumns({leaves, value}: Cube, context: MeasureContext): CubeColumn[] {
  const columns = new Map<string, CubeColumn>();
  for (const leaf of leaves)
    for (const column of storedColumns(leaf, leaf.id, value, context)) {
      const key = aggregateKey(column.value);
      if (!columns.has(key)) columns.set(key, column);
    }
  return [...columns.values()];
}

/** Returns what a measured number needs of the rows of a cube: all it needs of records, but for the quantile itself. */
export const storedColumns = (leaf: Leaf, prefix: string, value: string | undefined, context: MeasureContext): CubeColumn[] =>
  measureColumns(leaf, prefix, context).filter(({name}) => value === undefined || name !== `${prefix}_value`);

/** Those with too many members to pay, and those that few questions are about. */
export const uncounted: readonly DimensionId[] = ["owner", "close_month", "forecast_category", "lost_stage", "size_band", "cycle_band", "competitor", "last_source"];

/** Returns the dimensions that a cube can have, in display order: the shipped ones of all its metrics but for the uncounted. Custom ones are none. */
export function cubeDimensions({mart, leaves}: Cube, dimensions: readonly DimensionInfo[]): DimensionId[] {
  const carried = dimensions.filter(({marts}) => marts.includes(mart)).map(({id}) => id);
  return shippedDimensions.filter((id) => !uncounted.includes(id) && carried.includes(id) && leaves.every((leaf) => leaf.dimensions.includes(id)));
}
