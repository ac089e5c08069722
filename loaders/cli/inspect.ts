// npm run --silent inspect -- FILE…: what unknown exports hold, and a first report.yaml for them.

import {inspectCommand} from "../inspect/command.js";

process.exitCode = await inspectCommand(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text)
});
