// npm run fuzz: mutated exports, each of which has to end well. Prints what came of them, and how to run a failed one again.
// npm run fuzz -- --cases 500 --seed 7; npm run fuzz -- --seed 7 --case 77 runs one, --keep DIR also leaves its files there.

import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {Command} from "commander";
import {makeCase} from "./case.js";
import {fuzz, type Told} from "./fuzz.js";
import {replay, summary} from "./summary.js";

interface Options {
  readonly seed: string;
  readonly cases: string;
  readonly case?: string;
  readonly workers: string;
  readonly keep?: string;
  readonly json?: string;
}

const values = new Command("fuzz")
  .description("Reads mutated exports; each has to end with right numbers, counted rejects or one clear error.")
  .option("--seed <n>", "which series of cases", "1")
  .option("--cases <n>", "how many", "2000")
  .option("--case <n>", "one case of the series alone")
  .option("--workers <n>", "processes at once", "2")
  .option("--keep <dir>", "leave the files of the one case there")
  .option("--json <file>", "also write every case's end to a JSON file")
  .parse()
  .opts<Options>();

const whole = (name: "seed" | "cases" | "case" | "workers"): number => {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`--${name} takes a whole number, not ${values[name]}`);
  process.exit(1);
};

const seed = whole("seed");
const cases = values.case === undefined ? Array.from({length: whole("cases")}, (_, index) => index) : [whole("case")];
if (values.keep !== undefined) await keep(values.keep);
const start = performance.now();
const told = await fuzz({seed, cases, workers: Math.max(1, whole("workers")), onTold: tell});
console.log(summary(told, (performance.now() - start) / 1000));
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(told, null, 1));
process.exitCode = told.some(({ending}) => ending === "fault") ? 1 : 0;

function tell(one: Told): void {
  if (one.ending === "fault") console.log(`${replay(seed, one)}\n`);
  else if (cases.length === 1) console.log(`${one.world}: ${one.steps.join(", ")}: ${one.ending} ${one.about ?? ""}`);
}

/** Leaves the files of one case to be looked at. */
async function keep(folder: string): Promise<void> {
  const {world} = await makeCase(seed, cases[0]!);
  for (const [path, content] of [["report.yaml", world.settings] as const, ...world.files]) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), content);
  }
}
