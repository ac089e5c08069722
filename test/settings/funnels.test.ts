import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {readSettings, SettingsError} from "../../loaders/settings.js";

const folder = mkdtempSync(join(tmpdir(), "funnels-"));
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
  return (await readSettings(path)).funnels;
}

const fault = async (text: string): Promise<string> => read(text).then(() => "", (error: unknown) => {
  expect(error).toBeInstanceOf(SettingsError);
  return (error as Error).message;
});

describe("funnels in the settings", () => {
  it("are the shipped ones where nothing is written", async () =>
    expect((await read("")).map(({id, mode, window, stages}) => [id, mode, window, stages])).toEqual([["lead_to_cash", "reached", 180, undefined], ["opportunity_stages", "reached", 180, true]]));

  it("change a shipped one and leave the rest of it", async () => {
    const [leads, stages] = await read("funnels: {lead_to_cash: {window: none, credit: won, hold: owner}, opportunity_stages: {mode: all_stages}}\n");
    expect(leads).toMatchObject({window: null, credit: {step: "won"}, hold: "owner", mode: "reached"});
    expect(leads!.steps.map(({id}) => id)).toEqual(["lead", "qualified", "converted", "quote_sent", "won", "paid"]);
    expect(stages).toMatchObject({mode: "all_stages", stages: true});
  });

  it("add one of their own over a plain log, or over stages", async () => {
    const found = await read(`funnels:
  visits: {label: Visits, entity: case, kind: web, window: 7d, steps: [{id: visit, event: visit}, {id: order, label: Order, event: [order, reorder]}], exclude: [{event: fraud, after: visit, before: order}]}
  late: {label: Late stages, entity: opportunity, steps: [{id: proposal, stage: Proposal}, {id: won, event: opportunity_won}]}
`);
    expect(found.slice(2)).toEqual([
      {
        id: "visits", label: "Visits", entity: "case", kind: "web", mode: "ordered", window: 7, repeat: "first_in_range", hold: null, credit: "first", lost: [],
        steps: [{id: "visit", is: [{event: "visit"}]}, {id: "order", label: "Order", is: [{event: "order"}, {event: "reorder"}]}],
        exclude: [{is: [{event: "fraud"}], after: "visit", before: "order"}]
      },
      expect.objectContaining({id: "late", lost: [{event: "opportunity_lost"}], steps: [{id: "proposal", is: [{event: "stage_entered", where: [{column: "stage", is: "=", values: ["Proposal"]}]}]}, {id: "won", is: [{event: "opportunity_won"}]}]})
    ]);
  });

  it.each([
    ["funnels:\n  lead_to_cash:\n    steps:\n      - {id: lead, event: lead_created}\n      - {id: won, event: oportunity_won}\n", "report.yaml:10: wrong value: oportunity_won (funnels.lead_to_cash.steps.1.event); did you mean opportunity_won?"],
    ["funnels:\n  lead_to_cash:\n    credit: payed\n", "report.yaml:8: wrong value: payed (funnels.lead_to_cash.credit); did you mean paid?"],
    ["funnels:\n  lead_to_cash:\n    exclude: [{event: lead_lost, after: won, before: lead}]\n", "won is not before lead"],
    ["funnels:\n  lead_to_cash:\n    mode: orderd\n", "did you mean ordered?"],
    ["funnels:\n  mine: {label: Mine, entity: case}\n", "missing key: steps (funnels.mine)"],
    ["funnels:\n  mine: {label: Mine, entity: lead, steps: [{id: a, event: lead_created}, {id: a, event: lead_lost}]}\n", "the step a stands twice"],
    ["funnels:\n  mine: {label: Mine, entity: lead, steps: [{id: a, event: lead_created}, {id: b}]}\n", "missing key: event (funnels.mine.steps.1)"]
  ])("say in one error where %j is wrong, and the nearest word", async (text, expected) => expect(await fault(text)).toContain(expected));
});
