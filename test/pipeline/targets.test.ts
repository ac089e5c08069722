import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {aimedMetrics} from "../../loaders/aimed.js";
import {makingsOf} from "../../loaders/definitions/makings.js";
import {kpi} from "../../loaders/kpi/command.js";
import {kpiSchema, type KpiDocument} from "../../loaders/kpi/document.js";
import {kpiListSchema} from "../../loaders/kpi/list.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {openBuilt} from "../../loaders/native.js";
import {readSettings} from "../../loaders/settings.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import {filledText} from "../../src/query/filled.js";
import {readsGoals} from "../../src/query/statementsFor.js";
import {smallReport, type SmallReport} from "./smallReport.js";

const header = "metric,period,level,member,value,relative_to,due,goal,parent";
const table = `      target:
        file: targets.csv
        columns: {metric: metric, period: period, level: level, member: member, value: value, relative_to: relative_to, due: due, goal: goal, parent: parent}
`;

function reportWith(lines: readonly string[]): SmallReport {
  const report = smallReport({edit: (text) => text + table});
  writeFileSync(join(report.folder, "exports/targets.csv"), `${[header, ...lines].join("\n")}\n`);
  return report;
}

async function say(report: SmallReport, ...argv: string[]) {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", report.config], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache: report.cache}});
  return {code, out, err};
}

async function rows(report: SmallReport, ...argv: string[]): Promise<KpiDocument["rows"]> {
  const {code, out, err} = await say(report, ...argv, "--format", "json");
  expect(code, err).toBe(0);
  return kpiSchema.parse(JSON.parse(out)).rows;
}

describe("target numbers in the terminal", () => {
  const report = reportWith([
    "revenue_won,2025-Q1,company,,400,,,,", "revenue_won,2025-Q1,owner,Ana,100,,,,", "revenue_won,2025-Q1,owner,Ben,250,,,,", "win_rate,2025-Q1,company,,0.5,,,,",
    "opportunities_lost,2025-Q1,company,,2,,,,", "revenue_won,2025,company,,2000,,,,"
  ]);
  it("are asked for of a KPI, by its members", async () => {
    const found = await rows(report, "target_attainment", "--of", "revenue_won", "--period", "2025-Q1", "--by", "owner");
    expect(found.map(({members, value, actual, target, met, reason}) => [members["owner"] ?? "all", value, actual, target, met, reason])).toEqual([
      ["all", 300.5 / 400, 300.5, 400, false, undefined], ["Ana", 1.005, 100.5, 100, true, undefined], ["Ben", 0.8, 200, 250, false, undefined]
    ]);
  });
  it("are told of every KPI that has targets where none is named, in its own unit", async () => {
    const {out} = await say(report, "target_attainment", "--period", "2025-Q1");
    expect([...out.matchAll(/^Attainment of target: .* \((.*)\)$/gm)].map(([, id]) => id)).toEqual(["target_attainment --of revenue_won", "target_attainment --of opportunities_lost", "target_attainment --of win_rate"]);
    expect(out).toMatch(/75.13%    €301  2    €400/);
  });
  it("of less is better have headroom and no ratio", async () => {
    const [row] = await rows(report, "target_attainment", "--of", "opportunities_lost", "--period", "2025-Q1");
    expect(row).toMatchObject({value: null, reason: "less_is_better", headroom: 1, met: true});
  });
  it("of a part period have pace by working days where no earlier year has a shape, a landing and a daily rate", async () => {
    const all = await rows(report, "target_pace", "target_landing", "required_run_rate", "target_unallocated", "--of", "revenue_won", "--period", "2025");
    const [passed, whole] = all[0]!.period.workdays!;
    expect(all.map(({id, value}) => [id, value])).toEqual([
      ["target_pace", expect.closeTo((2000 * passed) / whole, 9)], ["target_landing", expect.closeTo((300.5 * whole) / passed, 9)],
      ["required_run_rate", expect.closeTo((2000 - 300.5) / (whole - passed), 9)], ["target_unallocated", null]
    ]);
    expect(all[0]).toMatchObject({ahead: expect.closeTo(300.5 - (2000 * passed) / whole, 9)});
  });
  it("of a rate have no pace, and of a period that is over no daily rate", async () => {
    const reasons = async (id: string, of: string) => (await rows(report, id, "--of", of, "--period", "2025-Q1"))[0]!.reason;
    expect(await reasons("target_pace", "win_rate")).toBe("no_pace");
    expect(await reasons("required_run_rate", "revenue_won")).toBe("no_days_left");
    expect(await reasons("target_attainment", "lost_value")).toBe("no_target");
  });
  it("say what of a target its people's do not come to", async () => {
    const [total] = await rows(report, "target_unallocated", "--of", "revenue_won", "--period", "2025-Q1");
    expect(total).toMatchObject({value: 50, allocated: 350});
  });
  it("are CSV too, with the unit of their KPI", async () => {
    const {out} = await say(report, "target_pace", "--of", "revenue_won", "--period", "2025", "--format", "csv");
    const [head, line] = out.trim().split(/\r?\n/).map((text) => text.split(","));
    expect(Object.fromEntries(head!.map((name, k) => [name, line![k]]))).toMatchObject({id: "target_pace", of: "revenue_won", unit: "currency", target: "2000"});
  });
  it("are listed with what they are", async () => {
    const list = kpiListSchema.parse(JSON.parse((await say(report, "--list", "--format", "json")).out));
    const listed = list.metrics.filter(({type}) => type === "target");
    expect(listed.map(({id}) => id)).toEqual(targetMetrics.map(({id}) => id));
    for (const {sources, status, owner, missing} of listed) expect({sources: sources.map(({table}) => table), status, owner: owner !== "", missing}).toEqual({sources: ["target"], status: "checked", owner: true, missing: []});
  });
  it("are made by the statements that their definition shows, which run as they stand there", async () => {
    const {folder} = await runPipeline(await readSettings(report.config), {cache: report.cache});
    const {manifest, run, close} = await openBuilt(folder);
    const catalogue = catalogueOf(manifest);
    const makings = await makingsOf(catalogue, "2025-Q1", manifest, await aimedMetrics({manifest, run, catalogue}));
    for (const {id, part} of targetMetrics) {
      const {statements, of} = makings.get(id)!;
      expect(of, id).toMatchObject({metric: "revenue_won", period: {key: part === "attainment" || part === "unallocated" ? "2025-Q1" : parsePeriod("current:quarter", manifest).key}});
      const found = await Promise.all(statements.map(async (statement) => ({goals: readsGoals(statement), rows: await run({sql: filledText(statement), params: []})})));
      if (part === "attainment") expect(found.flatMap(({goals, rows}) => (goals ? rows.map(({value}) => value) : []))).toEqual([400]);
      if (part === "attainment") expect(found.filter(({goals}) => !goals).flatMap(({rows}) => rows.map((row) => Object.values(row)).flat())).toContain(300.5);
    }
    close();
  });
  it("that are misspelt are met with the right word", async () => {
    const {code, err} = await say(report, "target_atainment");
    expect(code).toBe(1);
    expect(err).toContain("did you mean \"target_attainment\"");
  });
});

