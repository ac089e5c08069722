// Sources that keep their exports: which are found, what counts, what is no change.

import {rmSync} from "node:fs";
import {dirname} from "node:path";
import {afterEach, describe, expect, it} from "vitest";
import {asked, writeReport} from "./world.js";

const made: string[] = [];
const report = (...parts: Parameters<typeof writeReport>): string => {
  const config = writeReport(...parts);
  made.push(config);
  return config;
};
afterEach(() => made.splice(0).forEach((config) => rmSync(dirname(config), {recursive: true, force: true})));

const stages = "stages: {open: [New, Offer], won: [Won], lost: [Lost]}";
const tables = `      opportunity: {file: deals.csv, columns: {opportunity_id: id, stage: stage, amount: amount, created_at: created, closed_at: closed}, ${stages}}`;
const dated = "    dated: true\n";
const deals = (...rows: string[]): string => ["id,stage,amount,created,closed", ...rows, ""].join("\n");
const week = (texts: readonly string[]): Record<string, string> => Object.fromEntries(texts.map((text, index) => [`2025-08-${String(1 + 7 * index).padStart(2, "0")}/deals.csv`, text]));

const entries = "select opportunity_id, stage, changed_after, changed_until from opportunity_stage_history order by opportunity_id, entered_at";
const changes = "select opportunity_id, field, old_value, new_value, changed_after, changed_until from opportunity_field_history order by all";
const listed = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => Object.values(row).join(" "));

describe("dated exports", () => {
  it("are read in the order of their days, whichever was added first", async () => {
    const files = week([deals("d1,New,1,2025-07-01,"), deals("d1,Offer,2,2025-07-01,"), deals("d1,Won,2,2025-07-01,2025-08-12")]);
    const [first, ...others] = Object.entries(files);
    const read = (all: Record<string, string>) => asked(report(all, dated, tables), async (rows) => [listed(await rows(entries)), listed(await rows(changes))]);
    expect(await read(files)).toEqual([["d1 New 2025-07-01 2025-08-01", "d1 Offer 2025-08-01 2025-08-08", "d1 Won 2025-08-08 2025-08-15"], ["d1 amount 1.00 2.00 2025-08-01 2025-08-08"]]);
    expect(await read(Object.fromEntries([...others.reverse(), first!]))).toEqual(await read(files));
  });

  it("stop where a folder beside them is no day", async () => {
    const config = report({...week([deals("d1,New,1,2025-07-01,")]), "old/deals.csv": deals()}, dated, tables);
    await expect(asked(config, async () => {})).rejects.toThrow(/wrong value: old .*expected folders of days only/);
  });

  it("need a day", async () => {
    const config = report({"deals.csv": deals("d1,New,1,2025-07-01,")}, dated, tables);
    await expect(asked(config, async () => {})).rejects.toThrow(/one folder a day, 2025-08-01/);
  });

  it("of one day are the present and no history", async () => {
    await asked(report(week([deals("d1,New,1,2025-07-01,")]), dated, tables), async (rows, taken) => {
      expect(await rows(entries)).toEqual([]);
      expect(taken).toMatchObject({histories: [], newestExport: "2025-08-01"});
      expect(taken.fed).not.toContain("opportunity_stage_history.stage");
    });
  });

  it("put no change before the first export that has the column", async () => {
    const bare = "id,stage,created,closed\nd1,New,2025-07-01,\n";
    const config = report(week([bare, deals("d1,New,5,2025-07-01,"), bare, deals("d1,New,7,2025-07-01,")]), dated, tables);
    expect(listed(await asked(config, (rows) => rows(changes)))).toEqual(["d1 amount 5.00 7.00 2025-08-08 2025-08-22"]);
  });

  it("that are the same to the byte prove nothing about their day", async () => {
    const same = deals("d1,New,1,2025-07-01,");
    await asked(report(week([same, same, deals("d1,Offer,1,2025-07-01,")]), dated, tables), async (rows, taken) => {
      expect(listed(await rows(entries)).at(-1)).toBe("d1 Offer 2025-08-01 2025-08-15");
      expect(taken.histories).toMatchObject([{source: "crm", exports: 3, repeated: 1, medianGapDays: 7, longestGapDays: 7, changes: 1}]);
    });
  });

  it("may miss a record in between: it is not gone", async () => {
    await asked(report(week([deals("d1,New,1,2025-07-01,"), deals(), deals("d1,Offer,1,2025-07-01,")]), dated, tables), async (rows, taken) => {
      expect(listed(await rows(entries)).at(-1)).toBe("d1 Offer 2025-08-01 2025-08-15");
      expect(await rows(changes)).toEqual([]);
      expect(taken.files.map(({rows, kept, superseded, excluded}) => [rows, kept, superseded, excluded])).toEqual([[1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 0, 0]]);
    });
  });

  it("do not take a row that cannot be used for a record that is gone", async () => {
    await asked(report(week([deals("d1,New,1,2025-07-01,", "d2,New,1,2025-07-01,"), deals("d1,,1,2025-07-01,", "d2,New,many,2025-07-01,")]), dated, tables), async (rows) => {
      expect(await rows("from left_out")).toEqual([]);
      expect(await rows(changes)).toEqual([]);
    });
  });

  it("count a stage that nobody mapped as a fault of the export that has it", async () => {
    const config = report(week([deals("d1,Old name,1,2025-07-01,"), deals("d1,Offer,1,2025-07-01,")]), dated, tables);
    await expect(asked(config, async () => {})).rejects.toThrow(/2025-08-01\/deals\.csv/);
  });
});

