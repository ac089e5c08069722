import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Native} from "../../loaders/native.js";
import {derived, ratio, type Metric} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {opportunitiesLost, opportunitiesWon, revenueWon} from "../../src/metrics/opportunities.js";
import {openPipeline} from "../../src/metrics/pipeline.js";
import {ask, askEach, askMany} from "../../src/query/ask.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Question, Statement} from "../../src/query/question.js";
import {openWorld} from "./world.js";

let world: Native & {manifest: Manifest};
beforeAll(async () => { world = await openWorld(600); });
afterAll(() => world.close());

const counted = async (questions: readonly Question[], manifest = world.manifest) => {
  const statements: Statement[] = [];
  const answers = await askMany(questions, {manifest, run: (statement) => { statements.push(statement); return world.run(statement); }});
  return {answers, statements};
};

describe("askEach", () => {
  const questions = [{metrics: ["revenue_won"], period: "2025-02"}, {metrics: ["open_pipeline"], period: "2025-02"}, {metrics: ["win_rate"], period: "2025-02"}];

  const isStock = ({sql}: Statement) => sql.includes("fct_opportunity_span");

  it("gives each answer as soon as the statements that it rests on have been run", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const run = async (statement: Statement) => {
      if (isStock(statement)) await held;
      return world.run(statement);
    };
    const answers = askEach(questions, {manifest: world.manifest, run});
    let stock = false;
    void answers[1]!.then(() => (stock = true));
    await Promise.all([answers[0], answers[2]]);
    expect(stock).toBe(false);
    release();
    expect(await Promise.all(answers)).toEqual(await askMany(questions, world));
  });

  it("fails those that rest on the statement that failed, and no other", async () => {
    const run = (statement: Statement) => (isStock(statement) ? Promise.reject(new Error("no")) : world.run(statement));
    const answers = await Promise.allSettled(askEach(questions, {manifest: world.manifest, run}));
    expect(answers.map(({status}) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});

describe("ask", () => {
  it("gives metric as asked, role, period, total first, then members in display order with null last", async () => {
    const {rows} = await ask({metrics: ["win_rate", "revenue_won"], period: "closed:month", by: ["region"], compare: ["last_year", "previous"], trend: {grain: "month", count: 2}}, world);
    expect(rows.slice(0, 5).map(({metric, role, period, members, total}) => [metric, role, period.key, members, total])).toEqual([
      ["win_rate", "current", "2025-02", [], true], ["win_rate", "current", "2025-02", ["North"], false], ["win_rate", "current", "2025-02", ["South"], false],
      ["win_rate", "current", "2025-02", ["West"], false], ["win_rate", "current", "2025-02", [null], false]]);
    expect([...new Set(rows.map(({metric, role, period}) => `${metric} ${role} ${period.key}`))]).toEqual(["win_rate", "revenue_won"].flatMap((metric) =>
      [`${metric} current 2025-02`, `${metric} previous 2025-01`, `${metric} last_year 2024-02`, `${metric} trend 2025-01`, `${metric} trend 2025-02`]));
  });

  it("keeps every member that has records in any of the asked periods, with 0 or null in the others", async () => {
    const {rows} = await ask({metrics: ["opportunities_won", "win_rate"], period: "2025-03-02", by: ["owner"], trend: {grain: "month", count: 3}}, world);
    const current = rows.filter(({role, total}) => role === "current" && !total);
    expect(current.length).toBe(2 * new Set(rows.filter(({total}) => !total).map(({members}) => members[0])).size);
    expect(current.filter(({metric, value}) => metric === "opportunities_won" && value === 0).length).toBeGreaterThan(0);
    expect(current.filter(({metric, reason}) => metric === "win_rate" && reason === "zero_denominator").length).toBeGreaterThan(0);
  });

  it("shows a metric without the filter or breakdown that it does not have, and says so", async () => {
    const question = {metrics: ["active_owners", "revenue_won"], period: "2025-02", by: ["source"], filters: [{dimension: "segment", values: ["small"]}]};
    const {rows, notApplied} = await ask(question, world);
    const plain = await ask({metrics: ["active_owners"], period: "2025-02"}, world);
    expect(rows.filter(({metric}) => metric === "active_owners")).toEqual(plain.rows);
    expect(notApplied).toEqual([{metric: "active_owners", dimension: "source"}, {metric: "active_owners", dimension: "segment"}]);
  });

  it("applies a shipped dimension that this data never fills to nothing, without an error", async () => {
    const manifest = {...world.manifest, dimensions: world.manifest.dimensions.filter(({id}) => id !== "team")};
    const {notApplied, rows} = await ask({metrics: ["revenue_won"], period: "2025-02", by: ["team"]}, {...world, manifest});
    expect(notApplied).toEqual([{metric: "revenue_won", dimension: "team"}]);
    expect(rows).toHaveLength(1);
  });

  it("names the columns that no source feeds, and gives null, not zero", async () => {
    const manifest = {...world.manifest, fed: world.manifest.fed.filter((column) => column !== "opportunity.amount" && column !== "opportunity.closed_at")};
    const {rows, missing} = await ask({metrics: ["revenue_won", "opportunities_created"], period: "2025-02", by: ["region"]}, {...world, manifest});
    expect(missing).toEqual([{metric: "revenue_won", columns: ["opportunity.closed_at|opportunity_stage_history.entered_at", "opportunity.amount"], why: "not_in_data"}]);
    expect(rows.filter(({metric}) => metric === "revenue_won").every(({value, reason}) => value === null && reason === "not_in_data")).toBe(true);
    expect(rows.find(({metric}) => metric === "opportunities_created")!.value).toBeGreaterThan(0);
    const history = {...manifest, fed: [...manifest.fed, "opportunity_stage_history.entered_at"]};
    expect((await ask({metrics: ["opportunities_won"], period: "2025-02"}, {...world, manifest: history})).missing).toEqual([]);
  });

  it("says of what is fed and withheld that it is not published, unless something is not fed at all", async () => {
    const without = (...columns: string[]) => world.manifest.fed.filter((column) => !columns.includes(column));
    const question: Question = {metrics: ["revenue_won"], period: "2025-02"};
    const withheld = await ask(question, {...world, manifest: {...world.manifest, fed: without("opportunity.amount"), withheld: ["opportunity.amount"]}});
    expect(withheld.missing).toEqual([{metric: "revenue_won", columns: ["opportunity.amount"], why: "not_published"}]);
    expect(withheld.rows.map(({value, reason}) => [value, reason])).toEqual([[null, "not_published"]]);
    const fed = without("opportunity.amount", "opportunity.closed_at", "opportunity_stage_history.entered_at");
    const both = await ask(question, {...world, manifest: {...world.manifest, fed, withheld: ["opportunity.amount"]}});
    expect(both.missing).toEqual([{metric: "revenue_won", columns: ["opportunity.closed_at|opportunity_stage_history.entered_at"], why: "not_in_data"}]);
    expect(both.rows.map(({reason}) => reason)).toEqual(["not_in_data"]);
  });

  it("has no value, rather than 0, before the first record", async () => {
    const {rows} = await ask({metrics: ["revenue_won"], period: "2023-06", compare: ["last_year"]}, world);
    expect(rows.map(({role, value, reason}) => [role, value === null, reason])).toEqual([["current", false, undefined], ["last_year", true, "not_in_data"]]);
  });

  it("gives a reference that began before the data no value, and says so", async () => {
    const late = {...world, manifest: {...world.manifest, firstDays: {"fct_opportunity.closed_date": "2023-05-20", "fct_opportunity_span.valid_from": "2023-05-20"}}};
    const of = async (metric: string, period: string) => {
      const {rows} = await ask({metrics: [metric], period, compare: ["previous"]}, late);
      return rows.map(({role, value, reason}) => [role, value === null, reason]);
    };
    expect(await of("revenue_won", "2024")).toEqual([["current", false, undefined], ["previous", true, "incomplete"]]);
    expect(await of("win_rate", "2023-Q3")).toEqual([["current", false, undefined], ["previous", true, "incomplete"]]);
    expect(await of("revenue_won_ytd", "2024-01")).toEqual([["current", false, undefined], ["previous", true, "incomplete"]]);
    expect(await of("revenue_won", "2023-07")).toEqual([["current", false, undefined], ["previous", false, undefined]]);
    expect(await of("open_pipeline", "2024")).toEqual([["current", false, undefined], ["previous", false, undefined]]);
    expect(await of("new_leads", "2024")).toEqual([["current", false, undefined], ["previous", false, undefined]]);
  });

  it("holds a part month against as many first days", async () => {
    const {period, rows} = await ask({metrics: ["opportunities_created", "open_pipeline"], period: "current:month", compare: ["previous", "last_year"]}, world);
    expect(period).toMatchObject({key: "2025-03", part: true, census: "2025-03-20"});
    expect(rows.map(({role, period: {key, census}}) => `${role} ${key} ${census}`).slice(0, 3)).toEqual([
      "current 2025-03 2025-03-20", "previous 2025-02-01..2025-02-20 2025-02-20", "last_year 2024-03-01..2024-03-20 2024-03-20"]);
  });

  it("counts undated records of a stock at as-of only", async () => {
    const at = async (period: string) => (await ask({metrics: ["open_opportunities"], period}, world)).rows[0]!;
    expect((await at("2025-02")).undated).toBeUndefined();
    const {undated} = await at("current:month");
    expect(undated).toBeGreaterThan(0);
    expect((await at("all")).undated).toBe(undated);
    expect((await at("2025-03-20")).undated).toBe(undated);
    expect((await at("2025-03-19")).undated).toBeUndefined();
  });

  it("takes the window of a conversion from the settings", async () => {
    const rate = async (windows: Manifest["windows"]) => (await ask({metrics: ["lead_conversion_rate"], period: "2024-12"}, {...world, manifest: {...world.manifest, windows}})).rows[0]!;
    const [declared, shorter, none] = await Promise.all([rate({}), rate({lead_conversion_rate: 10}), rate({lead_conversion_rate: null})]);
    expect(shorter.numerator!).toBeLessThanOrEqual(none.numerator!);
    expect(shorter.inProgress).toBe(0);
    expect(none).toMatchObject({n: shorter.n, inProgress: 0});
    expect(declared.n + declared.inProgress!).toBe(none.n);
  });

  it("adds the metrics of custom measures", () => {
    expect(catalogueOf(world.manifest).slice(metrics.length).map(({id, label, unit}) => [id, label, unit])).toEqual([["custom_score_sum", "Score", "score"], ["custom_score_average", "Score", "score"]]);
  });

  it.each([
    [{metrics: ["win_rat"]}, 'unknown metric: "win_rat"; did you mean "win_rate"?'],
    [{by: ["regin"]}, 'unknown dimension: "regin"; did you mean "region"?'],
    [{filters: [{dimension: "regoin", values: ["x"]}]}, 'unknown dimension: "regoin"; did you mean "region"?'],
    [{filters: [{dimension: "region", values: ["north"]}]}, 'unknown region: "north"; did you mean "North"?'],
    [{filters: [{dimension: "product", values: [null]}]}, "no record is without product"],
    [{by: ["region", "region"]}, 'breakdown by "region" is asked twice'],
    [{period: "2025-2"}, 'unknown period: "2025-2"; did you mean "2025-02"?']
  ] as [Partial<Question>, string][])("refuses %j", async (change, message) => {
    await expect(ask({metrics: ["revenue_won"], period: "2025-02", ...change}, world)).rejects.toThrow(message);
  });

  it("takes no pick of a dimension for no filter", async () => {
    const plain = await ask({metrics: ["revenue_won"], period: "2025-02"}, world);
    expect((await ask({metrics: ["revenue_won"], period: "2025-02", filters: [{dimension: "region", values: []}]}, world)).rows).toEqual(plain.rows);
  });

  it("binds hostile members and finds nothing of them in the statement", async () => {
    const hostile = `'); drop table fct_opportunity; --`;
    const manifest = {...world.manifest, dimensions: world.manifest.dimensions.map((one) => (one.id === "owner" ? {...one, members: [...one.members, hostile]} : one))};
    const {answers, statements} = await counted([{metrics: ["revenue_won", "open_pipeline"], period: "2025-02", filters: [{dimension: "owner", values: [hostile]}]}], manifest);
    expect(statements.every(({sql}) => !sql.includes("drop"))).toBe(true);
    expect(answers[0]!.rows.map(({value}) => value)).toEqual([0, 0]);
  });
});

describe("askMany", () => {
  const questions: Question[] = [
    {metrics: ["win_rate", "revenue_won"], period: "2025-02", compare: ["previous"]},
    {metrics: ["average_deal_size", "opportunities_lost"], period: "2025-01", trend: {grain: "month", count: 6}},
    {metrics: ["open_pipeline"], period: "2025-02", by: ["stage"]}
  ];
  it("answers as one by one, in their order", async () => {
    expect((await counted(questions)).answers).toEqual(await Promise.all(questions.map((question) => ask(question, world))));
  });
  it("asks one statement for what rests on the same mart, dates, filters and breakdown", async () => {
    const {statements} = await counted(questions);
    expect(statements.map(({sql}) => /from "(\w+)" as f|fct_target/.exec(sql)?.[1] ?? "fct_target").sort()).toEqual(["fct_opportunity", "fct_opportunity_span", "fct_target"]);
  });
  it("asks nothing for nothing", async () => expect((await counted([])).statements).toEqual([]));
});

describe("composed metrics", () => {
  const base = {unit: "ratio", direction: "up", dateRule: "E", processStage: "closing", owner: "test", status: "exploratory", version: 1, since: "2026-01-01", page: "index", needs: []} as const;
  const one = async (metric: Metric, period = "2025-02", rest: Partial<Question> = {}) =>
    (await ask({metrics: [metric.id], period, ...rest}, {...world, catalogue: [metric]})).rows[0]!;

  it("a formula with a zero divisor has no value, whatever the rest", async () => {
    const metric = derived({...base, id: "x", inputs: {won: opportunitiesWon}, formula: ["/", 1, ["-", "won", "won"]]});
    expect(await one(metric)).toMatchObject({value: null, reason: "zero_denominator"});
  });
  it("a divisor of 0 is said to be what there was none of, where the metric names it", async () => {
    const filters = [{dimension: "owner", values: ["Owner 00"]}, {dimension: "region", values: ["West"]}, {dimension: "product", values: ["Compass"]}];
    const rate = ratio({...base, id: "r", nothing: "no_leads", numerator: opportunitiesWon, denominator: opportunitiesLost});
    expect(await one(rate, "2025-03-02", {filters})).toMatchObject({value: null, denominator: 0, reason: "no_leads"});
    const quotient = derived({...base, id: "x", nothing: "no_losses", inputs: {won: opportunitiesWon}, formula: ["/", 1, ["-", "won", "won"]]});
    expect(await one(quotient)).toMatchObject({value: null, reason: "no_losses"});
  });
  it("a null input makes null and keeps its reason", async () => {
    const rate = ratio({...base, id: "r", numerator: opportunitiesWon, denominator: opportunitiesLost});
    const metric = derived({...base, id: "x", inputs: {rate, won: opportunitiesWon}, formula: ["+", "won", "rate"]});
    expect(await one(metric, "2025-03-02", {filters: [{dimension: "owner", values: ["Owner 00"]}, {dimension: "region", values: ["West"]}, {dimension: "product", values: ["Compass"]}]})).toMatchObject({value: null, reason: "zero_denominator"});
  });
  it("a ratio over two marts meets by period and member, with only the dimensions of both", async () => {
    const metric = ratio({...base, id: "x", numerator: revenueWon, denominator: openPipeline});
    const {rows, notApplied} = await ask({metrics: ["x"], period: "2025-02", by: ["stage"]}, {...world, catalogue: [metric]});
    expect(notApplied).toEqual([{metric: "x", dimension: "stage"}]);
    expect(rows[0]!.value).toBeCloseTo(rows[0]!.numerator! / rows[0]!.denominator!, 12);
    expect(rows[0]!.interval).toBeUndefined();
  });
});
