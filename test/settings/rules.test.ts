import {describe, expect, it} from "vitest";
import {reportRules} from "../../loaders/settings/rules.js";
import {describeProblem, type SettingsProblem} from "../../loaders/settings/problems.js";
import {validateSettings} from "../../loaders/settings/validate.js";
import {baselineOf, ownPlayOf, toleranceOf} from "../../src/query/rules.js";

const rest = `title: T
time_zone: UTC
currency: EUR
sources: [{id: a, type: csv, folder: ., tables: {lead: {file: l.csv, columns: {lead_id: id}}}}]
`;

function read(text: string) {
  const {document, problems, lineOf} = validateSettings(rest + text, "report.yaml");
  const found: SettingsProblem[] = [...problems];
  const rules = document ? reportRules(document, {file: "report.yaml", lineOf, found}) : undefined;
  return {rules: rules!, found: found.map((problem) => describeProblem(problem).split("\n")[0]!)};
}

describe("settings of how numbers are judged", () => {
  it("are none where nothing is said", () => expect(read("")).toEqual({rules: {}, found: []}));
  it("hold a tolerance and a baseline for all, and others for single KPIs", () => {
    const {rules, found} = read("judging: {tolerance: 10%, baseline: {first: 12}}\nmetrics:\n  win_rate: {tolerance: 0, baseline: {from: 2024-01-01, to: 2024-12-31}}\n");
    expect(found).toEqual([]);
    expect([toleranceOf("revenue_won", {rules}), toleranceOf("win_rate", {rules}), toleranceOf("win_rate", {})]).toEqual([0.1, 0, 0.05]);
    expect([baselineOf("revenue_won", {rules}), baselineOf("win_rate", {rules}), baselineOf("win_rate", {})]).toEqual([{first: 12}, {from: "2024-01-01", to: "2024-12-31"}, undefined]);
  });
  it("replace parts of the playbook, and give a KPI a driver tree of its own", () => {
    const {rules, found} = read("playbook:\n  win_rate: {action: Coach., owner: coach}\nfocus: keep_customers\nmetrics:\n  revenue_won: {drivers: [new_leads, opportunities_won]}\n");
    expect(found).toEqual([]);
    expect(ownPlayOf("win_rate", {rules})).toEqual({action: "Coach.", owner: "coach"});
    expect(rules.focus).toBe("keep_customers");
    expect(rules.drivers).toEqual([{metric: "revenue_won", name: "settings", root: {product: ["new_leads", {metric: "opportunities_won", per: "new_leads"}, {metric: "revenue_won", per: "opportunities_won"}]}}]);
  });
  it.each([
    ["focus: grow_sale\n", "report.yaml:5: wrong value: \"grow_sale\" (focus); did you mean grow_sales?"],
    ["judging: {tolerence: 5%}\n", "report.yaml:5: unknown key: tolerence (judging.tolerence); did you mean tolerance?"],
    ["playbook:\n  win_rat: {action: x}\n", "report.yaml:6: unknown key: win_rat (playbook.win_rat); expected a KPI that can be good or bad; did you mean win_rate?"],
    ["metrics:\n  win_rat: {tolerance: 5%}\n", "report.yaml:6: unknown key: win_rat (metrics.win_rat); expected a KPI; did you mean win_rate?"],
    ["metrics:\n  win_rate: {drivers: [new_lead]}\n", "report.yaml:6: unknown key: new_lead (metrics.win_rate.drivers.0); expected a KPI; did you mean new_leads?"],
    ["judging:\n  baseline: {from: 2024-01-01}\n", "report.yaml:6: missing key: to (judging.baseline); expected first: a number of periods, or from and to: days"],
    ["judging:\n  baseline: {first: 12, from: 2024-01-01, to: 2024-02-01}\n", "report.yaml:6: settings contradict each other: a baseline is either the first periods or fixed days (judging.baseline)"],
    ["judging:\n  baseline: {from: 2024-02-01, to: 2024-01-01}\n", "report.yaml:6: wrong value: 2024-02-01 to 2024-01-01 (judging.baseline); expected a first day that is not after the last"]
  ])("name the file, the line and the right word for %j", (text, message) => expect(read(text).found.map((line) => line.slice(0, message.length))).toEqual([message]));
});
