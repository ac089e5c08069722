// How every metric of a report is made: for the definitions page and definitions.json.

import {existsSync} from "node:fs";
import {readdir} from "node:fs/promises";
import {join} from "node:path";
import type {Metric} from "../../src/metrics/define.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import type {Making} from "../../src/query/making.js";
import type {Manifest} from "../../src/query/manifest.js";
import {statementsFor} from "../../src/query/statementsFor.js";
import {readModels} from "../build/martModel.js";
import {projectFolder} from "../project.js";
import {readFormulas, statusOf} from "./formulas.js";
import {lineageOf} from "./lineage.js";
import {targetSql} from "./targetSql.js";

/** Returns how each metric that readers may see is made, by id; statements are for the period. `aimed` are the KPIs that have goals. */
export async function makingsOf(catalogue: readonly Metric[], period: string, manifest: Manifest, aimed: readonly string[] = []): Promise<Map<string, Making>> {
  const [models, formulas, checks] = await Promise.all([readModels(), readFormulas(), checkedIds()]);
  const makings = new Map<string, Making>();
  for (const metric of [...catalogue, ...targetMetrics]) {
    if (metric.internal) continue;
    const {id, version, since} = metric;
    const checked = checks.has(id);
    const known = (formulas[id] ?? []).filter((one) => one.version < version).map(({version, since}) => ({version, since}));
    makings.set(id, {
      ...(metric.type === "target" ? await targetSql(metric, {manifest, catalogue, period, aimed}) : {statements: await statementsFor([{metrics: [id], period}], {manifest, catalogue})}),
      lineage: lineageOf(metric, models, manifest.files),
      checks: checked ? [`test/metrics/${id}.check.sql`] : [],
      status: statusOf(metric, {formulas, checked}),
      versions: [...known, {version, since}]
    });
  }
  return makings;
}

/** Ids of the metrics with an independent check of their own. */
async function checkedIds(): Promise<Set<string>> {
  const folder = join(projectFolder, "test/metrics");
  const names = existsSync(folder) ? await readdir(folder) : [];
  return new Set(names.filter((name) => name.endsWith(".check.sql")).map((name) => name.slice(0, -".check.sql".length)));
}
