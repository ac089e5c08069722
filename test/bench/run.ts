// npm run bench: measures the rows of the target table, each beside the row it is compared with.

import {writeFile} from "node:fs/promises";
import {cpus, totalmem} from "node:os";
import {families, measure} from "./families.js";
import {fullScale, readOptions} from "./options.js";
import {outcomesJson, printOutcomes} from "./table.js";
import {targets, type Outcome} from "./target.js";
import {openWorkshop} from "./workshop.js";

const options = readOptions(process.argv.slice(2));
const workshop = openWorkshop(options);
const outcomes: Outcome[] = [];
try {
  for (const family of families) outcomes.push(...(await measure(family, options.only, workshop)));
} finally {
  await workshop.close();
}
const order = targets.map(({id}) => id);
outcomes.sort((a, b) => order.indexOf(a.target) - order.indexOf(b.target));
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}, ${process.platform}`;
console.log(`\n${machine}; scale ${options.scale} for the big rows (${fullScale} is a million opportunities); medians of ${options.runs} rounds\n`);
console.log(printOutcomes(outcomes));
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify({machine, ...options, outcomes: outcomesJson(outcomes)}, null, 2)}\n`);
