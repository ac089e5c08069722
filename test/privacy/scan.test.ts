import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {openNative, quoteText} from "../../loaders/native.js";
import {PrivacyError, type Finding} from "../../loaders/privacy/findings.js";
import {textsOf} from "../../loaders/privacy/htmlTexts.js";
import {scanMarts, scanSite, strictRule} from "../../loaders/privacy/scan.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "quarterdeck-scan-"));
  await mkdir(join(folder, "marts"));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

/** One row a source; text in another column is harmless. */
async function writeMart(sources: readonly (string | null)[]): Promise<string> {
  const path = join(folder, "marts/fct_lead.parquet");
  const native = await openNative();
  try {
    await native.exec("create table lead (source varchar, region varchar, id bigint, day date)");
    await native.exec("insert into lead select unnest(from_json(?::json, '[\"varchar\"]')), 'West 2025-01-31', 36301234567, date '2025-01-31'", [JSON.stringify(sources)]);
    await native.exec(`copy lead to ${quoteText(path)} (format parquet)`);
  } finally {
    native.close();
  }
  return path;
}

const site = (name: string, text: string) => writeFile(join(folder, "marts", name), text);
const found = async (scan: Promise<unknown>): Promise<readonly Finding[]> => scan.then(() => [], (error: PrivacyError) => error.findings);
const scan = () => found(scanSite(join(folder, "marts"), []));

describe("scanMarts", () => {
  it("names mart, column, rows and masked examples", async () => {
    await writeMart(["anna@example.com", "anna@example.com", "Web", null, "ring +36 30 123 4567", "＋３６ ３０ ７６５ ４３２１"]);
    expect(await found(scanMarts(join(folder, "marts"), strictRule))).toEqual([
      {kind: "email", file: "marts/fct_lead", column: "column source", rows: 2, examples: ["a…@…"]},
      {kind: "phone", file: "marts/fct_lead", column: "column source", rows: 2, examples: ["+36…"]}
    ]);
    await expect(scanMarts(join(folder, "marts"), strictRule)).rejects.toThrow(/marts\/fct_lead, column source: 2 rows hold what looks like an e-mail address \(a…@…\)[\s\S]*allow:/);
  });

  it("tells no address whole", async () => {
    await writeMart(["anna.kovacs@example.com, +36 30 123 4567"]);
    const error = await scanMarts(join(folder, "marts"), strictRule).catch((error: Error) => error) as Error;
    expect(error.message).not.toMatch(/kovacs|301|123 4567/);
  });

  it("lets pass what the settings allow, and what stands in a column that they publish", async () => {
    await writeMart(["info@example.com", "Web"]);
    expect(await scanMarts(join(folder, "marts"), {allow: ["*@EXAMPLE.com"], published: []})).toEqual(["*@EXAMPLE.com"]);
    expect(await scanMarts(join(folder, "marts"), {allow: [], published: ["source"]})).toEqual(["info@example.com"]);
    expect(await found(scanMarts(join(folder, "marts"), {allow: ["*@example.org"], published: ["region"]}))).toHaveLength(1);
  });
});

describe("scanSite", () => {
  it("looks into Parquet and DuckDB files", async () => {
    const parquet = await writeMart(["anna@example.com", "Web"]);
    await writeMartDatabase("fct_lead", parquet, join(folder, "marts/fct_lead.duckdb"));
    expect((await scan()).map(({file, column, rows}) => [file, column, rows])).toEqual([["fct_lead.duckdb", "column source", 1], ["fct_lead.parquet", "column source", 1]]);
  });

  it("looks at ids as they are told, which a database of very many stores in pieces", async () => {
    const parquet = await writeMart([...Array.from({length: 70_000}, (_, k) => `L-${k}`), "anna@example.com"]);
    await writeMartDatabase("fct_lead", parquet, join(folder, "marts/fct_lead.duckdb"));
    expect((await scan()).map(({file, column, rows}) => [file, column, rows])).toEqual([["fct_lead.duckdb", "column source", 1], ["fct_lead.parquet", "column source", 1]]);
  });

  it("looks at every row of a CSV of hundreds of thousands", async () => {
    await site("list.csv", `id,contact\n${"1,a\n".repeat(300_000)}2,anna@example.com\n`);
    expect((await scan()).map(({column, rows}) => [column, rows])).toEqual([["column contact", 1]]);
  });

  it("looks at values and names of JSON, with their path", async () => {
    await site("answers.json", JSON.stringify({dimensions: [{members: ["West", "anna@example.com"]}, {members: ["b@example.com"]}], "c@example.com": 1, hash: "0123456789abcdef0123456789", day: "2025-01-31", n: 36301234567}));
    expect((await scan()).map(({column, rows}) => [column, rows])).toEqual([["dimensions[].members[]", 2], ["record, name of a field", 1]]);
  });

  it("looks at every cell of a CSV, the header too", async () => {
    await site("list.csv", "id,contact\n1,anna@example.com\n2,\"Ben, 06 30 123 4567\"\n");
    expect((await scan()).map(({kind, column, rows}) => [kind, column, rows])).toEqual([["email", "column contact", 1], ["phone", "column contact", 1]]);
  });

  it("looks at texts and attributes of pages, entities and addresses undone", async () => {
    await site("index.html", `<p title="anna&#64;example.com">b&#x40;example.com</p><a href="?owner=c%40example.com">x</a><a href="mailto:d@example.com">y</a><a href="tel:+36301234567">z</a><script>const a = "e@example.com";</script>`);
    expect((await scan()).map(({kind, column}) => [kind, column])).toEqual([["email", "<a href>"], ["phone", "<a href>"], ["email", "<p title>"], ["email", "<p>"], ["email", "<script>"]]);
  });

  it("takes drawings, packages, grouped thousands and code for what they are", async () => {
    await site("index.html", `<svg viewBox="0 0 1200 340"><path d="M+36 30 123 4567,-1"/></svg><link href="/_node/@duckdb/duckdb-wasm@1.32.0/engine.js"><td>+36\u00a0301\u202f234\u00a0567</td><td>2025-01-31</td>`);
    await site("engine.js", `const mail = "anna@example.com"`);
    expect(await scan()).toEqual([]);
  });

  it("says the same of the same files", async () => {
    await site("b.json", JSON.stringify(["z@example.com", "a@example.com", "m@example.com", "b@example.com"]));
    await site("a.csv", "x\n1@example.com\n");
    expect(await scan()).toEqual(await scan());
    expect((await scan()).map(({examples}) => examples)).toEqual([["1…@…"], ["a…@…", "b…@…", "m…@…"]]);
  });
});

describe("textsOf(html)", () => {
  it("survives any text", () => {
    for (const html of ["<", "<<a>", "a < b > c", "<a title='x>y'>z", "&#0;&#99999999;&bogus;", "<!-- <p> -->x"]) expect(() => textsOf(html)).not.toThrow();
    expect(textsOf("<a title='x>y@z.com'>z")).toEqual([{place: "<a title>", text: "x>y@z.com"}, {place: "<a>", text: "z"}]);
  });
});
