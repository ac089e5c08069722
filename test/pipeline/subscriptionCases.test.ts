// Subscriptions that churn is easily got wrong of, a named case each: test/fixtures/subscription-cases/README.md says what each is.

import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";
import {askMovesBy} from "../../src/query/churnBy/askMovesBy.js";
import {askWaterfall} from "../../src/query/explain/waterfall.js";
import {askMovements} from "../../src/query/movements/askMovements.js";
import {mrrMoves, type MrrMove} from "../../src/query/movements/question.js";

const folder = "test/fixtures/subscription-cases";
const paper = JSON.parse(readFileSync(`${folder}/movements.json`, "utf8")) as Readonly<Record<string, Readonly<Record<string, Readonly<Partial<Record<MrrMove, number>>>>>>>;
const months = ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"];

describe("subscriptions, a named case each", () => {
  let built: BuiltReport;
  beforeAll(async () => {
    built = await openBuilt((await runPipeline(await readSettings(`${folder}/report.yaml`))).folder, {threads: 1});
  });
  afterAll(() => built?.close());

  it("does to recurring revenue what was worked out on paper, and nothing else, in every month", async () => {
    const told = await askMovements(months.map((period) => ({period, filters: [], limit: 100})), built);
    const found = Object.fromEntries(told.map(({entries}, k) => [months[k], Object.fromEntries(entries!.map(({record, move, difference}) => [record, {[move]: difference}]))]).filter(([, moves]) => Object.keys(moves as object).length > 0));
    expect(found).toEqual(paper);
  });
  it("ties from stock to stock to the cent, in all and by region and plan", async () => {
    for (const period of [...months, "2025-Q1", "2025", "all"]) {
      const [{waterfalls}, byRegion, byPlan] = await Promise.all([askWaterfall({of: "mrr", period}, built), askWaterfall({of: "mrr", period, by: "region"}, built), askMovesBy({by: "plan", period, filters: []}, built)]);
      const [all] = waterfalls;
      expect([period, all!.residual]).toEqual([period, 0]);
      for (const split of [byRegion.waterfalls.slice(1), byPlan.waterfalls.slice(1)]) {
        expect([period, split.map(({residual}) => residual)]).toEqual([period, split.map(() => 0)]);
        all!.bars.forEach(({move, value}, k) => expect([period, move, split.reduce((sum, {bars}) => sum + Math.round(bars[k]!.value! * 100), 0)]).toEqual([period, move, Math.round(value! * 100)]));
      }
      const moves = paper[period];
      if (moves) for (const move of mrrMoves) expect([period, move, all!.bars.find((bar) => bar.move === move)!.value]).toEqual([period, move, Math.abs(Object.values(moves).reduce((sum, one) => sum + (one[move] ?? 0), 0))]);
    }
  });
  it("counts a move without a merge record as a loss and a new customer, once each, and says so; with one, nobody moved", async () => {
    const {rows} = await ask({metrics: ["subscribers_start", "subscribers_new", "subscribers_lost", "subscribers_end"], period: "2025-03"}, built);
    expect(rows.map(({metric, value}) => [metric, value])).toEqual([["subscribers_start", 11], ["subscribers_new", 1], ["subscribers_lost", 2], ["subscribers_end", 10]]);
    const [check] = built.manifest.quality!.checks.filter(({id}) => id === "subscriptions_not_moved");
    expect(check).toMatchObject({status: "failed", grade: "note", count: 1, examples: [{id: "S11", detail: "S10"}]});
  });
  it("loses who gave notice when service ends, by notice when it is given", async () => {
    const {rows} = await ask({metrics: ["subscribers_lost", "subscribers_lost_by_notice"], period: "2025-01"}, built);
    // Notice of 12 January; that of `reactivated`, of 15 January, stands too: it was away for more than 30 days.
    expect(rows.map(({value}) => value)).toEqual([0, 2]);
  });
});
