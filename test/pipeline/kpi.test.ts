import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import Papa from "papaparse";
import {kpi} from "../../loaders/kpi/command.js";
import {kpiSchema} from "../../loaders/kpi/document.js";
import {funnelSchema} from "../../loaders/kpi/funnel.js";
import {kpiListSchema} from "../../loaders/kpi/list.js";
import {metrics} from "../../src/metrics/index.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {isListed} from "../../src/query/variants.js";
import {deals, smallReport, type SmallReport} from "./smallReport.js";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function say(report: SmallReport, ...argv: string[]): Promise<Said> {
  let out = "";
  let err = "";
  const code = await kpi([...argv, "--config", report.config], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache: report.cache}});
  return {code, out, err};
}

const report = smallReport();
const ask = (...argv: string[]) => say(report, ...argv);

describe("kpi as a table", () => {
  it("prints the value with its parts, n, period, as-of and definition", async () => {
    const {code, out, err} = await ask("win_rate", "--by", "owner", "--period", "2025-Q1");
    expect({code, err}).toEqual({code: 0, err: ""});
    expect(out.split("\n")).toEqual([
      "Win rate (win_rate)",
      "Q1 2025 · as of 31 March 2025",
      "",
      "Owner    Value  Numerator  Denominator  n",
      "Total   66.67%          2            3  3",
      "Ana     50.00%          1            2  2",
      "Ben    100.00%          1            1  1",
      "",
      expect.stringContaining("Opportunities won in the period divided by"),
      expect.any(String),
      ""
    ]);
  });

  it("says why there is no value", async () => {
    const {out} = await ask("win_rate", "--period", "2025-01");
    expect(out).toMatch(/–\s+0\s+0\s+0\s+nothing to divide by/);
  });

  it("answers in the report's language", async () => {
    const {out} = await say(smallReport({edit: (text) => text.replace("language: en", "language: hu")}), "win_rate");
    expect(out).toContain("Nevező");
  });

  it("says what the exports do not hold, and what a metric cannot be split by", async () => {
    const {code, out} = await ask("new_leads", "revenue_won", "--by", "stage");
    expect(code).toBe(0);
    expect(out).toContain("not in your data: lead.created_at");
    expect(out).toContain("not filtered by Stage");
  });

  it("cannot be made to steer the terminal by CRM text", async () => {
    const {out} = await say(smallReport({lines: [...deals, "6,\u001b[31mEve,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,1,2025-02-20T12:00:00Z"]}), "revenue_won", "--by", "owner");
    expect(out).toContain("[31mEve");
    expect(out).not.toContain("\u001b");
  });
});

describe("kpi as JSON", () => {
  const read = async (...argv: string[]) => kpiSchema.parse(JSON.parse((await ask(...argv, "--format", "json")).out));

  it("is one documented schema for all metrics", async () => {
    await read("win_rate", "open_pipeline", "new_leads", "--by", "owner,stage", "--trend", "month:3", "--compare", "previous,last_year");
    const schema = JSON.parse((await ask("--schema")).out) as {properties: Record<string, unknown>; description: string};
    expect(schema.description).toBe("One answer of npm run kpi");
    expect(Object.keys(schema.properties)).toEqual(["schema", "title", "as_of", "currency", "time_zone", "period", "by", "owner_credit", "where", "metrics", "rows", "not_applied", "missing", "unrated"]);
  });

  it("gives unrounded numbers with their parts", async () => {
    const {rows, as_of, metrics} = await read("win_rate");
    expect(as_of).toBe("2025-03-31");
    expect(rows).toEqual([expect.objectContaining({id: "win_rate", role: "current", total: true, members: {}, value: 2 / 3, n: 3, numerator: 2, denominator: 3})]);
    expect(metrics).toMatchObject([{id: "win_rate", label: "Win rate", unit: "percent", direction: "up", date_rule: "E"}]);
  });

  it("answers for all time where no period is named", async () => {
    expect((await read("revenue_won")).period).toMatchObject({key: "all", end: "2025-04-01"});
  });

  it("filters by alternatives, and by records without a value", async () => {
    const owners = await read("opportunities_created", "--where", "owner=Ana", "--where", "owner=Ben");
    expect(owners.rows[0]!.value).toBe(4);
    const nobody = await read("opportunities_created", "--where", "owner=");
    expect(nobody.rows[0]!.value).toBe(1);
    expect(nobody.where).toEqual([{dimension: "owner", values: [null]}]);
  });

  it("knows nothing after --as-of", async () => {
    const {rows, as_of} = await read("opportunities_won", "--as-of", "2025-02-28");
    expect(as_of).toBe("2025-02-28");
    expect(rows[0]!.value).toBe(1);
  });

  it("compares and trends", async () => {
    const {rows} = await read("opportunities_created", "--period", "2025-03", "--compare", "previous", "--trend", "month:2");
    expect(rows.map(({role, period, value}) => [role, period.key, value])).toEqual([
      ["current", "2025-03", 1],
      ["previous", "2025-02", 1],
      ["trend", "2025-02", 1],
      ["trend", "2025-03", 1]
    ]);
  });
});

