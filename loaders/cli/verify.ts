// npm run verify -- --month 2026-10: whether a frozen month is what its inputs give.

import {verify} from "../snapshot/command.js";
import {createProgress} from "./progress.js";

const progress = createProgress(process.stdout);

process.exitCode = await verify(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  progress: (text) => progress.step(text),
  done: () => progress.done(),
  now: new Date().toISOString(),
  environment: process.env
});
