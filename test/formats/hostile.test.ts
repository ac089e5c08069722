// Files that nobody should send: each ends with a right reading or one clear message, which the guide lists.

import {execFileSync} from "node:child_process";
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join, relative} from "node:path";
import {gzipSync} from "node:zlib";
import {strToU8, zipSync} from "fflate";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {fileFault} from "../../loaders/formats/fault.js";
import {openNative, quoteText} from "../../loaders/native.js";
import {loaded} from "../sources/loaded.js";
import {workbook} from "../helpers/workbook.js";

const guide = readFileSync("src/guide/exports.md", "utf8");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exports-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const at = (name: string): string => join(folder, name);
const put = (name: string, content: string | Uint8Array): void => writeFileSync(at(name), content);

function settings(file: string, {extra = "", source = ".", columns = "{opportunity_id: id, amount: amount, state: {value: open}}"} = {}): string {
  put(
    "report.yaml",
    `title: T\ntime_zone: UTC\ncurrency: EUR\nreject_limit: 100%\nsources:\n  - id: shop\n    type: csv\n    folder: ${source}\n${extra}    tables:\n      opportunity: {file: "${file}", columns: ${columns}}\n`
  );
  return at("report.yaml");
}

/** What is said about a file; the guide has to say the same. */
async function said(path: string): Promise<string> {
  const message = await loaded(path).then(({close}) => (close(), "nothing"), (error: Error) => error.message);
  expect(message).not.toMatch(/\n {4}at /);
  expect(message.replaceAll(relative(process.cwd(), at("report.yaml")), "")).not.toContain(basename(folder));
  return message;
}

async function expectSaid(path: string, phrase: string): Promise<void> {
  expect(await said(path)).toContain(phrase);
  expect(guide).toContain(`\`${phrase}`);
}

async function read(path: string): Promise<{rows: readonly Record<string, unknown>[]; ledger: number[]}> {
  const {intake, rows, close} = await loaded(path);
  const found = await rows("select opportunity_id, amount from opportunity order by all");
  close();
  const [file] = intake.files;
  return {rows: found, ledger: [file!.rows, file!.kept, file!.rejected]};
}

const csv = "id,amount\n1,10\n2,20\n";
const cut = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));
const long = (size: number): string => `id,amount\n1,10\n${"2".repeat(size)},20\n3,30\n`;
const sheet = {Deals: [["id", "amount"], ["1", 10]]};
/** A zip of two sheets' worth of noise, so that half of it is no archive. */
const noisy = Array.from({length: 5000}, (_, index) => `${index},${(index * 7919) % 10007}`).join("\n");

async function parquet(): Promise<Uint8Array> {
  const native = await openNative();
  await native.exec(`copy (select range::varchar as id, range as amount from range(10000)) to ${quoteText(at("whole"))} (format parquet)`);
  native.close();
  return readFileSync(at("whole"));
}