describe("a target relative to a reference period", () => {
  let found: KpiDocument["rows"];
  const report = reportWith([
    "revenue_won,2025-03,company,,0.1,previous,,,", "revenue_won,2025-03,owner,Ana,0.5,2025-02,,,", "win_rate,2025-03,company,,-0.5,2025-02,,,",
    "opportunities_lost,2025-04,company,,0.1,previous,,,", "opportunities_won,2025-02,company,,0.1,last_year,,,", "opportunities_won,2025-03,company,,9,,2025-03-15,,"
  ]);
  beforeAll(async () => {
    found = await rows(report, "target_attainment", "--of", "revenue_won,win_rate,opportunities_won", "--period", "2025-03", "--by", "owner");
  });
  it("is what was reached then and the change", () => {
    expect(found.filter(({target}) => target != null).map(({of, members, target}) => [of, members["owner"] ?? "all", target])).toEqual([
      ["revenue_won", "all", expect.closeTo(110.55, 9)], ["revenue_won", "Ana", expect.closeTo(150.75, 9)], ["win_rate", "all", 0.25]
    ]);
  });
  it("is none where nothing is known of the reference, and a milestone is no target of the period", async () => {
    const [row] = await rows(report, "target_attainment", "--of", "opportunities_won", "--period", "2025-02");
    expect(row).toMatchObject({target: null, reason: "no_target"});
  });
});

describe("named goals and milestones", () => {
  const report = reportWith([
    "revenue_won,2025,company,,1000,,,Grow,", "revenue_won,2025-Q1,company,,250,,,First quarter,Grow", "revenue_won,2025-Q1,company,,0.5,2025-02,2025-02-28,,", "revenue_won,2025-Q1,company,,300,,2025-05-01,,",
    "win_rat,2025,company,,1,,,,", "revenue_won,Spring,company,,1,,,,", "revenue_won,2025-02,company,,0.1,last_year,,,", "win_rate,2025,company,,0.5,,,Win,Nothing"
  ]);
  it("are in the manifest by their day, with what is wrong with those that mean nothing, which a check tells", async () => {
    const {manifest} = await runPipeline(await readSettings(report.config), {cache: report.cache});
    expect(manifest.goals!.map(({metric, period, due, value, goal, parent, fault}) => [metric, period, due, value, goal, parent, fault])).toEqual([
      ["revenue_won", "2025-02", null, null, null, null, "reference"],
      ["revenue_won", "2025-Q1", "2025-02-28", 150.75, null, null, undefined],
      ["revenue_won", "2025-Q1", null, 250, "First quarter", "Grow", undefined],
      ["revenue_won", "2025-Q1", "2025-05-01", 300, null, null, "due"],
      ["revenue_won", "2025", null, 1000, "Grow", null, undefined],
      ["win_rate", "2025", null, 0.5, "Win", "Nothing", "parent"],
      ["win_rat", "2025", null, 1, null, null, "metric"],
      ["revenue_won", "Spring", null, 1, null, null, "period"]
    ]);
    expect(manifest.quality!.checks.find(({id}) => id === "targets_readable")).toMatchObject({status: "failed", count: 5, of: 8});
  });
});
