import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import {cohortGrains} from "../../../src/metrics/cohort.js";
import {purchasesCohort} from "../../../src/metrics/cohorts.js";
import type {CohortCell} from "../../../src/query/cohort/answer.js";
import {askCohort} from "../../../src/query/cohort/askCohort.js";
import {asOfs, choices, load, logs, manifest, measuresAsked} from "./logs.js";
import {entriesOf, iso, periodStart, referenceCell, type Asked, type LogEvent} from "./reference.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

const rounded = (value: number | null) => (value === null ? null : Number(value.toPrecision(10)));
const plain = ({state, active, observed, value}: Pick<CohortCell, "state" | "active" | "observed" | "value">) => ({state, active, observed: state === "later" ? 0 : observed, value: rounded(value)});

/** Ages of the columns, as many as the oldest cohort has begun. */
function columns({measure, brackets}: Asked, count: number): (readonly [number, number])[] {
  return measure === "bracketed" ? brackets.slice(0, count) as (readonly [number, number])[] : Array.from({length: count}, (_, age) => [age, age] as const);
}

function average(cells: readonly ReturnType<typeof referenceCell>[], {form}: Asked): number | null {
  const whole = cells.filter(({state, over, under}) => state === "whole" && over !== null && under !== null);
  const [over, under] = [whole.reduce((all, one) => all + one.over!, 0), form === "absolute" ? whole.length : whole.reduce((all, one) => all + one.under!, 0)];
  return whole.length === 0 || under <= 0 ? null : over / under;
}

const cases = cohortGrains.flatMap((grain) => measuresAsked.map((measure) => ({grain, measure})));

describe.each(cases)("the engine and the reference, by $grain, $measure,", ({grain, measure}) => {
  it("agree on every cell and average, of all, by segment and of members, for each span, base and form, once or anew", () =>
    fc.assert(fc.asyncProperty(logs(grain), asOfs(grain), choices(grain, measure), fc.constantFrom(1, 7), fc.boolean(), async (full, asOf, asked, weekStart, isNorth) => {
      const log: LogEvent[] = full.filter(({day}) => day <= asOf);
      fc.pre(log.some(({event}) => event === "purchase"));
      await load(native, log);
      const filters = isNorth ? [{dimension: "segment" as const, values: ["North", null]}] : [];
      const {lines, average: mean, segments} = await askCohort("purchases", {...asked, by: "segment", filters, range: "all"}, {manifest: manifest(asOf, weekStart), run: native.run});
      const entries = entriesOf(log, purchasesCohort, asked, weekStart).filter(({segment}) => !isNorth || segment !== "South");
      const periods = [...new Set(entries.map(({period}) => period))].sort((a, b) => a - b);
      expect(lines.map(({key, size}) => [key, size])).toEqual(periods.map((period) => [iso(period), entries.filter((one) => one.period === period).length]));
      const ages = columns(asked, lines[0]?.cells.length ?? 0);
      const cellsOf = (member: string | null | undefined) => periods.map((period) => {
        const own = entries.filter((one) => one.period === period && (member === undefined || one.segment === member));
        return {period, own, cells: ages.map((age, k) => referenceCell(own, period, age, k === 0 ? null : ages[k - 1]!, log, purchasesCohort, asked, asOf, weekStart))};
      }).filter(({own}) => own.length > 0);
      const all = cellsOf(undefined);
      expect(lines.map(({cells}) => cells.map(plain))).toEqual(all.map(({cells}) => cells.map(plain)));
      expect(mean.map(({value}) => rounded(value))).toEqual(mean.map((_, k) => rounded(average(all.map(({cells}) => cells[k]!), asked))));
      for (const segment of segments!) {
        const own = cellsOf(segment.member);
        expect(segment.lines.map(({key, cells}) => [key, cells.map(plain)])).toEqual(own.map(({period, cells}) => [iso(period), cells.map(plain)]));
        expect(segment.average.map(({value}) => rounded(value))).toEqual(segment.average.map((_, k) => rounded(average(own.map(({cells}) => cells[k]!), asked))));
      }
      const members = await askCohort("purchases", {...asked, key: "segment", filters, range: "all"}, {manifest: manifest(asOf, weekStart), run: native.run});
      for (const line of members.lines) expect(line.cells.map(({value}) => rounded(value))).toEqual(line.cells.map((_, k) => rounded(average(cellsOf(line.member).map(({cells}) => cells[k]!), asked))));
      expect(members.average.map(({value}) => rounded(value))).toEqual(members.average.map((_, k) => rounded(average([...new Set(entries.map(({segment}) => segment))].flatMap((member) => cellsOf(member).map(({cells}) => cells[k]!)), asked))));
    }), {numRuns: 10, seed: 6, endOnFailure: true}), 30_000);
});

it("periods begin as the calendar has them", () => {
  expect(iso(periodStart(19_782, "week", 7))).toBe("2024-02-25");
  expect(iso(periodStart(19_782, "quarter", 1, 1))).toBe("2024-04-01");
});