describe("a file that cannot be read is told with its reason", () => {
  it.each<[string, string, () => string | Uint8Array | Promise<Uint8Array>, string]>([
    ["empty", "deals.csv", () => "", "the file is empty: deals.csv"],
    ["blank lines only", "deals.csv", () => "\n\n\n", "the file is empty: deals.csv"],
    ["a mark of the byte order only", "deals.csv", () => "\ufeff", "the file is empty: deals.csv"],
    ["binary", "deals.csv", () => Uint8Array.from({length: 5000}, (_, index) => (index * 31) % 256), "no table: deals.csv is binary data"],
    ["an old workbook", "deals.csv", () => Buffer.from("d0cf11e0a1b11ae1", "hex"), "no table: deals.csv is a workbook of Excel before 2007, or one with a password"],
    ["a web page", "deals.xls", () => "<html><table><tr><td>id</td></tr></table></html>", "no table: deals.xls is a web page, whatever its name says"],
    ["a truncated gzip", "deals.csv.gz", () => cut(gzipSync(noisy)), "damaged, or cut off: deals.csv.gz (gzip: unexpected end of file)"],
    ["a truncated zip", "deals.csv.zip", () => cut(zipSync({"deals.csv": strToU8(noisy)})), "damaged, or cut off: deals.csv.zip (zip:"],
    ["a truncated workbook", "deals.xlsx", () => cut(workbook(sheet)), "damaged, or cut off: deals.xlsx (zip:"],
    ["truncated JSON", "deals.json", () => '[{"id":1,"amount":10},{"id":2,"am', "damaged, or cut off: deals.json (JSON:"],
    ["truncated Parquet", "deals.parquet", async () => cut(await parquet()), "damaged, or cut off: deals.parquet (Parquet:"],
    ["JSON without end", "deals.json", () => `[${'{"a":'.repeat(50000)}1${"}".repeat(50000)}]`, "damaged, or cut off: deals.json (JSON: nested over 1000 deep)"],
    ["a record of 40 MB in a list", "deals.json", () => `[{"id":1,"amount":10},{"id":"${"x".repeat(40e6)}","amount":20}]`, "too large: deals.json has a record of over 16 MB; where a list in it holds the records, name the list as each"],
    ["a record of 40 MB on a line", "deals.ndjson", () => `{"id":1,"amount":10}\n{"id":"${"x".repeat(40e6)}","amount":20}\n`, "too large: deals.ndjson has a record of over 16 MB; where a list in it holds the records, name the list as each"],
    ["a document of 40 MB of which no list is named", "deals.json", () => `{"deals":\n[{"id":"${"x".repeat(40e6)}"}]}`, "too large: deals.json has a record of over 16 MB; where a list in it holds the records, name the list as each"],
    ["a gzip bomb", "deals.csv.gz", () => gzipSync(Buffer.alloc(64 << 20, "1,2\n")), "unpacks to far too much (over 300 times its size): deals.csv.gz; nothing was read"],
    ["a workbook with one far cell", "deals.xlsx", () => farCell(), "too large: deals.xlsx has a sheet of over 20 million cells"],
    ["an archive of two", "deals.csv.zip", () => zipSync({"a.csv": strToU8(csv), "b.csv": strToU8(csv)}), "the archive deals.csv.zip holds 2 files, where one is expected"],
    ["two headers of one name", "deals.csv", () => "id,amount,Amount \n1,2,3\n", "two columns have one name: amount in deals.csv"],
    ["headers in another language", "deals.csv", () => "Azonosító,Érték\n1,10\n", "no such column: amount in deals.csv"],
    ["a workbook of two sheets", "deals.xlsx", () => workbook({...sheet, Leads: []}), "deals.xlsx has several sheets; name one as sheet"],
    ["a header in another encoding", "deals.csv", () => Buffer.from("id,amount,Név\n1,10,x\n", "latin1"), "deals.csv is not UTF-8; name its encoding, the one in which this line reads right"],
    ["a header without end", "deals.csv", () => `id,"amount${"x\n".repeat(5 << 20)}`, "no end of the header found (is a quote left open?): deals.csv"],
    ["a row in another encoding", "deals.csv", () => Buffer.from("id,amount\nÉ,10\n", "latin1"), "deals.csv: not UTF-8. Name its encoding in the settings"],
    ["every row has a cell more than the header", "deals.csv", () => "id,amount\n1,10,x\n2,20,\n3,30,\"\"\n4,40\n", "deals.csv: 3 of 4 rows have more cells than the header has names (one has 3, the header has 2)"],
    ["a quote left open", "deals.csv", () => `id,amount\n1,"10\n2,20\n3,30\n`, "deals.csv: row 2 opens a quote that is closed in the wrong place or never"]
  ])("%s", async (_, name, content, phrase) => {
    put(name, await content());
    await expectSaid(settings(name), phrase);
  });

  it("a zip bomb, as file and as folder", async () => {
    put("deals.csv.zip", zipSync({"deals.csv": new Uint8Array(64 << 20)}));
    expect(await said(settings("deals.csv.zip"))).toContain("unpacks to far too much (over 300 times its size): deals.csv.zip; nothing was read");
    expect(await said(settings("deals.csv", {source: "deals.csv.zip"}))).toContain("unpacks to far too much (over 300 times its size): deals.csv.zip; nothing was read");
  });

  it("a zip whose names lead out of the folder", async () => {
    put("week.zip", zipSync({"../outside.csv": strToU8(csv)}));
    expect(await said(settings("outside.csv", {source: "week.zip"}))).toContain("damaged, or cut off: week.zip (zip: invalid relative path: ../outside.csv)");
  });

  it("a sheet that the workbook lacks, with those that it has", async () => {
    put("deals.xlsx", workbook(sheet));
    const path = settings("deals.xlsx", {extra: "    sheet: Leads\n"});
    await expectSaid(path, "no such sheet in deals.xlsx: Leads");
    expect(await said(path)).toContain("allowed: Deals");
  });

  it("a folder in place of a file, and a file in place of a folder", async () => {
    mkdirSync(at("deals.csv"));
    await expectSaid(settings("deals.csv"), "a folder where a file is expected: deals.csv");
    rmSync(at("deals.csv"), {recursive: true});
    put("deals.csv", csv);
    await expectSaid(settings("deals.csv", {source: "deals.csv"}), "neither a folder nor a zip archive: deals.csv");
  });

  it("a link to nothing, and one to what never ends", async () => {
    symlinkSync(at("nowhere"), at("deals.csv"));
    expect(await said(settings("deals.csv"))).toContain("no such file: deals.csv");
    rmSync(at("deals.csv"));
    execFileSync("mkfifo", [at("pipe")]);
    symlinkSync(at("pipe"), at("deals.csv"));
    expect(await said(settings("deals.csv"))).toContain("a folder where a file is expected: deals.csv");
  });

  it("no permission to read it", async () => {
    expect(fileFault(Object.assign(new Error("no"), {code: "EACCES"}))).toMatchObject({problem: "no_permission"});
    expect(guide).toContain("`no permission to read deals.csv`");
    if (process.getuid?.() === 0) return;
    put("deals.csv", csv);
    chmodSync(at("deals.csv"), 0o000);
    expect(await said(settings("deals.csv"))).toContain("no permission to read deals.csv");
  });

  it("a file that shrank while it was unpacked is cut off, not short", async () => {
    put("deals.csv.gz", gzipSync(noisy));
    truncateSync(at("deals.csv.gz"), 40);
    expect(await said(settings("deals.csv.gz"))).toContain("damaged, or cut off: deals.csv.gz");
  });
});

