// npm run compare -- 2026-08 2026-10: two frozen months side by side.

import {compare} from "../snapshot/command.js";
import {createProgress} from "./progress.js";

const progress = createProgress(process.stdout);

process.exitCode = await compare(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: (text) => progress.step(text),
  done: () => progress.done(),
  now: new Date().toISOString(),
  environment: process.env
});
