import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {loaded} from "./loaded.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exports-"));
});
afterEach(() => rmSync(folder, {recursive: true}));

const settings = (extra = "", columns = "{account_id: id, name: name, employees: n, created_at: at}"): string => {
  const path = join(folder, "report.yaml");
  writeFileSync(
    path,
    `title: T\ntime_zone: Europe/Budapest\ncurrency: EUR\nreject_limit: 100%\nsources:\n  - id: shop\n    type: csv\n    folder: .\n${extra}    tables:\n      account: {file: "a*.csv", columns: ${columns}}\n`
  );
  return path;
};
const put = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);

/** Accounts and rejects as taken in, without the place in the file. */
async function taken(path: string): Promise<{accounts: unknown[]; rejects: unknown[]; ledger: number[]}> {
  const {intake, rows, close} = await loaded(path);
  const accounts = await rows("select account_id, name, employees, created_at from account order by all");
  const rejects = await rows("select table_name, column_name, value, rule from reject order by all");
  close();
  const sum = (part: "rows" | "kept" | "rejected" | "excluded" | "superseded"): number => intake.files.reduce((total, file) => total + file[part], 0);
  expect(sum("rows")).toBe(sum("kept") + sum("rejected") + sum("excluded") + sum("superseded"));
  return {accounts: [...accounts], rejects: [...rejects], ledger: [sum("rows"), sum("kept"), sum("rejected")]};
}

const text = "id,name,n,at\n1,Árvíztűrő,12,2025-01-31\n2,\"Two, Ltd\",x,2025-07-01T00:00:00Z\n";
const wanted = {
  accounts: [
    {account_id: "1", name: "Árvíztűrő", employees: 12, created_at: "2025-01-30T23:00:00Z"},
    {account_id: "2", name: "Two, Ltd", employees: null, created_at: "2025-07-01T00:00:00Z"}
  ],
  rejects: [{table_name: "account", column_name: "n", value: "x", rule: "integer"}],
  ledger: [2, 2, 0]
};

describe("the same rows come out of a file however it is written", () => {
  const utf16 = (text: string, big: boolean): Buffer => {
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    return big ? bytes.swap16() : bytes;
  };
  it.each<[string, string | Buffer]>([
    ["UTF-8", text],
    ["UTF-8 with a byte order mark", `\ufeff${text}`],
    ["UTF-16 little endian", utf16(text, false)],
    ["UTF-16 big endian", utf16(text, true)],
    ["carriage returns and line feeds", text.replaceAll("\n", "\r\n")],
    ["carriage returns alone", text.replaceAll("\n", "\r")],
    ["line ends of both kinds", text.replace("\n", "\r\n")],
    ["no line end at the end", text.trimEnd()],
    ["blank lines at the end", `${text}\n\n`],
    ["blanks and tabs around cells", text.replace("Árvíztűrő,12", " Árvíztűrő\t, 12\u00a0")],
    ["tabs between cells", text.replaceAll("\"Two, Ltd\"", "Two; Ltd").replaceAll(",", "\t").replace("Two; Ltd", "Two, Ltd")],
    ["semicolons between cells", text.replaceAll("\"Two, Ltd\"", "Two# Ltd").replaceAll(",", ";").replace("Two# Ltd", "Two, Ltd")],
    ["columns in another order, others beside them", "at,zzz,n,name,id\n2025-01-31,,12,Árvíztűrő,1\n2025-07-01T00:00:00Z,,x,\"Two, Ltd\",2\n"],
    ["header in capitals", text.replace("id,name,n,at", " ID ,NAME,n,AT")]
  ])("%s", async (_, content) => {
    put("a.csv", content);
    expect(await taken(settings())).toEqual(wanted);
  });

  it.each([["\n", ""], ["\r\n", "\ufeff"]])("behind a line that declares the delimiter, rows counted as a spreadsheet does", async (end, mark) => {
    put("a.csv", `${mark}sep=;${end}${["id;name;n;at", "1;A,B,C,D,E,F;1;2025-01-31", "2;two", "3;C;x;2025-01-31"].join(end)}${end}`);
    const {rows, close} = await loaded(settings());
    expect(await rows("select account_id, name from account order by all")).toEqual([{account_id: "1", name: "A,B,C,D,E,F"}, {account_id: "3", name: "C"}]);
    expect((await rows("select row_number, rule from reject order by all")).map(({row_number, rule}) => [Number(row_number), rule])).toEqual([[4, "malformed"], [5, "integer"]]);
    close();
  });

  it("in a declared encoding", async () => {
    put("a.csv", Buffer.from(text.replace("Árvíztűrő", "\xC1rv\xEDzt\xFBr\xF5"), "latin1"));
    expect(await taken(settings("    encoding: iso-8859-2\n"))).toEqual(wanted);
  });

  it("in a folder and file whose names look like a pattern", async () => {
    put("a [1] (copy).csv", text);
    expect(await taken(settings())).toEqual(wanted);
  });
});