describe("kpi of a part period", () => {
  const goals = "\n      target:\n        file: goals.csv\n        columns: {metric: metric, period: period, level: level, member: member, value: value}\n";
  const withGoals = smallReport({edit: (text) => `${text.trimEnd()}${goals}`});
  writeFileSync(join(withGoals.folder, "exports/goals.csv"), "metric,period,level,member,value\nrevenue_won,2025-03,company,,420\nwin_rate,2025-03,company,,0.5\n");
  const day = ["--period", "2025-03", "--as-of", "2025-03-06"];

  it("sets the part of the target that was due beside it, and says so", async () => {
    const {out} = await say(withGoals, "revenue_won", ...day);
    expect(out).toMatch(/Value +n +Coverage +Target +Pace\n +€200 +1 +100\.00% +€420 +€80/);
    expect(out).toContain("Part period: 4 of 21 working days. A target is for the whole period");
    expect((await say(withGoals, "win_rate", ...day)).out).not.toContain("Pace");
    expect((await say(withGoals, "revenue_won", "--period", "2025-03", "--as-of", "2025-03-31")).out).not.toContain("Pace");
  });

  it("says in JSON and CSV that the period is part, and what was due", async () => {
    const {rows, period} = kpiSchema.parse(JSON.parse((await say(withGoals, "revenue_won", ...day, "--format", "json")).out));
    expect(period).toMatchObject({part: true, workdays: [4, 21]});
    expect(rows[0]).toMatchObject({value: 200, target: 420, pace: 80});
    const {data} = Papa.parse<Record<string, string>>((await say(withGoals, "revenue_won", ...day, "--format", "csv")).out.trim(), {header: true});
    expect(data[0]).toMatchObject({part: "true", target: "420", pace: "80"});
  });

  it("ends a trend with a whole period unless another is asked for", async () => {
    const periods = async (...argv: string[]) => kpiSchema.parse(JSON.parse((await ask("revenue_won", "--as-of", "2025-03-06", "--trend", "month:2", ...argv, "--format", "json")).out)).rows.map(({role, period}) => `${role} ${period.key}${period.part ? " part" : ""}`);
    expect(await periods()).toEqual(["current 2025-02", "trend 2025-01", "trend 2025-02"]);
    expect(await periods("--period", "current:month")).toEqual(["current 2025-03 part", "trend 2025-02", "trend 2025-03 part"]);
    expect(await periods("--period", "all")).toEqual(["current all", "trend 2025-02", "trend 2025-03 part"]);
  });
});

