import {existsSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {metrics} from "../../src/metrics/index.js";
import {ask} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {dimensionApplies, leavesOf, shippedDimensions} from "../../src/query/catalogue.js";
import {checkedMetrics, openChecks, type Checks} from "./checks.js";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

it("every declared metric has an independent check, and every check a metric", async () => {
  expect(await checkedMetrics()).toEqual(metrics.map(({id}) => id).sort());
});

const worlds = [
  {name: "the tiny world", settings: path("test/fixtures/tiny/report.yaml"), periods: ["2024-11", "2024-12", "2025-01", "2025-02", "current:month", "2024-Q4", "current:quarter", "all"]},
  {name: "the sample company", settings: path("data/report.yaml"), periods: ["closed:month", "closed:quarter", "2025", "2024-W20"]}
].filter(({settings}) => existsSync(settings));

describe.each(worlds)("in $name the compiled number equals the check", ({settings: file, periods}) => {
  let built!: BuiltReport;
  let checks!: Checks;
  beforeAll(async () => {
    const settings = await readSettings(file);
    built = await openBuilt((await runPipeline(settings)).folder);
    checks = await openChecks(settings, built.manifest);
  });
  afterAll(() => {
    built?.close();
    checks?.close();
  });

  it.each(metrics.map(({id}) => id))("%s, in total and by every dimension", async (id) => {
    const {manifest} = built;
    const metric = metrics.find((candidate) => candidate.id === id)!;
    const none = leavesOf(metric).length === 1 && ["simple", "balance"].includes(metric.type) && leavesOf(metric).every((leaf) => "empty" in leaf && leaf.empty === 0) ? 0 : null;
    for (const key of periods) {
      const {start, end} = parsePeriod(key, manifest);
      for (const dimension of [null, ...shippedDimensions.filter((one) => dimensionApplies(metric, one, manifest.dimensions))]) {
        const {rows, missing} = await ask({metrics: [id], period: key, ...(dimension && {by: [dimension]})}, built);
        expect(missing).toEqual([]);
        const expected = await checks.of(id, {start, end, dimension});
        const found = new Map(rows.filter(({total}) => total === (dimension === null)).map(({members, value}) => [dimension === null ? "" : String(members[0]), value]));
        for (const member of new Set([...expected.keys(), ...found.keys()])) {
          const [ours, theirs] = [found.get(member), expected.has(member) ? expected.get(member)! : id === "revenue_won_ytd" ? 0 : none];
          const where = `${id} ${key} ${dimension ?? "total"} ${member}`;
          if (ours === undefined || ours === null || theirs === null) expect(ours ?? null, where).toBe(theirs);
          else expect(Math.abs(ours - theirs), `${where}: ${ours}, not ${theirs}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(theirs)));
        }
      }
    }
  });
});
