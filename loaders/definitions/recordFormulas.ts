// Records new formulas: `npx tsx loaders/definitions/recordFormulas.ts [id …]` after a metric was added or its version
// raised. Named ids are recorded anew under their old version: only right for one that was never published.

import {writeFile} from "node:fs/promises";
import {metrics as counted} from "../../src/metrics/index.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {formulaProblem, formulasFile, readFormulas, recorded} from "./formulas.js";

const metrics = [...counted, ...targetMetrics];
const formulas = recorded(metrics, await readFormulas(), process.argv.slice(2));
const lines = Object.entries(formulas).map(([id, versions]) => `  ${JSON.stringify(id)}: ${JSON.stringify(versions)}`);
await writeFile(formulasFile, `{\n${lines.join(",\n")}\n}\n`);
for (const problem of metrics.flatMap((metric) => formulaProblem(metric, formulas) ?? [])) {
  console.error(problem);
  process.exitCode = 1;
}