describe("what is never guessed", () => {
  it("a date whose order is not declared is rejected", async () => {
    put("a.csv", "id,at\n1,1/2/2026\n");
    const {rows, close} = await loaded(settings("", "{account_id: id, created_at: at}"));
    expect(await rows("select created_at from account")).toEqual([{created_at: null}]);
    expect(await rows("select column_name, value, rule from reject")).toEqual([{column_name: "at", value: "1/2/2026", rule: "timestamp"}]);
    close();
  });

  it.each([
    ["D/M/YYYY", "2026-02-01"],
    ["M/D/YYYY", "2026-01-02"]
  ])("with %s, 1/2/2026 is %s", async (format, day) => {
    put("a.csv", "id,at\n1,1/2/2026\n");
    const {rows, close} = await loaded(settings(`    dates: [${format}]\n    zone: UTC\n`, "{account_id: id, created_at: {column: at, day: true}}"));
    expect(await rows("select timezone('Europe/Budapest', timezone('UTC', created_at))::date as day from account")).toEqual([{day}]);
    close();
  });

  it("stamps without offset are in the zone of the source", async () => {
    put("a.csv", "id,at\n1,2026-07-01 10:00\n2,2026-07-01 10:00:00.5\n3,2026-07-01T10:00:00+02:00\n4,2026-03-29 02:30:00\n");
    const path = settings("    zone: America/New_York\n", "{account_id: id, created_at: at}");
    const {rows, close} = await loaded(path);
    expect((await rows("select created_at as at from account order by account_id")).map(({at}) => at)).toEqual(["2026-07-01T14:00:00Z", "2026-07-01T14:00:00.5Z", "2026-07-01T08:00:00Z", "2026-03-29T06:30:00Z"]);
    close();
  });

  it("SQL in cells and headers stays text", async () => {
    const evil = "'); drop table account; --";
    put("a.csv", `id,"name'); --"\n1,"${evil}"\n`);
    const {rows, close} = await loaded(settings(`    nulls: ["'; drop"]\n`, `{account_id: id, name: {column: "name'); --", map: {"'": "'"}}}`));
    expect(await rows("select name from account")).toEqual([{name: evil}]);
    close();
  });
});

it("a value map of any length reads alike, and rows keep their numbers", async () => {
  put("a.csv", `id,name,n\n${Array.from({length: 300}, (_, index) => `${index},k${index},${index === 250 ? "bad" : index}`).join("\n")}\n`);
  const map = Array.from({length: 200}, (_, index) => `K${index}: v${index}`).join(", ");
  const {rows, close} = await loaded(settings("", `{account_id: id, name: {column: name, map: {${map}}}, employees: n}`));
  expect(await rows("select count(*) as n from account where name = case when account_id::int < 200 then 'v' else 'k' end || account_id")).toEqual([{n: 300}]);
  expect(await rows("select row_number from reject")).toEqual([{row_number: 252}]);
  close();
});

