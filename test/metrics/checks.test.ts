import {afterAll, describe, expect, it} from "vitest";
import {prepareSample} from "../../loaders/sampleSource.js";
import {openBuilt} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {isCalendar, type Metric} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {askMany} from "../../src/query/ask.js";
import {beforeRecords, parsePeriod, wholeEnd} from "../../src/query/calendar.js";
import {missingData, shippedDimensions} from "../../src/query/catalogue.js";
import {evaluate} from "../../src/query/compose.js";
import {scopeOf} from "../../src/query/filters.js";
import type {Answer} from "../../src/query/question.js";
import {checkedMetrics, openChecks} from "./checks.js";
import {fitted} from "./fitted.js";
import {sampleWorld, tinyWorlds, type World} from "./worlds.js";

const checkable = metrics.filter(({id}) => !fitted.includes(id));

/** A world's answers by period and dimension, every metric that it feeds in one question, as a page asks. */
async function openWorld(world: World) {
  await prepareSample(world.settings, () => {});
  const settings = await readSettings(world.settings);
  const built = await openBuilt((await runPipeline(settings)).folder, {threads: 1});
  const {manifest} = built;
  const fed = checkable.filter((metric) => missingData(metric, manifest) === null);
  const checks = await openChecks(settings, manifest, world.periods.map((key) => parsePeriod(key, manifest).census));
  const dimensions = [null, ...shippedDimensions.filter((id) => manifest.dimensions.some((dimension) => dimension.id === id && dimension.label === undefined))];
  const places = world.periods.flatMap((key) => dimensions.map((dimension) => ({key, dimension})));
  const applies = (metric: Metric, dimension: string | null) => dimension === null || scopeOf(metric, {by: [dimension]}, manifest.dimensions).by.length > 0;
  const asked = await askMany(places.map(({key, dimension}) => ({
    metrics: fed.filter((metric) => applies(metric, dimension)).map(({id}) => id), period: key, ...(dimension && {by: [dimension]})
  })), built);
  const answers = new Map<string, Answer>(places.map(({key, dimension}, k) => [`${key} ${dimension}`, asked[k]!]));
  return {...world, manifest, fed, checks, dimensions, applies, answers, close: () => { built.close(); checks.close(); }};
}

// WORLD=tiny-service checks that one only: the whole company takes a minute.
const only = process.env["WORLD"];
const worlds: Awaited<ReturnType<typeof openWorld>>[] = [];
for (const world of [...tinyWorlds, sampleWorld]) if (only === undefined || world.name === only) worlds.push(await openWorld(world));
afterAll(() => worlds.forEach((world) => world.close()));

it("every declared metric has an independent check, and every check a metric", async () => {
  expect(await checkedMetrics()).toEqual([...checkable, ...targetMetrics].map(({id}) => id).sort());
});

it.skipIf(only)("every metric is checked on a tiny world and on the sample company, against a value", () => {
  const valued = (tiny: boolean) => new Set(worlds.filter(({name}) => (name === sampleWorld.name) !== tiny)
    .flatMap(({answers}) => [...answers.values()].flatMap(({rows}) => rows.flatMap(({metric, value}) => (value === null ? [] : [metric])))));
  const [tiny, sample] = [valued(true), valued(false)];
  expect({
    tiny: checkable.flatMap(({id}) => (tiny.has(id) ? [] : [id])),
    sample: checkable.flatMap(({id}) => (sample.has(id) ? [] : [id]))
  }).toEqual({tiny: [], sample: []});
});

/** What a member without a row has: nothing, or none. */
function absent(metric: Metric): number | null {
  if (metric.type === "cumulative" || metric.type === "shifted" || metric.type === "share") return absent(metric.measure);
  if (metric.type === "derived") return evaluate(metric.formula, Object.fromEntries(Object.entries(metric.inputs).map(([name, input]) => [name, {value: isCalendar(input) ? 1 : absent(input), n: 0}]))).value;
  return metric.type === "movement" || ((metric.type === "simple" || metric.type === "balance") && metric.empty === 0) ? 0 : null;
}

describe.each(worlds.filter(({fed}) => fed.length > 0))("in the world $name the compiled number equals the check", ({manifest, periods, fed, checks, dimensions, applies, answers}) => {
  it.each(fed.map((metric) => [metric.id, metric] as const))("%s, in total and by every dimension", async (id, metric) => {
    const own = dimensions.filter((dimension) => applies(metric, dimension));
    for (const key of periods) {
      const {period} = answers.get(`${key} ${null}`)!;
      if (beforeRecords(period, manifest)) continue;
      const {start, end} = period;
      const checked = await checks.of(id, {start, end, past: wholeEnd(period, manifest.calendar)}, own);
      for (const dimension of own) {
        const {rows} = answers.get(`${key} ${dimension}`)!;
        const expected = checked.get(dimension)!;
        const told = rows.filter((row) => row.metric === id && row.total === (dimension === null));
        const found = new Map(told.map((row) => [dimension === null ? "" : String(row.members[0]), row]));
        for (const member of new Set([...expected.keys(), ...found.keys()])) {
          const row = found.get(member);
          const ours = row?.value ?? null;
          // What a check finds behind the first day of the data is not all there was.
          if (row?.reason === "incomplete") continue;
          // A share or a mean of nothing: the check has no row for it either.
          if (row?.reason === "zero_denominator" && !expected.has(member)) continue;
          // Too early for one is too early for all: a check that finds a number for anybody says so.
          const early = row?.reason === "too_early" && [...expected.values()].every((value) => value === null);
          const theirs = early ? null : expected.has(member) ? expected.get(member)! : metric.type === "share" && expected.size === 0 ? null : absent(metric);
          const where = `${id} ${key} ${dimension ?? "total"} ${member}`;
          if (ours === null || theirs === null) expect(ours, where).toBe(theirs);
          else expect(Math.abs(ours - theirs), `${where}: ${ours}, not ${theirs}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(theirs)));
        }
      }
    }
  });
});
