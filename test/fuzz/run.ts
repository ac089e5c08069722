// npm run fuzz: mutated exports, each of which has to end well. Prints what came of them, and how to run a failed one again.
// npm run fuzz -- --cases 500 --seed 7; npm run fuzz -- --seed 7 --case 77 runs one, --keep DIR also leaves its files there.

import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {parseArgs} from "node:util";
import {makeCase} from "./case.js";
import {fuzz, type Told} from "./fuzz.js";
import {replay, summary} from "./summary.js";

const {values} = parseArgs({options: {seed: {type: "string", default: "1"}, cases: {type: "string", default: "2000"}, case: {type: "string"}, workers: {type: "string", default: "2"}, keep: {type: "string"}, json: {type: "string"}}});
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