describe("a reject names the row that a spreadsheet shows", () => {
  it.each([
    ["line feeds", "\n"],
    ["line feeds after returns", "\r\n"]
  ])("past empty lines, malformed lines and breaks within cells, with %s", async (_, newline) => {
    put("a.csv", ["id,name,n", "1,a,bad", "", "2,b,bad", '3,"two', "", 'lines ""and"" quotes",bad', "4,too,many,cells", "", "", "5,e,bad", "6,f,1", ""].join(newline));
    const {rows, close} = await loaded(settings("", "{account_id: id, name: name, employees: n}"));
    expect((await rows("select row_number as row, rule from reject order by 1")).map(({row, rule}) => `${String(row)} ${String(rule)}`)).toEqual(["2 integer", "4 integer", "5 integer", "6 malformed", "9 integer"]);
    close();
  });

  it("in a named encoding", async () => {
    put("a.csv", Buffer.from("id,name,n\n\n1,\u00e1,bad\n", "latin1"));
    const {rows, close} = await loaded(settings("    encoding: windows-1252\n", "{account_id: id, name: name, employees: n}"));
    expect(await rows("select row_number, value from reject")).toEqual([{row_number: 3, value: "bad"}]);
    close();
  });
});

describe("a stamp far ahead of all others", () => {
  const dated = (stamps: readonly string[]) => put("a.csv", `id,at\n\n${stamps.map((stamp, index) => `${index},${stamp}`).join("\n")}\n`);
  const ordinary = Array.from({length: 40}, (_, index) => `2026-03-${String(1 + (index % 28)).padStart(2, "0")}T12:00:00Z`);
  const findings = async (): Promise<readonly unknown[]> => {
    const {intake, close} = await loaded(settings("", "{account_id: id, updated_at: at}"));
    close();
    return intake.findings.filter(({id}) => id === "stamps_plausible");
  };

  it("is warned of, with its file and row", async () => {
    dated([...ordinary, "2031-01-01T00:00:00Z"]);
    expect(await findings()).toEqual([
      {id: "stamps_plausible", table: "account", column: "updated_at", beside: "a.csv row 43: 2031-01-01T00:00:00Z; the next is of 2026-03-28T12:00:00Z", count: 1, of: 41, examples: [{id: "40"}]}
    ]);
  });

  it("is none where several records share the time, or it is of the same month", async () => {
    dated([...ordinary, "2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z"]);
    expect(await findings()).toEqual([]);
    dated([...ordinary, "2026-04-25T00:00:00Z"]);
    expect(await findings()).toEqual([]);
  });
});

describe("a merged record", () => {
  it("is merged before it is deleted, and references to it point at the survivor", async () => {
    put("a.csv", "id,into,gone\n1,,no\n2,1,yes\n3,2,yes\n4,,yes\n");
    put("o.csv", "id,account,stage\n7,1,Won\n8,2,Won\n9,3,Won\n");
    const path = settings("", "{account_id: id, merged_into_id: into, deleted: gone}");
    const opportunity = "      opportunity: {file: o.csv, columns: {opportunity_id: id, account_id: account, stage: stage}, stages: {open: [New], won: [Won], lost: [Lost]}}\n";
    writeFileSync(path, `${readFileSync(path, "utf8")}${opportunity}`);
    const {intake, rows, failed, close} = await loaded(path);
    expect(intake.files[0]).toMatchObject({rows: 4, kept: 1, excludedWhy: {merged: 2, deleted: 1}});
    expect(await rows("select distinct account_id from opportunity")).toEqual([{account_id: "1"}]);
    expect((await failed()).filter(({id}) => id === "references")).toEqual([]);
    close();
  });
});

