// npm run pdf -- --paper A4 --out board-pack.pdf: a built report as a board pack.

import {makePack} from "../pack/command.js";

process.exitCode = await makePack(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text)
});
