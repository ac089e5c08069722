// npm run report -- --config PATH --out DIR: exports to a finished site.

import {report} from "../report/command.js";
import {createProgress} from "./progress.js";

const json = process.argv.includes("--json");
const progress = createProgress(json ? process.stderr : process.stdout);

process.exitCode = await report(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: (text) => progress.step(text),
  done: () => progress.done(),
  colour: process.stdout.isTTY === true && !process.env["NO_COLOR"],
  now: new Date().toISOString(),
  environment: process.env
});