describe("records that are gone from the newest export", () => {
  const files = week([deals("d1,New,1,2025-07-01,", "d2,Won,9,2025-07-01,2025-07-20", "d3,New,1,2025-07-01,", "d4,Lost,1,2025-07-01,2025-07-30"), deals("d1,Offer,1,2025-07-01,", "d4,Lost,2,2025-07-01,2025-07-30"), deals("d1,Offer,1,2025-07-01,")]);
  const counts = ({rows, kept, rejected, excluded, superseded, excludedWhy}: {rows: number; kept: number; rejected: number; excluded: number; superseded: number; excludedWhy: object}) => [rows, kept, rejected, excluded, superseded, excludedWhy];

  it("were deleted: excluded, counted, and their going is dated", async () => {
    await asked(report(files, dated, tables), async (rows, taken) => {
      expect(listed(await rows("select opportunity_id from opportunity"))).toEqual(["d1"]);
      expect(taken.files.map(counts)).toEqual([[4, 0, 0, 2, 2, {deleted: 2}], [2, 0, 0, 1, 1, {deleted: 1}], [1, 1, 0, 0, 0, {}]]);
      expect(listed(await rows(`select * from (${changes}) where field = 'deleted'`))).toEqual(["d2 deleted false true 2025-08-01 2025-08-08", "d3 deleted false true 2025-08-01 2025-08-08", "d4 deleted false true 2025-08-08 2025-08-15"]);
      expect(taken.findings.find(({id}) => id === "exports_whole")).toMatchObject({count: 3, of: 4});
    });
  });

  it("have left the view of an export that shows only some: closed ones stay as they were, of open ones nobody knows", async () => {
    await asked(report(files, `${dated}    vanished: out_of_view\n`, tables), async (rows, taken) => {
      expect(listed(await rows("select opportunity_id, state, amount from opportunity order by 1"))).toEqual(["d1 open 1", "d2 won 9", "d4 lost 2"]);
      expect(taken.files.map(counts)).toEqual([[4, 1, 0, 1, 2, {out_of_view: 1}], [2, 1, 0, 0, 1, {}], [1, 1, 0, 0, 0, {}]]);
      expect(listed(await rows(`select * from (${changes}) where field = 'deleted'`))).toEqual([]);
      expect(await rows("from left_out")).toEqual([{table_name: "opportunity", id: "d3", why: "out_of_view"}]);
      expect(taken.findings.find(({id}) => id === "exports_whole")).toMatchObject({count: 0});
    });
  });

  it("from exports without any closed deal are told", async () => {
    const open = week([deals("d1,New,1,2025-07-01,", "d2,New,1,2025-07-01,"), deals("d1,New,1,2025-07-01,")]);
    await asked(report(open, dated, tables), async (_, taken) => expect(taken.findings.find(({id}) => id === "exports_whole")).toMatchObject({column: "state", count: 1}));
  });
});

describe("the CRM's own history", () => {
  it("wins, record by record and field by field", async () => {
    const own = {
      "2025-08-08/stages.csv": "id,deal,stage,at\ns1,d1,New,2025-07-01\ns2,d1,Offer,2025-08-03\n",
      "2025-08-08/changes.csv": "id,deal,field,old,new,at\nc1,d2,amount,1,2,2025-08-04\n"
    };
    const files = {...week([deals("d1,New,1,2025-07-01,", "d2,New,1,2025-07-01,"), deals("d1,Offer,3,2025-07-01,", "d2,Offer,2,2025-07-01,")]), ...own};
    const history = `
      opportunity_stage_history: {file: stages.csv, columns: {history_id: id, opportunity_id: deal, stage: stage, entered_at: at}, ${stages}}
      opportunity_field_history: {file: changes.csv, columns: {history_id: id, opportunity_id: deal, field: field, old_value: old, new_value: new, changed_at: at}}`;
    await asked(report(files, dated, tables + history), async (rows) => {
      expect(listed(await rows("select history_id, changed_until from opportunity_stage_history order by 1"))).toEqual(["d2 stage 2025-07-01 00:00:00 2025-08-01", "d2 stage 2025-08-08 00:00:00 2025-08-08", "s1 ", "s2 "]);
      expect(listed(await rows("select history_id, new_value, changed_until from opportunity_field_history order by 1"))).toEqual(["c1 2 ", "d1 amount 2025-08-08 00:00:00 3.00 2025-08-08"]);
    });
  });
});

it("two sources that keep their exports keep their ids apart", async () => {
  const source = (id: string): string => `  - id: ${id}\n    type: csv\n    folder: exports/${id}\n    dated: true\n    tables:\n${tables}\n`;
  const of = (id: string, texts: readonly string[]) => Object.fromEntries(Object.entries(week(texts)).map(([path, text]) => [`${id}/${path}`, text]));
  const files = {...of("north", [deals("1,New,1,2025-07-01,"), deals("1,Offer,1,2025-07-01,")]), ...of("south", [deals("1,New,5,2025-07-01,", "2,New,5,2025-07-01,"), deals("1,New,6,2025-07-01,")])};
  const config = report(files, "", tables, `${source("north")}${source("south")}`);
  await asked(config, async (rows, taken) => {
    expect(listed(await rows(entries))).toEqual(["north:1 New 2025-07-01 2025-08-01", "north:1 Offer 2025-08-01 2025-08-08"]);
    expect(listed(await rows(changes))).toEqual(["south:1 amount 5.00 6.00 2025-08-01 2025-08-08", "south:2 deleted false true 2025-08-01 2025-08-08"]);
    expect(taken.histories.map(({source, changes}) => [source, changes])).toEqual([["north", 1], ["south", 2]]);
  });
});
