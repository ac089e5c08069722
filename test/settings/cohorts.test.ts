import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {readSettings} from "../../loaders/settings.js";
import {cohorts} from "../../src/metrics/cohorts.js";

const folder = mkdtempSync(join(tmpdir(), "cohorts-"));
afterAll(() => rmSync(folder, {recursive: true}));
mkdirSync(join(folder, "exports"));
writeFileSync(join(folder, "exports", "leads.csv"), "id,created\n1,2025-01-01\n");

const head = `title: T
time_zone: UTC
currency: EUR
sources:
  - {id: shop, type: csv, folder: exports, tables: {lead: {file: leads.csv, columns: {lead_id: id, created_at: created}}}}
`;

async function read(text: string) {
  const path = join(folder, "report.yaml");
  writeFileSync(path, head + text);
  return (await readSettings(path)).cohorts;
}

describe("cohorts in the settings", () => {
  it("are the shipped ones where nothing is written", async () => expect(await read("")).toEqual(cohorts));

  it("change a shipped one and leave the rest of it", async () =>
    expect((await read("cohorts: {purchases: {grain: quarter, span: rolling}, wins: {money: none, returns: purchase}}\n")).slice(0, 2)).toEqual([
      {...cohorts[0], grain: "quarter", span: "rolling"}, {...cohorts[1], returns: ["purchase"], money: []}
    ]));

  it("add one of their own, with the money of what counts as being back", async () =>
    expect((await read("cohorts:\n  won_by_source: {label: Won by source, start: win, returns: [purchase, activity], key: source, first: recurring}\n  spoken: {label: Spoken, start: activity, returns: win, money: win}\n")).slice(4)).toEqual([
      {id: "won_by_source", label: "Won by source", start: "win", returns: ["purchase", "activity"], money: ["purchase", "refund"], key: "source", grain: "month", span: "calendar", first: "recurring"},
      {id: "spoken", label: "Spoken", start: "activity", returns: ["win"], money: ["win"], key: "start", grain: "month", span: "calendar", first: "ever"}
    ]));

  it.each([
    ["cohorts:\n  purchases:\n    grain: monht\n", "did you mean month?"],
    ["cohorts:\n  mine: {label: Mine, start: win}\n", "expected returns, or one of the shipped cohorts: purchases, wins, subscriptions, activity"],
    ["cohorts:\n  mine: {label: Mine, start: subscribed, returns: win}\n", "subscription_start"],
    ["cohorts:\n  purchases:\n    grian: month\n", "grain"]
  ])("say what is wrong in %j", async (text, words) => expect(read(text)).rejects.toThrow(words));
});
