// npm run publish -- --to TARGET: a built report to where readers see it.

import {publish} from "../publish/command.js";
import {createProgress} from "./progress.js";

const json = process.argv.includes("--json");
const progress = createProgress(json ? process.stderr : process.stdout);

process.exitCode = await publish(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: (text) => progress.step(text),
  done: () => progress.done(),
  now: new Date().toISOString(),
  environment: process.env
});
