// What a file is written as, in which order and in how many pieces, changes nothing in the marts.

import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import fc from "fast-check";
import {strToU8, zipSync} from "fflate";
import {beforeAll, describe, expect, it} from "vitest";
import {asOfDay} from "../../loaders/build/asOf.js";
import {intake} from "../../loaders/canonical/intake.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative, quoteText} from "../../loaders/native.js";
import {readSettings} from "../../loaders/settings.js";
import {workbook} from "../helpers/workbook.js";
import {encode} from "./encode.js";

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly stage: string;
  readonly amount: number | null;
  /** Wall-clock times and a day, in the zone of the source. */
  readonly created: string;
  readonly closed: string | null;
  readonly updated: string;
}

interface Variant {
  readonly files: (deals: readonly Deal[]) => Readonly<Record<string, string | Uint8Array>> | Promise<Readonly<Record<string, Uint8Array>>>;
  /** Lines of the settings for the source. */
  readonly source?: string;
  /** The list that holds the records. */
  readonly each?: string;
}

const columns = ["id", "name", "owner", "stage", "amount", "created", "closed", "updated"] as const;
const stages = {open: ["Ajánlat", "Tárgyalás"], won: ["Nyert"], lost: ["Vesztett"]};

async function marts(deals: readonly Deal[], {files, source = "", each}: Variant): Promise<{rows: Record<string, unknown>; ledger: number[]}> {
  const folder = mkdtempSync(join(tmpdir(), "exports-"));
  try {
    mkdirSync(join(folder, "exports"));
    for (const [name, content] of Object.entries(await files(deals))) writeFileSync(join(folder, "exports", name), content);
    const mapping = columns.map((column) => `${{id: "opportunity_id", owner: "owner_id", created: "created_at", closed: "closed_at", updated: "updated_at"}[column as string] ?? column}: ${each ? `${each}.` : ""}${column}`);
    writeFileSync(
      join(folder, "report.yaml"),
      `title: T\ntime_zone: Europe/Budapest\ncurrency: HUF\nsources:\n  - id: crm\n    type: csv\n    folder: exports\n${source}    tables: {opportunity: {file: "deals*", ${each ? `each: ${each}, ` : ""}columns: {${mapping.join(", ")}}, stages: ${JSON.stringify(stages)}, custom: {partner: {column: ${each ? `${each}.` : ""}owner, label: Owner}}}}\n`
    );
    const settings = await readSettings(join(folder, "report.yaml"));
    const native = await openNative({threads: 2});
    try {
      const {fed, custom, newestStamp, files} = await intake(settings, native);
      const {timeZone, currency} = settings;
      const made = await runMarts(native, {asOf: asOfDay(settings, newestStamp, fed), timeZone, currency, fed, custom});
      const rows = Object.fromEntries(await Promise.all(made.map(async ({name, records}) => [name, await native.run({sql: `select * from (${records}) order by all`, params: []})] as const)));
      const total = (part: "rows" | "kept" | "superseded" | "rejected"): number => files.reduce((sum, file) => sum + file[part], 0);
      return {rows, ledger: [total("rows"), total("kept"), total("superseded"), total("rejected")]};
    } finally {
      native.close();
    }
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const quoted = (text: string, delimiter: string): string => (text.includes('"') || text.includes("\n") || text.includes("\r") || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text);
const csvText = (deals: readonly Deal[], {delimiter = ",", newline = "\n"} = {}): string =>
  [columns, ...deals.map((deal) => columns.map((column) => deal[column]))].map((row) => row.map((cell) => quoted(String(cell ?? ""), delimiter)).join(delimiter) + newline).join("");
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(`${text.replace(" ", "T")}${text.length > 10 ? "" : "T00:00:00"}Z`));
const one = (name: string, write: (deals: readonly Deal[]) => string | Uint8Array, source?: string): Variant => ({files: (deals) => ({[name]: write(deals)}), ...(source ? {source} : {})});
const table: Variant = one("deals.csv", (deals) => csvText(deals));

const sheetOf = (deals: readonly Deal[]): Uint8Array =>
  workbook({Deals: [[...columns], ...deals.map(({id, name, owner, stage, amount, created, closed, updated}) => [id, name, owner, stage, amount, dateOf(created), dateOf(closed), dateOf(updated)])]});

async function parquetOf(deals: readonly Deal[]): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "parquet-"));
  const native = await openNative();
  try {
    writeFileSync(join(folder, "deals.json"), JSON.stringify(deals));
    const types = "{id: 'VARCHAR', name: 'VARCHAR', owner: 'VARCHAR', stage: 'VARCHAR', amount: 'DECIMAL(18,2)', created: 'TIMESTAMP', closed: 'DATE', updated: 'TIMESTAMP'}";
    await native.exec(`copy (select * from read_json(${quoteText(join(folder, "deals.json"))}, format = 'array', columns = ${types})) to ${quoteText(join(folder, "deals.parquet"))} (format parquet)`);
    return readFileSync(join(folder, "deals.parquet"));
  } finally {
    native.close();
    rmSync(folder, {recursive: true});
  }
}

