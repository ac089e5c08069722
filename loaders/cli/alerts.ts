// npm run alerts -- --out alerts: what calls for somebody, as text, JSON and tasks.

import {alerts} from "../alerts/command.js";

process.exitCode = await alerts(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  environment: process.env
});