describe("amounts in a currency without a rate", () => {
  const lines = deals.map((line, k) => `${line},${k === 0 ? "cur" : k === 1 ? "CHF" : "EUR"}`);
  const swiss = smallReport({lines, edit: (text) => text.replace("amount: amount,", "amount: amount, currency: cur,")});

  it("are no reason to say that there is no data: currency and day are named", async () => {
    const {out} = await say(swiss, "revenue_won", "average_deal_size", "win_rate_value", "--where", "owner=Ana");
    expect(out.match(/no exchange rate$/gm)).toHaveLength(3);
    expect(out.match(/1 amount left out, no exchange rate: CHF on 20 February 2025/g)).toHaveLength(3);
    expect(out).not.toContain("not in your data");
  });

  it("are counted beside what has a value", async () => {
    const {rows, unrated} = kpiSchema.parse(JSON.parse((await say(swiss, "revenue_won", "opportunities_won", "--format", "json")).out));
    expect(rows.map(({id, value, unrated: left}) => [id, value, left])).toEqual([["revenue_won", 200, 1], ["opportunities_won", 2, undefined]]);
    expect(unrated).toEqual([{currency: "CHF", first: "2025-02-20", last: "2025-02-20", count: 1}]);
  });
});

describe("a reference that began before the data", () => {
  it("has no value and says why", async () => {
    const {out} = await ask("opportunities_won", "--period", "2025-03", "--compare", "previous");
    expect(out).toMatch(/previous period +February 2025 +– +1 +not wholly in your data/);
  });
});

describe("kpi as CSV", () => {
  it("has one line a row and no formula", async () => {
    const {out} = await say(smallReport({lines: [...deals, "6,=1+1,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,-1,2025-02-20T12:00:00Z"]}), "revenue_won", "--by", "owner", "--format", "csv");
    const {data, meta} = Papa.parse<Record<string, string>>(out.trim(), {header: true});
    expect(meta.fields).toEqual(expect.arrayContaining(["id", "period", "owner", "total", "value", "n", "numerator", "denominator", "as_of"]));
    expect(data.map(({owner, total, value}) => [owner, total, value])).toEqual([
      ["", "true", "299.5"],
      ["'=1+1", "false", "-1"],
      ["Ana", "false", "100.5"],
      ["Ben", "false", "200"]
    ]);
  });
});

describe("kpi --funnel", () => {
  const read = async (...argv: string[]) => funnelSchema.parse(JSON.parse((await ask("--funnel", "opportunity_stages", ...argv, "--format", "json")).out));
  const reachedOf = (row: {steps: readonly {step: string; reached: number}[]}) => row.steps.map(({step, reached}) => [step, reached]);

  it("counts how many came how far, in the words of the page", async () => {
    const {code, out, err} = await ask("--funnel", "opportunity_stages", "--by", "owner", "--window", "none");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Opportunity stages \(--funnel opportunity_stages\)\n.*this step or a later one · without a time limit · first entry in the period · by the value at the first step/);
    expect(out).toMatch(/^Owner +Step +reached +of the first step +of the step before +Lost +Window passed +Still in the window +Value lost +Median time$/m);
    expect(out).toMatch(/^Total +Created +5 +100\.00% +100\.00% +1 +0 +2 /m);
    expect(out).toMatch(/^Ben +Won +1 +50\.00% /m);
  });

  it("has one documented schema, and the reader's choices", async () => {
    const {rows: [total, ...members]} = await read("--by", "owner", "--window", "none", "--credit", "last");
    expect(reachedOf(total!)).toEqual([["created", 5], ["won", 2]]);
    expect(members.map(({member, entered}) => [member, entered])).toEqual([["Ana", 2], ["Ben", 2], [null, 1]]);
    const {rows: [short]} = await read("--window", "42", "--mode", "ordered");
    expect(reachedOf(short!)).toEqual([["created", 5], ["won", 1]]);
    expect(JSON.parse((await ask("--funnel", "opportunity_stages", "--schema")).out)).toMatchObject({description: "One funnel of npm run kpi"});
  });

  it("lists who dropped out, and as CSV", async () => {
    const {dropped} = await read("--dropped", "created", "--window", "none");
    expect(dropped).toMatchObject({count: 3, entries: [{why: "open", value: 75}, {why: "lost", value: 50, left_on: "2025-02-21"}, {why: "open", value: null}]});
    const {data} = Papa.parse<Record<string, string>>((await ask("--funnel", "opportunity_stages", "--dropped", "created", "--window", "none", "--format", "csv")).out.trim(), {header: true});
    expect(data.map(({why, owner}) => [why, owner])).toEqual([["open", "Ben"], ["lost", "Ana"], ["open", ""]]);
    expect((await ask("--funnel", "opportunity_stages", "--dropped", "created", "--window", "none")).out).toContain("3 dropped out after “created”:");
  });

  it("speaks the report's language, and says which steps no source feeds", async () => {
    const {out} = await say(smallReport({edit: (text) => text.replace("language: en", "language: hu")}), "--funnel", "lead_to_cash");
    expect(out).toMatch(/^Leadtől a pénzig/);
    expect(out).toContain("lead: ");
    expect(out).toContain("lead.created_at");
  });
});

