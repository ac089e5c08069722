// The command line of `npm run bench`.

import {resolve} from "node:path";
import {Command, InvalidArgumentError} from "commander";
import {targets, type TargetId} from "./target.js";

export interface BenchOptions {
  /** Targets to measure, in table order. */
  readonly only: readonly TargetId[];
  /** Size of the big-data rows; 1 is the sample company (4,000 opportunities), 250 a million opportunities. */
  readonly scale: number;
  /** Kept rounds of each interleaved comparison. */
  readonly runs: number;
  /** A site that was built from a sample of that scale, for the rows that are measured in a browser: it is not built again. */
  readonly site?: string;
  /** File that gets the outcomes as JSON. */
  readonly json?: string;
}

/** A million opportunities and fifteen million activities. */
export const fullScale = 250;
/** Largest scale at which a plain run ends in about ten minutes on two cores. */
export const plainScale = 10;

function parseOnly(text: string): TargetId[] {
  const asked = text.split(",").map((id) => id.trim().toUpperCase()).filter(Boolean);
  const unknown = asked.filter((id) => !targets.some((target) => target.id === id));
  if (unknown.length > 0) throw new InvalidArgumentError(`Unknown: ${unknown.join(", ")}. Allowed: ${targets.map(({id}) => id).join(", ")}.`);
  return targets.map(({id}) => id).filter((id) => asked.includes(id));
}

const parseWhole = (least: number) => (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`A whole number from ${least} is needed.`);
  return value;
};

/** Returns the options of a command line (without node and script). Throws commander's error on a wrong one. */
export function readOptions(args: readonly string[]): BenchOptions {
  const command = new Command("bench")
    .description("Measures the rows of the target table, each beside the row it is compared with.")
    .option("--only <ids>", "targets to measure, P1,P7 (default: all)", parseOnly)
    .option("--scale <n>", "size of the big-data rows; 250 is 1 M opportunities", parseWhole(1), plainScale)
    .option("--full", `the same as --scale ${fullScale}`)
    .option("--runs <n>", "rounds of each interleaved comparison", parseWhole(5), 5)
    .option("--site <folder>", "a site built from a sample of that scale, for P4, P5, P6 and P8: it is not built again")
    .option("--json <file>", "also write the outcomes to a JSON file");
  command.parse([...args], {from: "user"});
  const {only, scale, full, runs, site, json} = command.opts<{only?: TargetId[]; scale: number; full?: boolean; runs: number; site?: string; json?: string}>();
  return {only: only ?? targets.map(({id}) => id), scale: full ? fullScale : scale, runs, ...(site !== undefined && {site: resolve(site)}), ...(json !== undefined && {json})};
}
