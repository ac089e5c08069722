import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ask} from "../../src/query/ask.js";
import {scopeOf} from "../../src/query/filters.js";
import {catalogueOf, findMetric} from "../../src/query/catalogue.js";
import type {Question, Statement} from "../../src/query/question.js";
import {goalOf, readGoals, type Goals} from "../../src/query/targets.js";
import {openWorld} from "./world.js";

const metrics = ["revenue_won", "win_rate", "open_pipeline", "active_owners"];
const trend = {grain: "month", count: 6} as const;

const questions: readonly Omit<Question, "metrics">[] = [
  {period: "2025-02"},
  {period: "2025-Q1", trend: {grain: "quarter", count: 5}},
  {period: "2025-02", by: ["region"], trend},
  {period: "2025-02", by: ["team"], compare: ["previous", "last_year"]},
  {period: "2025-02", by: ["region", "team"]},
  {period: "2025-02", filters: [{dimension: "region", values: ["North"]}], trend},
  {period: "2025-02", filters: [{dimension: "region", values: ["North", "South"]}]},
  {period: "2025-02", filters: [{dimension: "region", values: ["North"]}], by: ["team"]},
  {period: "2025-02", filters: [{dimension: "team", values: ["Red"]}]},
  {period: "2025-02", filters: [{dimension: "region", values: ["North"]}, {dimension: "source", values: ["web"]}]},
  {period: "2025-02", filters: [{dimension: "source", values: ["web"]}]}
];

describe("the goals that are read for a question", () => {
  let world: Awaited<ReturnType<typeof openWorld>>;
  let all: Goals;
  beforeAll(async () => {
    world = await openWorld();
    all = readGoals(await world.run({sql: "select * replace (value::double as value) from fct_target", params: []}));
  });

  afterAll(() => world.close());

  async function counted(question: Question) {
    const statements: Statement[] = [];
    const answer = await ask(question, {...world, run: (statement) => (statements.push(statement), world.run(statement))});
    return {answer, goals: statements.filter(({sql}) => sql.includes("fct_target"))};
  }

  for (const question of questions)
    it(`are all that its numbers have: ${JSON.stringify(question)}`, async () => {
      const {manifest} = world;
      const {answer} = await counted({metrics, ...question});
      const scopes = new Map(metrics.map((id) => [id, scopeOf(findMetric(id, catalogueOf(manifest)), question, manifest.dimensions)]));
      const expected = answer.rows.map(({metric, period, members}) => goalOf(all, metric, period, scopes.get(metric)!, members, manifest)?.target ?? null);
      expect(answer.rows.map(({target = null}) => target)).toEqual(expected);
    });

  it("are found at all", async () => {
    const {answer} = await counted({metrics, period: "2025-02", by: ["region"]});
    expect(answer.rows.flatMap(({target, members}) => (target === undefined ? [] : [[members[0] ?? "all", target]]))).toEqual([["all", 100_000], ["North", 40_000]]);
  });

  it("are those of one member where one is picked", async () => {
    const {goals} = await counted({metrics: ["revenue_won"], period: "2025-02", filters: [{dimension: "region", values: ["North"]}]});
    expect(await Promise.all(goals.map(world.run))).toEqual([[expect.objectContaining({level: "region", member: "North", value: 40_000})]]);
  });

  it("are not asked for where no number can have one", async () => {
    for (const filters of [[{dimension: "region", values: ["North", "South"]}], [{dimension: "source", values: ["web"]}], [{dimension: "region", values: ["North"]}, {dimension: "source", values: ["web"]}]])
      expect((await counted({metrics: ["revenue_won"], period: "2025-02", filters})).goals).toEqual([]);
  });
});
