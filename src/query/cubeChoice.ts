// Which numbers of a question can be read from a cube instead of the single records.

import type {Metric} from "../metrics/define.js";
import {breakpoints} from "./breakpoints.js";
import {aggregateKey, cubeColumns, cubeNameOf, cubesOf, storedColumns, type Cube} from "./cubes.js";
import type {Manifest} from "./manifest.js";
import type {Leaf, MeasureContext} from "./measure.js";
import type {Want} from "./plan.js";

/** The part of a cube that a statement reads. */
export interface CubeUse {
  readonly name: string;
  /** Rows of which breakdown: position in the cube's list of rungs. */
  readonly rung: number;
  /** Column of the cube by `aggregateKey`. */
  readonly columns: ReadonlyMap<string, string>;
  /** Measured column of which it counts the single values. */
  readonly value?: string;
}

export type CubeChoice = (want: Want) => CubeUse | undefined;

interface Edges {
  readonly days: ReadonlySet<string>;
  readonly first: string;
}

/** Every question of a report needs them: a calendar of years costs more than the choice itself. */
const remembered = new WeakMap<Manifest, Edges>();

function edgesOf(manifest: Manifest): Edges {
  const known = remembered.get(manifest);
  if (known) return known;
  const sorted = breakpoints(manifest);
  const edges = {days: new Set(sorted), first: sorted[0]!};
  remembered.set(manifest, edges);
  return edges;
}

/** Returns a choice that finds the smallest published cube with everything a want needs; undefined where there is none. */
export function cubeChoice(manifest: Manifest, catalogue: readonly Metric[], context: MeasureContext): CubeChoice {
  const published = new Map((manifest.cubes ?? []).map((info) => [info.name, info]));
  if (published.size === 0) return () => undefined;
  const edges = edgesOf(manifest);
  const cubes = new Map(cubesOf(catalogue).flatMap((cube) => {
    const info = published.get(cube.name);
    const columns = new Map(cubeColumns(cube, context).map(({name, value}) => [aggregateKey(value), name]));
    return info ? [[cube.name, {cube, info, columns}] as const] : [];
  }));
  const held = new Map<Leaf, boolean>();
  const holds = ({cube, columns}: {cube: Cube; columns: ReadonlyMap<string, string>}, leaf: Leaf): boolean => {
    const known = held.get(leaf) ?? storedColumns(leaf, "", cube.value, context).every(({value}) => columns.has(aggregateKey(value)));
    held.set(leaf, known);
    return known;
  };
  return ({leaf, days, scope}) => {
    const found = cubes.get(cubeNameOf(leaf) ?? "");
    if (!found || !edges.days.has(days.end)) return undefined;
    const {cube, info, columns} = found;
    // What is older than the first edge has kept its own day.
    if (cube.rule.kind === "event" && !edges.days.has(days.start) && days.start > edges.first) return undefined;
    const needed = [...scope.by, ...scope.filters.map(({dimension}) => dimension)];
    const rung = info.rungs.map(({dimensions}) => needed.every((dimension) => dimensions.includes(dimension))).lastIndexOf(true);
    if (rung < 0 || !holds(found, leaf)) return undefined;
    return {name: cube.name, rung, columns, ...(cube.value === undefined ? {} : {value: cube.value})};
  };
}