describe("kpi --list", () => {
  it("names every metric, funnel and dimension, and what the exports lack", async () => {
    const {code, out} = await ask("--list");
    expect(code).toBe(0);
    expect(out).toMatch(/^win_rate +Win rate +ratio +percent +up +E +closing +checked +\S+ +opportunity/m);
    expect(out).toMatch(/^new_leads +New leads +.* lead +lead\.created_at$/m);
    expect(out).toMatch(/^ {2}--variant constant_currency +Constant currency$/m);
    expect(out).toMatch(/^--funnel lead_to_cash +Lead to cash$/m);
    expect(out).toMatch(/^--by owner +Owner +3$/m);
  });

  it("says as JSON what each metric is, which exports feed it and which definitions it has", async () => {
    const list = kpiListSchema.parse(JSON.parse((await ask("--list", "--format", "json")).out));
    const ids = list.metrics.map(({id}) => id);
    expect(ids).toEqual([...metrics.filter(isListed), ...targetMetrics].map(({id}) => id));
    expect(list.metrics.find(({id}) => id === "win_rate")).toMatchObject({
      type: "ratio", unit: "percent", direction: "up", date_rule: "E", process_stage: "closing", status: "checked", owner: "head of sales", missing: [],
      sources: [{table: "opportunity", exports: ["deals"]}, {table: "opportunity_stage_history", exports: []}]
    });
    expect(list.metrics.find(({id}) => id === "sales_value")).toMatchObject({missing: ["sales_order.order_date", "sales_order.net_amount"], variants: [{name: "standard", id: "sales_value", chosen: true}, {name: "constant_currency", id: "sales_value_constant", chosen: false}, {name: "invoiced", id: "sales_value_invoiced", chosen: false}]});
    expect((await ask("--list", "--format", "csv")).out.split(/\r?\n/)[0]).toBe("id,label,type,unit,direction,date_rule,process_stage,status,page,sources,missing,variants");
    expect(JSON.parse((await ask("--list", "--schema")).out)).toMatchObject({properties: {metrics: {type: "array"}}});
  });
});

describe("kpi --variant", () => {
  const idOf = async (where: SmallReport, ...argv: string[]) => kpiSchema.parse(JSON.parse((await say(where, ...argv, "--format", "json")).out)).metrics.map(({id, variant_of: of}) => [id, of]);

  it("asks for another definition of the KPI", async () => {
    expect(await idOf(report, "sales_value")).toEqual([["sales_value", undefined]]);
    expect(await idOf(report, "sales_value", "--variant", "constant_currency")).toEqual([["sales_value_constant", "sales_value"]]);
    expect((await ask("sales_value", "--variant", "constant")).err).toContain('"sales_value" has no variant "constant"; did you mean "constant_currency"?');
    expect((await ask("lost_value", "--variant", "cohort")).err).toContain('"lost_value" has no variants');
  });

  it("need not name the one that the settings chose", async () => {
    const chosen = smallReport({edit: (text) => text.replace("sources:", "metrics: {sales_value: {variant: constant_currency}}\nsources:")});
    expect(await idOf(chosen, "sales_value")).toEqual([["sales_value_constant", "sales_value"]]);
    expect(await idOf(chosen, "sales_value", "--variant", "standard")).toEqual([["sales_value", undefined]]);
  });
});