/** Every n-th row to a file, some rows to two. */
function pieces(deals: readonly Deal[], count: number): Record<string, string> {
  const parts = Array.from({length: count}, (_, part) => deals.filter((_, index) => index % count === part || (part === 0 && index % 5 === 0)));
  return Object.fromEntries(parts.map((part, index) => [`deals_${index}.csv`, csvText(part)]));
}

const variants: Readonly<Record<string, Variant>> = {
  "rows in another order": one("deals.csv", (deals) => csvText([...deals].reverse())),
  "carriage returns and line feeds": one("deals.csv", (deals) => csvText(deals, {newline: "\r\n"})),
  "carriage returns alone": one("deals.csv", (deals) => csvText(deals, {newline: "\r"})),
  "semicolons": one("deals.csv", (deals) => csvText(deals, {delimiter: ";"})),
  "tabs, behind a byte order mark": one("deals.tsv", (deals) => `\ufeff${csvText(deals, {delimiter: "\t"})}`),
  "UTF-16": one("deals.csv", (deals) => Buffer.from(`\ufeff${csvText(deals)}`, "utf16le")),
  "windows-1250": one("deals.csv", (deals) => encode(csvText(deals), "windows-1250"), "    encoding: cp1250\n"),
  "iso-8859-2": one("deals.csv", (deals) => encode(csvText(deals), "iso-8859-2"), "    encoding: iso-8859-2\n"),
  "decimal commas": one("deals.csv", (deals) => csvText(deals.map((deal) => ({...deal, amount: deal.amount === null ? null : (String(deal.amount).replace(".", ",") as unknown as number)})), {delimiter: ";"}), '    decimal: ","\n'),
  gzip: one("deals.csv.gz", (deals) => gzipSync(csvText(deals))),
  zip: one("deals.csv.zip", (deals) => zipSync({"any name.csv": strToU8(csvText(deals))})),
  XLSX: one("deals.xlsx", sheetOf),
  "XLSX with decimal commas declared": one("deals.xlsx", sheetOf, '    decimal: ","\n'),
  JSON: one("deals.json", (deals) => JSON.stringify(deals)),
  NDJSON: one("deals.ndjson", (deals) => deals.map((deal) => `${JSON.stringify(deal)}\n`).join("")),
  "a list in a document, gzipped": {...one("deals.json.gz", (deals) => gzipSync(JSON.stringify({total: deals.length, deals}, null, 1))), each: "deals"},
  Parquet: {files: async (deals) => ({"deals.parquet": await parquetOf(deals)})}
};

/** Letters that every encoding used here has. */
const text = fc.string({unit: fc.constantFrom(..."aZ9 ,;\"'=+-\t|ÁűŐß\n"), maxLength: 12});
const stamp = fc.date({min: new Date("2024-01-01T00:00:00Z"), max: new Date("2025-12-31T00:00:00Z"), noInvalidDate: true}).map((date) => date.toISOString().slice(0, 19).replace("T", " "));
const version = fc.record({
  name: text,
  owner: fc.option(text.filter((name) => name.trim() !== "")),
  stage: fc.constantFrom(...stages.open, ...stages.won, ...stages.lost),
  amount: fc.option(fc.integer({min: -1e9, max: 1e9}).map((cents) => cents / 100)),
  created: stamp,
  closed: fc.option(stamp.map((moment) => moment.slice(0, 10))),
  updated: stamp
});
const deals = fc
  .uniqueArray(fc.record({id: fc.integer({min: 1, max: 9999}).map((id) => `D${id}`), versions: fc.uniqueArray(version, {minLength: 1, maxLength: 3, selector: ({updated}) => updated})}), {minLength: 100, maxLength: 150, size: "max", selector: ({id}) => id})
  .map((records) => records.flatMap(({id, versions}) => versions.map((one): Deal => ({id, ...one}))));

/** Hundreds of random versions of random records: each is a case of its own, and a build takes as long for one as for all. */
const [rows = []] = fc.sample(deals, {numRuns: 1, seed: 20260103});

describe("the marts are the same, however the rows were written", () => {
  let whole: Awaited<ReturnType<typeof marts>>;
  beforeAll(async () => {
    whole = await marts(rows, table);
  });

  it("the rows are many, and all but the newest of each record are superseded", () => {
    const ids = new Set(rows.map(({id}) => id)).size;
    expect(ids).toBeGreaterThan(90);
    expect(whole.ledger).toEqual([rows.length, ids, rows.length - ids, 0]);
  });

  it.each(Object.entries(variants))("%s", async (_, variant) => {
    expect(await marts(rows, variant)).toEqual(whole);
  });

  it.each([2, 3, 7])("in %d files, of which some hold the same rows: those count once", async (count) => {
    const split = await marts(rows, {files: (all) => pieces(all, count)});
    expect(split.rows).toEqual(whole.rows);
    expect(split.ledger[2]).toBe(whole.ledger[2]! + split.ledger[0]! - rows.length);
  });
});
