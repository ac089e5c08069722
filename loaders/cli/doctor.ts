// npm run doctor -- --config PATH: what this machine or the settings lack.

import {doctor} from "../doctor/command.js";

process.exitCode = await doctor(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  environment: process.env
});