describe("what kpi says when it cannot answer", () => {
  const wrong: [string, string[], RegExp][] = [
    ["an unknown metric", ["win_rat"], /^unknown metric: "win_rat"; did you mean "win_rate"\?.*\n$/],
    ["half a name", ["deal_size"], /^unknown metric: "deal_size"; did you mean "average_deal_size" or "median_deal_size"\? Allowed: average_deal_size, median_deal_size, .*\n$/],
    ["an unknown funnel", ["--funnel", "lead_to_cas"], /^unknown funnel: "lead_to_cas"; did you mean "lead_to_cash"\?.*\n$/],
    ["an unknown step", ["--funnel", "opportunity_stages", "--dropped", "create"], /^unknown step: "create"; did you mean "created"\?.*\n$/],
    ["an unknown mode", ["--funnel", "lead_to_cash", "--mode", "order"], /^error: .*Allowed choices are ordered, strict, /],
    ["a window that is no number of days", ["--funnel", "lead_to_cash", "--window", "30d"], /^error: .*Write days, such as 30, or none\.\n$/],
    ["a choice without its funnel", ["win_rate", "--mode", "any"], /^error: --mode is of a funnel: name it with --funnel lead_to_cash\.\n$/],
    ["a funnel beside a metric", ["win_rate", "--funnel", "lead_to_cash"], /^error: --funnel stands alone: /],
    ["an unknown dimension", ["win_rate", "--by", "ownr"], /^unknown dimension: "ownr"; did you mean "owner"\?.*\n$/],
    ["an unknown member", ["win_rate", "--where", "owner=Anna"], /^unknown owner: "Anna"; did you mean "Ana"\?.*\n$/],
    ["an unknown period", ["win_rate", "--period", "2025-Q5"], /^unknown period: "2025-Q5".*\n$/],
    ["a filter without a value", ["win_rate", "--where", "owner"], /^error: .*Write dimension=value, such as region=West\.\n$/],
    ["an unknown option", ["win_rate", "--bye", "owner"], /^error: unknown option '--bye' \(Did you mean --by\?\)\n$/],
    ["an unknown format", ["win_rate", "--format", "xml"], /^error: .*Allowed choices are table, csv, json\.\n$/],
    ["nothing asked", [], /^error: nothing asked\. .*\n$/]
  ];

  it.each(wrong)("is one line and exit code 1 for %s", async (_, argv, line) => {
    const {code, out, err} = await ask(...argv);
    expect({code, out}).toEqual({code: 1, out: ""});
    expect(err).toMatch(line);
  });

  it("names the KPIs of a custom measure asked for by its own name", async () => {
    const custom = smallReport({edit: (text) => text.replace("        stages:", "        custom: {bonus: {column: amount, type: money, role: measure, label: Bonus}}\n        stages:")});
    expect((await say(custom, "bonus")).err).toContain('unknown metric: "bonus"; did you mean "bonus_sum" or "bonus_average"?');
  });

  it("is exit code 1 for wrong settings, with file and line", async () => {
    const {code, err} = await say(smallReport({edit: (text) => text.replace("currency:", "curency:")}), "win_rate");
    expect(code).toBe(1);
    expect(err).toMatch(/report\.yaml:4: unknown key: curency .*did you mean currency\?/);
  });

  it("answers and warns on its own channel, one line a warning", async () => {
    const {code, err} = await say(smallReport(), "win_rate", "--as-of", "2027-01-01");
    expect({code, err}).toEqual({code: 0, err: expect.stringMatching(/^warning: Fresh sources: .*\nwarning: As-of near the records: as_of: 2027-01-01 > 2025-03-31\n$/)});
  });

  it("is exit code 2 for data that cannot be trusted", async () => {
    const {code, err} = await say(smallReport({lines: [...deals, "6,Ana,Wonn,2025-01-10T09:00:00Z,,1,2025-02-20T12:00:00Z"]}), "win_rate");
    expect(code).toBe(2);
    expect(err).toMatch(/1 row has a stage .*\n.* row 7, stage: "Wonn" \(1 row\); did you mean Won\?/);
  });
});
