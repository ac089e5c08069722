import {describe, expect, it} from "vitest";
import {tellApart, type OnlySettings} from "../../loaders/settings/only.js";
import type {SettingsProblem} from "../../loaders/settings/problems.js";
import {record, type CrmDefaults, type OnlyRule, type TableMapping} from "../../loaders/sources/define.js";

const kind = (kind: OnlyRule["kind"], more: Partial<OnlyRule> = {}): Partial<TableMapping> => ({only: {kind, ...more}});
const crm: CrmDefaults = {
  type: "tasks",
  dates: [],
  decimal: ".",
  group: "",
  nulls: [""],
  emptyIds: [],
  looseNames: true,
  aliases: {Tracker: ["tracker.name"]},
  mappings: [
    record("lead", "Lead", ["*.csv"], {}, kind("lead")),
    record("opportunity", "Deal", ["*.csv"], {}, kind("opportunity", {column: ["List"], values: ["Deals"]})),
    record("crm_user", "User", ["users.csv"], {})
  ],
  stages: {open: [], won: [], lost: []},
  probability: {}
};

function told(only: OnlySettings, files: Record<string, string> = {}, defaults = crm) {
  const found: SettingsProblem[] = [];
  const mappings = tellApart(defaults, only, files, {file: "report.yaml", lineOf: () => 7, found});
  return {found, kept: mappings.map(({object, exclude}) => [object, exclude.map(({column, except}) => [column, except])])};
}

describe("tellApart(defaults, only, files, place)", () => {
  it("keeps the CRM's own rule where settings say none, and leaves out a kind that has none", () => {
    expect(told({})).toEqual({found: [], kept: [["Deal", [[["List"], ["Deals"]]]], ["User", []]]});
  });

  it("puts the settings' rule in place of the CRM's own, one for each header, with its other names", () => {
    expect(told({lead: {Tracker: "Lead"}, opportunity: {Tracker: ["Deal", 7], List: "Sales"}}).kept).toEqual([
      ["Lead", [[["Tracker", "tracker.name"], ["Lead"]]]],
      ["Deal", [[["Tracker", "tracker.name"], ["Deal", "7"]], [["List"], ["Sales"]]]],
      ["User", []]
    ]);
  });

  it("takes every row of a file that settings name for the record", () => {
    expect(told({}, {Lead: "leads.csv", Deal: "deals.csv"}).kept).toEqual([["Lead", []], ["Deal", []], ["User", []]]);
  });

  it("finds a kind that the CRM lacks", () => {
    expect(told({opportunty: {Tracker: "Deal"}}).found).toMatchObject([{code: "unknown_key", line: 7, value: "opportunty", nearest: "opportunity", allowed: ["lead", "opportunity"]}]);
  });

  it("asks which rows are which where nobody says it", () => {
    const unsaid = {...crm, mappings: crm.mappings.filter(({object}) => object !== "Deal")};
    expect(told({}, {}, unsaid).found).toMatchObject([{code: "missing_key", key: "only"}]);
    expect(told({lead: {Tracker: "Lead"}}, {}, unsaid).found).toEqual([]);
  });
});
