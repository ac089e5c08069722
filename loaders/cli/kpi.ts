// npm run --silent kpi -- win_rate --by owner: the numbers of the report in the terminal.

import {kpi} from "../kpi/command.js";

process.exitCode = await kpi(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  environment: process.env
});
