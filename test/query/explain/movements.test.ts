import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {movementsCsv} from "../../../src/components/churn/movementList.js";
import {openBuilt, type BuiltReport} from "../../../loaders/native.js";
import {runPipeline} from "../../../loaders/pipeline.js";
import {prepareSample} from "../../../loaders/sampleSource.js";
import {readSettings} from "../../../loaders/settings.js";
import {askWaterfall, type Waterfall} from "../../../src/query/explain/waterfall.js";
import {askMovements} from "../../../src/query/movements/askMovements.js";
import type {MovementEntry} from "../../../src/query/movements/question.js";
import type {Filter} from "../../../src/query/question.js";
import {formatterOf} from "../../components/world.js";
import {sampleWorld, tinyWorlds} from "../../metrics/worlds.js";

const cents = (value: number | null) => Math.round(value! * 100);
const ofMove = (entries: readonly MovementEntry[], move: string) => entries.filter((one) => one.move === move);
const barOf = ({bars}: Waterfall, move: string) => bars.find((bar) => bar.move === move)!;

describe("the ledger of movements", () => {
  let built: BuiltReport;
  beforeAll(async () => {
    await prepareSample(sampleWorld.settings, () => {});
    built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
  });
  afterAll(() => built?.close());

  const filters: readonly (readonly [string, readonly Filter[]])[] = [["all", []], ["one segment", [{dimension: "segment", values: ["SMB"]}]], ["two regions", [{dimension: "region", values: ["West", null]}]]];
  it.each(filters)("adds up to the bars, customer by customer, in months, quarters and years: %s", async (_, chosen) => {
    const known = chosen.map((filter) => ({...filter, values: filter.values.filter((value) => built.manifest.dimensions.find(({id}) => id === filter.dimension)!.members.includes(value))}));
    for (const period of ["2025-10", "2025-11", "2026-10", "2026-11", "2026-Q1", "2025", "all"]) {
      const {waterfalls: [bars]} = await askWaterfall({of: "mrr", period, filters: known}, built);
      const [told] = await askMovements([{period, filters: known, limit: 100_000}], built);
      const entries = told!.entries!;
      expect([period, bars!.residual]).toEqual([period, 0]);
      for (const {move, count, difference} of told!.sums) {
        const own = ofMove(entries, move);
        expect([period, move, own.length, count]).toEqual([period, move, barOf(bars!, move).n, barOf(bars!, move).n]);
        expect([period, move, own.reduce((sum, one) => sum + cents(one.difference), 0), cents(difference)]).toEqual([period, move, ...Array<number>(2).fill(barOf(bars!, move).sign * cents(barOf(bars!, move).value) + 0)]);
      }
      // What a customer did and what rates made of it are a line each: together they are its difference.
      const lines = new Map<number, readonly MovementEntry[]>();
      for (const one of entries) lines.set(one.customer, [...(lines.get(one.customer) ?? []), one]);
      expect([...lines.values()].filter((own) => own.reduce((sum, {difference}) => sum + cents(difference), 0) !== cents(own[0]!.after) - cents(own[0]!.before))).toEqual([]);
      for (const own of lines.values()) expect(own.filter(({move}) => move !== "rates").length).toBeLessThanOrEqual(1);
      expect(new Set(entries.map(({customer, move}) => `${customer} ${move}`)).size).toBe(entries.length);
      expect(entries.filter(({day}) => day < told!.period.start || day >= told!.period.end)).toEqual([]);
    }
  });
  it("is listed by what it weighs, and its file holds what the list holds", async () => {
    const [few, all] = await askMovements([{period: "2025-12", filters: [], limit: 3}, {period: "2025-12", filters: [], limit: 1000}], built);
    expect(few!.entries).toEqual(all!.entries!.slice(0, 3));
    expect(few!.sums).toEqual(all!.sums);
    const weights = all!.entries!.map(({difference}) => Math.abs(difference));
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    const lines = movementsCsv(all!, {format: await formatterOf("en")}).trim().split("\n");
    expect(lines).toHaveLength(all!.entries!.length + 1);
    expect(lines[0]).toBe("Id in the CRM,Movement,At the start,At the end,Difference,Plan,Day");
  });
});

// README.md of the fixture tells what each of these did.
describe("the ledger of the paper world", () => {
  let built: BuiltReport;
  beforeAll(async () => {
    built = await openBuilt((await runPipeline(await readSettings(tinyWorlds.find(({name}) => name === "tiny-subscriptions")!.settings))).folder, {threads: 1});
  });
  afterAll(() => built?.close());
  const ledger = async (period: string) => {
    const [told] = await askMovements([{period, filters: [], limit: 100}], built);
    return Object.fromEntries(told!.entries!.map(({record, customer, move, before, after, day, planBefore, planAfter, unrated}) => [record ?? `no. ${customer}`, [move, before, after, day, planBefore, planAfter, ...(unrated ? ["unrated"] : [])]]));
  };

  it("tells who was paused, moved to another account, of unknown value, and lost", async () => {
    const january = await ledger("2025-01");
    expect(january).toMatchObject({
      A2: ["churn", 200, 0, "2025-01-15", "Basic", null], A13: ["churn", 45, 0, "2025-01-20", "Basic", null],
      A6: ["expansion", 60, 70, "2025-01-20", "Basic", "Basic"], A9: ["new", 0, 0, "2025-01-05", null, "Basic", "unrated"]
    });
    // Upgraded and downgraded in the month nets to nothing.
    expect(Object.keys(january)).not.toContain("A1");
  });
  it("tells who came back, who ended one of two subscriptions, and who was cancelled at the end of what was paid", async () => {
    expect(await ledger("2025-02")).toMatchObject({
      A3: ["reactivation", 0, 80, "2025-02-05", null, "Pro"], A1: ["contraction", 120, 100, "2025-02-15", "Basic", "Basic"], A12: ["expansion", 90, 110, "2025-02-10", "Basic", "Basic"]
    });
    expect(await ledger("2025-03")).toEqual({A2: ["reactivation", 0, 200, "2025-03-10", null, "Basic"], A10: ["churn", 120, 0, "2025-03-01", "Pro", null], A8: ["rates", 80, 90, "2025-03-31", "Basic", "Basic"]});
    expect(await ledger("2025-04")).toEqual({A7: ["expansion", 100, 110, "2025-04-10", "Pro", "Pro"]});
  });
});
