import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {driverTrees, metricsOf} from "../../src/metrics/drivers.js";
import {metrics} from "../../src/metrics/index.js";
import {ask} from "../../src/query/ask.js";
import type {Answer} from "../../src/query/question.js";
import {levelOfTree, splitTree, type Levels} from "../../src/query/explain/drivers.js";
import {sampleWorld} from "./worlds.js";

it("every driver tree is over declared metrics, and has a name of its own among those of its KPI", () => {
  expect(driverTrees.flatMap(metricsOf).filter((id) => !metrics.some((metric) => metric.id === id))).toEqual([]);
  const keys = driverTrees.map(({metric, name}) => `${metric} ${name}`);
  expect(new Set(keys).size).toBe(keys.length);
});

describe("on the sample company", () => {
  let built: BuiltReport;
  let answer: Answer;
  beforeAll(async () => {
    await prepareSample(sampleWorld.settings, () => {});
    built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
    answer = await ask({metrics: [...new Set(driverTrees.flatMap(metricsOf))], period: "closed:month", trend: {grain: "month", count: 13}}, built);
  });
  afterAll(() => built?.close());
  const trend = (id: string) => answer.rows.filter(({metric, role}) => metric === id && role === "trend").map(({value}) => value);
  const between = (ids: readonly string[], k: number): Levels => new Map(ids.map((id) => [id, {before: trend(id)[k - 1]!, after: trend(id)[k]!}]));

  describe.each(driverTrees)("the tree $name of $metric", (tree) => {
    it("makes the KPI to the last digit in every month of a year, and its split is the whole change", () => {
      const own = trend(tree.metric);
      let split = 0;
      for (let k = 1; k < own.length; k++) {
        const values = between(metricsOf(tree), k);
        const level = levelOfTree(tree, values);
        if (!level || own[k] == null || own[k - 1] == null) continue;
        const near = (told: number, is: number) => expect(Math.abs(told - is), `${tree.metric} ${k}`).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(own[k]!), Math.abs(own[k - 1]!)));
        near(level.before, own[k - 1]!);
        near(level.after, own[k]!);
        near(splitTree(tree, values)!.reduce((sum, {change}) => sum + change, 0), own[k]! - own[k - 1]!);
        split++;
      }
      expect(split).toBeGreaterThan(5);
    });
  });
});
