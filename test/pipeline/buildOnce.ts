// Builds a report in a process of its own and prints the build's folder: node --import tsx buildOnce.ts CONFIG CACHE [STEP]
// With a step it says when that begins and then waits to be killed.

import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";

const [config, cache, last] = process.argv.slice(2) as [string, string, string?];
const step = (name: string, detail?: string) => {
  if (name !== last || detail) return;
  process.stdout.write(`${name}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const {folder} = await runPipeline(await readSettings(config), {cache, step});
process.stdout.write(`${folder}\n`);
