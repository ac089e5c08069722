import {describe, expect, it} from "vitest";
import {openBuilt} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {canonicalTables, type CanonicalTable} from "../../loaders/canonical/schema.js";
import {readSettings} from "../../loaders/settings.js";
import {metrics} from "../../src/metrics/index.js";
import {askMany} from "../../src/query/ask.js";
import {beforeRecords, parsePeriod} from "../../src/query/calendar.js";
import {missingData} from "../../src/query/catalogue.js";
import {recordParts} from "../../src/query/records.js";
import {recomputed, rolesOf} from "../query/recomputed.js";
import {sampleWorld, tinyWorlds} from "./worlds.js";

const personal = new Set(Object.values(canonicalTables as Record<string, CanonicalTable>).flatMap(({columns}) => Object.entries(columns).flatMap(([name, {privacy}]) => (privacy === "personal" ? [name] : []))));

describe.each([...tinyWorlds, sampleWorld])("in the world $name the records behind every number", ({settings: path, periods, name}) => {
  it("make the number again and name nobody", async () => {
    await prepareSample(path, () => {});
    const built = await openBuilt((await runPipeline(await readSettings(path))).folder, {threads: 1});
    try {
      const {manifest, run} = built;
      const options = {manifest, catalogue: metrics};
      const fed = metrics.filter((metric) => missingData(metric, manifest) === null);
      const keys = (name === sampleWorld.name ? ["closed:month"] : periods.slice(0, 3)).filter((key) => !beforeRecords(parsePeriod(key, manifest), manifest));
      const answers = await askMany(keys.map((key) => ({metrics: fed.map(({id}) => id), period: key})), {...options, run});
      let compared = 0;
      let identified = 0;
      for (const [k, key] of keys.entries())
        for (const metric of fed) {
          const row = answers[k]!.rows.find(({metric: id}) => id === metric.id)!;
          if (row.reason === "incomplete") continue;
          const parts = recordParts({metric: metric.id, period: key}, options);
          const rows = await Promise.all(parts.map((part) => run(part.rows)));
          const again = recomputed(metric, parsePeriod(key, manifest), manifest, rolesOf(parts, rows)).value;
          const where = `${metric.id} ${key}: ${row.value} ${row.reason ?? ""}, by its records ${again}`;
          if (row.value === null || again === null) expect(again, where).toBe(row.value);
          else expect(Math.abs(row.value - again), where).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(again)));
          compared++;
          for (const [k, {table, columns}] of parts.entries()) {
            // An order or a subscription may name no customer.
            if (table === undefined || table === "account") continue;
            expect(rows[k]!.filter(({record_id}) => typeof record_id !== "string" || record_id === "").length, `${metric.id}: records of ${table} without an id`).toBe(0);
            // Without a row of its own in the CRM's words a record could not be told from another that looks like it.
            if (columns.includes("owner") && metric.type === "simple" && parts[k]!.mart === "fct_opportunity") expect(new Set(rows[k]!.map(({record_id}) => record_id)).size, metric.id).toBe(rows[k]!.length);
            identified++;
          }
          expect(parts.flatMap(({columns}) => columns).filter((column) => personal.has(column) || column.endsWith("_id")), metric.id).toEqual([]);
        }
      expect(compared).toBeGreaterThan(0);
      if (Object.values(manifest.records ?? {}).some((table) => table !== "account")) expect(identified).toBeGreaterThan(0);
    } finally {
      built.close();
    }
  }, 120_000);
});
