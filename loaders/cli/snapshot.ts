// npm run snapshot -- --month 2026-10: a month as it is now, kept for good.

import {snapshot} from "../snapshot/command.js";
import {createProgress} from "./progress.js";

const progress = createProgress(process.stdout);

process.exitCode = await snapshot(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: (text) => progress.step(text),
  done: () => progress.done(),
  now: new Date().toISOString(),
  environment: process.env
});
