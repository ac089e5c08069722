// What lies in the folder of a source and feeds no table is named.

import {mkdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterEach, describe, expect, it} from "vitest";
import {findInputs} from "../../loaders/build/buildHash.js";
import {readSettings} from "../../loaders/settings.js";
import {smallReport} from "../pipeline/smallReport.js";
import {loaded} from "../sources/loaded.js";

let folder = "";
afterEach(() => rmSync(folder, {recursive: true, force: true}));

async function unread(files: readonly string[], edit: (text: string) => string = (text) => text) {
  const small = smallReport({edit});
  folder = small.folder;
  for (const name of files) writeFileSync(join(folder, "exports", name), "date\n2025-01-01\n");
  mkdirSync(join(folder, "exports/archive.csv"));
  const {failed, close} = await loaded(small.config);
  const [found] = (await failed()).filter(({id}) => id === "files_read");
  close();
  return found;
}

describe("files of tables that no source reads", () => {
  it("are named, first those that share their name with one that is read", async () => {
    expect(await unread(["a.json.gz", "Deals.xlsx", "leads.csv", "README.md", ".DS_Store", "notes.txt"])).toMatchObject({
      source: "deals", grade: "note", count: 3, of: 4, examples: [{id: "Deals.xlsx", detail: "beside deals.csv"}, {id: "a.json.gz"}, {id: "leads.csv"}]
    });
  });

  it("are none where all are read, or are the settings' own", async () => {
    expect(await unread(["free.csv"], (text) => text.replace("as_of:", "holidays: exports/free.csv\nas_of:"))).toBeUndefined();
  });

  it("are none where another source reads them from the same folder", async () => {
    const other = (text: string): string => `${text}  - {id: more, type: csv, folder: exports, tables: {campaign: {file: days.csv, columns: {campaign_id: date}}}}\n`;
    expect(await unread(["days.csv"], other)).toBeUndefined();
  });

  it("make another build: what was told of an earlier one no longer holds", async () => {
    const small = smallReport();
    folder = small.folder;
    const hash = async () => (await findInputs(await readSettings(small.config))).hash();
    const before = await hash();
    expect(await hash()).toBe(before);
    writeFileSync(join(folder, "exports/deals.xlsx"), "");
    expect(await hash()).not.toBe(before);
  });
});