const cell = fc.stringMatching(/^[a-zA-Z0-9 ,;"'\n<>=%áű-]{0,12}$/);
const record = fc.record({name: cell, n: fc.oneof(fc.integer({min: 0, max: 99999}).map(String), fc.constantFrom("", "many", "1 000")), at: fc.constantFrom("2025-01-31", "2025-02-30", "", "2025-06-01 12:00:00")});
const quote = (value: string, always: boolean): string => (always || /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const csv = (rows: readonly string[][], always: boolean, newline: string): string => [["id", "name", "n", "at"], ...rows].map((row) => row.map((value) => quote(value, always)).join(",")).join(newline) + newline;

it("shuffling rows, splitting the file, quoting and line ends change nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, {minLength: 1, maxLength: 30}), fc.integer({min: 0, max: 30}), fc.boolean(), fc.constantFrom("\n", "\r\n"), fc.infiniteStream(fc.nat()), async (records, cut, always, newline, keys) => {
      const rows = records.map(({name, n, at}, index) => [`id${index}`, name, n, at]);
      rmSync(join(folder, "a2.csv"), {force: true});
      put("a1.csv", csv(rows, false, "\n"));
      const one = await taken(settings());
      const order = rows.map((row) => ({row, key: keys.next().value as number})).sort((a, b) => a.key - b.key);
      const shuffled = order.map(({row}) => row);
      put("a1.csv", csv(shuffled.slice(0, cut), always, newline));
      put("a2.csv", csv(shuffled.slice(cut), !always, "\n"));
      expect(await taken(settings())).toEqual(one);
      expect(one.ledger[0]).toBe(records.length);
    }),
    {numRuns: 6}
  );
});

describe("an error that stops the intake says how to mend it", () => {
  const deals = (content: string, columns: string, extra = "", table = ""): string => {
    put("deals.csv", content);
    const path = join(folder, "report.yaml");
    writeFileSync(path, `title: T\ntime_zone: UTC\ncurrency: EUR\n${extra}sources:\n  - id: shop\n    type: csv\n    folder: .\n    tables:\n      opportunity:\n        file: "deals*.csv"\n        columns: ${columns}\n${table}`);
    return path;
  };
  const message = (path: string): Promise<string> => loaded(path).then(({close}) => (close(), "no error"), (error: Error) => error.message);

  it("names the marks of numbers and the form of dates", async () => {
    const said = await message(deals("id,state,amount,at\n1,won,\"1.234,50\",31/01/2024\n", "{opportunity_id: id, state: state, amount: amount, created_at: at}"));
    expect(said).toContain('amount: "1.234,50" is not a valid amount of money');
    expect(said).toContain('decimal: "," and group: "."');
    expect(said).toContain("dates: [DD/MM/YYYY]");
  });

  it("tells once what a state can be", async () => {
    const path = deals("id,state\n1,Active\n2,\n", "{opportunity_id: id, state: state}");
    expect((await message(path)).split("\n")).toEqual([
      "opportunity: 2 of 2 rows have values that cannot be typed, more than reject_limit allows. The first:",
      '  deals.csv row 2, state: "Active" is none of open, won, lost',
      "  deals.csv row 3, state: (empty) is required",
      expect.stringMatching(/^States: a state is open, won or lost\. .*stages: /)
    ]);
  });

  it("shows where two rows of one key differ, over files and with stamps that do not decide", async () => {
    put("deals2.csv", "id,stage,at,amount\n\n2,New,2025-01-01,5\n1,Won,2025-01-01,\n");
    const columns = "{opportunity_id: id, stage: stage, updated_at: at, amount: amount}";
    const path = deals("id,stage,at,amount\n1,New,2025-01-01,5\n1,New,2024-01-01,5\n", columns, "", "        stages: {open: [New], won: [Won], lost: [Lost]}\n");
    expect((await message(path)).split("\n")).toEqual([
      expect.stringContaining("opportunity: 1 key has rows of different content and no stamp that says which is newer. Leave the wrong ones out with exclude"),
      '  deals.csv row 2, opportunity_id "1": stage "New", state "open", amount "5.00"',
      '  deals2.csv row 4, opportunity_id "1": stage "Won", state "won", amount (empty)'
    ]);
  });
});

describe("files of one pattern are of one shape", () => {
  it("one that lacks a column of the others is told, never passed over", async () => {
    put("a1.csv", text);
    put("a2.csv", "id,name,at\n3,Three,2025-02-01\n");
    await expect(loaded(settings())).rejects.toThrow(/a2\.csv/);
  });
  it("is read without a column that may be absent", async () => {
    put("a1.csv", text);
    put("a2.csv", "id,name,at\n3,Three,2025-02-01\n");
    const {accounts} = await taken(settings("", "{account_id: id, name: name, employees: {column: n, optional: true}, created_at: at}"));
    expect(accounts).toHaveLength(3);
  });
});