describe("a document whose list holds a whole export", () => {
  it("is read piece by piece, every element a row counted from 1", async () => {
    const deals = Array.from({length: 30_000}, (_, index) => ({id: `D${index + 1}`, amount: index === 20_000 ? "much" : index, note: "x".repeat(600)}));
    put("deals.json", JSON.stringify({total: deals.length, data: {deals, people: [{id: 1}]}, last: true}, null, 1));
    const {intake, rows, close} = await loaded(settings("deals.json", {columns: "{opportunity_id: data.deals.id, amount: data.deals.amount, state: {value: open}}, each: data.deals"}));
    expect(intake.files).toMatchObject([{rows: 30_000, kept: 30_000, rejectedCells: 1}]);
    expect(await rows("select sum(amount) as sum, max(opportunity_id) as last from opportunity")).toEqual([{sum: 30_000 * 29_999 / 2 - 20_000, last: "D9999"}]);
    expect(await rows("select row_number from reject")).toEqual([{row_number: 20_001}]);
    close();
  });
});

describe("rows with more cells than the header are no records, also where those beyond it are empty", () => {
  const rejected = async (content: string | Uint8Array, extra = ""): Promise<unknown[]> => {
    put("deals.csv", content);
    const {intake, rows, close} = await loaded(settings("deals.csv", {extra}));
    const [found, rejects] = [await rows("select opportunity_id as id, amount from opportunity order by all"), await rows("select row_number, value from reject order by all")];
    close();
    expect(intake.files).toMatchObject([{rows: found.length + rejects.length, kept: found.length, rejected: rejects.length}]);
    return rejects.map(({row_number, value}) => [row_number, value]);
  };
  const good = "1,10\n2,20\n3,30\n4,\n5,\"\"\n";

  it.each<[string, string, unknown[]]>([
    ["one", `id,amount\n6,60,\n${good}`, [[2, "6,60,"]]],
    ["several, one quoted", `id,amount\n${good}6,60,\n7,70,""\n8,80,,,`, [[7, "6,60,"], [8, '7,70,""'], [9, "8,80,,,"]]],
    ["all cells empty", `id,amount\n${good},,\n`, [[7, ",,"]]],
    ["behind quotes that only look open", `id,amount\n"a ""\n"" b,,",1\nc"d,2\n${good}6,60,\n`, [[9, "6,60,"]]],
    ["behind an empty line and a row of too few cells", `id,amount\n${good}\n6\n7,70,\n`, [[8, "6"], [9, "7,70,"]]],
    ["carriage returns and line feeds", `id,amount\n${good}6,60,\n`.replaceAll("\n", "\r\n"), [[7, "6,60,"]]],
    ["line ends of two kinds", `id,amount\r\n${good}6,60,\r\n`, [[7, "6,60,"]]],
    ["carriage returns alone", `id,amount\n${good}6,60,\n`.replaceAll("\n", "\r"), [[7, "6,60,"]]]
  ])("%s", async (_, content, wanted) => {
    expect(await rejected(content)).toEqual(wanted);
  });

  it("in any encoding, with any delimiter", async () => {
    const text = `id,amount\n${good}6,60,\n`;
    expect(await rejected(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual([[7, "6,60,"]]);
    expect(await rejected(text.replaceAll(",", "~"), '    delimiter: "~"\n')).toEqual([[7, "6~60~"]]);
    expect(await rejected(`sep=;\n${text.replaceAll(",", ";")}`)).toEqual([[8, "6;60;"]]);
  });

  it.each(["😀", "xő", " 元"])("as a row is in which “%s” stands behind a closed quote, right of columns that nobody asks for", async (behind) => {
    expect(await rejected(`id,note,more,amount\n1,a,b,10\n2,a,b,"20"${behind}\n3,a,b,30\n`)).toEqual([[3, `2,a,b,"20"${behind}`]]);
  });

  it("where the header ends with the delimiter too, they are cells without a name", async () => {
    expect(await rejected("id,amount,\n1,10,\n2,20,\n")).toEqual([]);
  });
});

describe("a file that looks strange is read all the same", () => {
  it("a header only: no rows, and the ledger says so", async () => {
    put("deals.csv", "id,amount\n");
    expect(await read(settings("deals.csv"))).toEqual({rows: [], ledger: [0, 0, 0]});
  });

  it("an empty list in JSON is an empty file; a record without fields is a reject", async () => {
    put("deals.json", "[]");
    expect(await said(settings("deals.json"))).toContain("the file is empty: deals.json");
    put("deals.json", '[{"id":1,"amount":10},{}]');
    expect((await read(settings("deals.json"))).ledger).toEqual([2, 1, 1]);
  });

  it("a cell of 10 MB", async () => {
    put("deals.csv", long(10 << 20));
    const {rows} = await read(settings("deals.csv"));
    expect(rows.map(({opportunity_id}) => String(opportunity_id).length).sort((a, b) => a - b)).toEqual([1, 1, 10 << 20]);
  });

  it("a line of over 16 MB is a reject, the rows around it are read", async () => {
    put("deals.csv", long(20 << 20));
    expect(await read(settings("deals.csv"))).toEqual({rows: [{opportunity_id: "1", amount: 10}, {opportunity_id: "3", amount: 30}], ledger: [3, 2, 1]});
  });

  it("2,000 columns", async () => {
    const names = Array.from({length: 2000}, (_, index) => `column ${index}`);
    put("deals.csv", `${["id", ...names, "amount"].join(",")}\n${["1", ...names, "10"].join(",")}\n`);
    expect((await read(settings("deals.csv"))).rows).toEqual([{opportunity_id: "1", amount: 10}]);
    const record = Object.fromEntries([["id", 1], ...names.map((name) => [name, 0]), ["amount", 10]]);
    put("deals.json", JSON.stringify([record]));
    expect((await read(settings("deals.json"))).rows).toEqual([{opportunity_id: "1", amount: 10}]);
  });

  it("two headers of one name that nobody asks for", async () => {
    put("deals.csv", "id,amount,note,note\n1,10,x,y\n");
    expect((await read(settings("deals.csv"))).rows).toEqual([{opportunity_id: "1", amount: 10}]);
  });

  it("a name that lies about the format", async () => {
    put("deals.csv", workbook(sheet));
    expect((await read(settings("deals.csv"))).rows).toEqual([{opportunity_id: "1", amount: 10}]);
    put("deals.csv", gzipSync(csv));
    expect((await read(settings("deals.csv"))).rows).toHaveLength(2);
  });

  it("keys in JSON that look like paths, quotes and SQL", async () => {
    put("deals.json", JSON.stringify([{"a/b~c": {"x'y": 1}, "\"; drop table opportunity; --": 10}]));
    const columns = `{opportunity_id: "a/b~c.x'y", amount: '"; drop table opportunity; --', state: {value: open}}`;
    expect((await read(settings("deals.json", {columns}))).rows).toEqual([{opportunity_id: "1", amount: 10}]);
  });
});

function farCell(): Uint8Array {
  const rows: (readonly (string | null)[] | null)[] = [["id", "amount"], ...Array.from({length: 2000}, () => null)];
  rows.push([...Array.from({length: 16000}, () => null), "far"]);
  return workbook({Deals: rows});
}
