import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {prepareSample} from "../../loaders/sampleSource.js";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {metrics} from "../../src/metrics/index.js";
import {askMany} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {shippedDimensions} from "../../src/query/catalogue.js";
import type {Answer} from "../../src/query/question.js";
import {checkedMetrics, openChecks, type Checks} from "./checks.js";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

it("every declared metric has an independent check, and every check a metric", async () => {
  expect(await checkedMetrics()).toEqual(metrics.map(({id}) => id).sort());
});

const worlds = [
  {name: "the tiny world", settings: path("test/fixtures/tiny/report.yaml"), periods: ["2024-11", "2024-12", "2025-01", "2025-02", "current:month", "2024-Q4", "current:quarter", "all"]},
  {name: "the sample company", settings: path("data/report.yaml"), periods: ["closed:month", "2025", "2024-W20"]}
];

describe.each(worlds)("in $name the compiled number equals the check", ({settings: file, periods}) => {
  let built!: BuiltReport;
  let checks!: Checks;
  /** Answers by period key and dimension; every metric in one question, as a page asks. */
  const answers = new Map<string, Answer>();
  beforeAll(async () => {
    await prepareSample(file, () => {});
    const settings = await readSettings(file);
    built = await openBuilt((await runPipeline(settings)).folder);
    const {manifest} = built;
    checks = await openChecks(settings, manifest, periods.map((key) => parsePeriod(key, manifest).census));
    const places = periods.flatMap((key) => [null, ...shippedDimensions].map((dimension) => ({key, dimension})));
    const found = await askMany(places.map(({key, dimension}) => ({metrics: metrics.map(({id}) => id), period: key, ...(dimension && {by: [dimension]})})), built);
    places.forEach(({key, dimension}, k) => answers.set(`${key} ${dimension}`, found[k]!));
  });
  afterAll(() => {
    built?.close();
    checks?.close();
  });

  it.each(metrics.map(({id}) => id))("%s, in total and by every dimension", async (id) => {
    const metric = metrics.find((candidate) => candidate.id === id)!;
    const none = metric.type === "cumulative" || ((metric.type === "simple" || metric.type === "balance") && metric.empty === 0) ? 0 : null;
    for (const key of periods)
      for (const dimension of [null, ...shippedDimensions]) {
        const {rows, missing, notApplied, period: {start, end}} = answers.get(`${key} ${dimension}`)!;
        expect(missing).toEqual([]);
        if (notApplied.some((one) => one.metric === id)) continue;
        const expected = await checks.of(id, {start, end, dimension});
        const found = new Map(rows.filter((row) => row.metric === id && row.total === (dimension === null)).map(({members, value}) => [dimension === null ? "" : String(members[0]), value]));
        for (const member of new Set([...expected.keys(), ...found.keys()])) {
          const ours = found.get(member) ?? null;
          const theirs = expected.has(member) ? expected.get(member)! : none;
          const where = `${id} ${key} ${dimension ?? "total"} ${member}`;
          if (ours === null || theirs === null) expect(ours, where).toBe(theirs);
          else expect(Math.abs(ours - theirs), `${where}: ${ours}, not ${theirs}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(theirs)));
        }
      }
  });
});
