// npm run digest -- --out mail: the newest frozen month as a mail, plain text, JSON and a feed.

import {digest} from "../digest/command.js";

process.exitCode = await digest(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  environment: process.env
});
