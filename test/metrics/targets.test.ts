import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {heldAgainst, type Accrual} from "../../src/format/pace.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {askMany} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {readTargets, targetQuestions, type TargetReading} from "../../src/query/explain/targetNumbers.js";
import type {Question} from "../../src/query/question.js";
import {openChecks, type Checks} from "./checks.js";
import {sampleWorld, tinyWorlds} from "./worlds.js";

const worlds = [
  {...tinyWorlds.find(({name}) => name === "tiny")!, periods: ["2025-02", "current:quarter"], valued: 3},
  {...sampleWorld, periods: ["closed:month", "current:month", "current:quarter", "current:year", "2026-Q2"], valued: 40}
];
const dimensions = [null, "region", "team", "owner"] as const;

describe.each(worlds)("in the world $name, of revenue won", ({name, settings, periods, valued}) => {
  let built: BuiltReport;
  let checks: Checks;
  let readings: Map<string, TargetReading[]>;
  beforeAll(async () => {
    await prepareSample(settings, () => {});
    const read = await readSettings(settings);
    built = await openBuilt((await runPipeline(read)).folder, {threads: 1});
    checks = await openChecks(read, built.manifest, []);
    readings = new Map(await Promise.all(periods.flatMap((period) => dimensions.map(async (dimension) => {
      const asked: Question = {metrics: ["revenue_won"], period, ...(dimension && {by: [dimension]})};
      const answers = await askMany(targetQuestions(asked, built.manifest), built);
      return [`${period} ${dimension}`, readTargets(answers, asked, catalogueOf(built.manifest))] as const;
    }))));
  });
  afterAll(() => {
    built?.close();
    checks?.close();
  });

  it.each(targetMetrics)("$id is what its check says, for the company, regions, teams and owners", async ({id, part}) => {
    let seen = 0;
    for (const period of periods)
      for (const dimension of dimensions) {
        const {start, end} = parsePeriod(period, built.manifest);
        const expected = (await checks.of(id, {start, end}, [dimension])).get(dimension)!;
        for (const reading of readings.get(`${period} ${dimension}`)!) {
          const {row} = reading;
          if (row.total !== (dimension === null) || row.target === undefined) continue;
          const where = `${id} ${period} ${row.members[0] ?? "total"}`;
          const {value, reason} = reading.numbers[part];
          const theirs = expected.get(row.total ? "" : String(row.members[0])) ?? null;
          if (value === null || theirs === null) expect(value, `${where}: ${reason}`).toBe(theirs);
          else expect(value, where).toBeCloseTo(theirs, 6);
          if (value !== null) seen++;
        }
      }
    // The data of the tiny world begin later than any earlier year would.
    expect(seen).toBeGreaterThan(part === "attainment" ? valued : part === "pace_seasonal" && name === "tiny" ? -1 : 0);
  });
  it("the pace is the one that cards, tables and kpi hold the number against", () => {
    const running = [...readings.values()].flat().filter(({row, progress}) => row.role === "current" && row.period.part && row.target && progress.pace !== null);
    expect(running.length).toBeGreaterThan(0);
    for (const {row, metric, progress} of running) expect(progress.pace).toBe(heldAgainst(row, metric as Accrual).value);
  });

});
