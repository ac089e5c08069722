import {mkdtemp, readFile, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {findFooter, withoutFooter} from "../../loaders/formats/footer.js";

const folder = await mkdtemp(join(tmpdir(), "quarterdeck-footer-"));
const begins = ["Copyright (c) 2000-", "Grand Total"];
const copyright = '"Copyright (c) 2000-2025 salesforce.com, inc."';

/** What is left of a file, and how many lines of it are a footer. */
async function cut(text: string, delimiter = ","): Promise<[string, number]> {
  const path = join(folder, "report.csv");
  await writeFile(path, text);
  const footer = await findFooter(path, {delimiter}, begins);
  if (!footer) return [text, 0];
  await withoutFooter(path, footer, `${path}.cut`);
  return [await readFile(`${path}.cut`, "utf8"), footer.lines];
}

describe("findFooter(path, head, begins)", () => {
  it("takes the lines of one cell around the one that is told", async () => {
    expect(await cut(`a,b\n1,2\n\n\n"My, report"\n${copyright}\n"Acme Corp"\n`)).toEqual(["a,b\n1,2\n", 3]);
    expect(await cut(`a,b\n1,2\nMy report\n${copyright}\nAcme Corp`)).toEqual(["a,b\n1,2\n", 3]);
    expect(await cut(`a,b\r\n1,2\r\n\r\ncopyright (C) 2000-1\r\n`)).toEqual(["a,b\r\n1,2\r\n", 1]);
  });

  it("takes padded lines, as Excel saves them, only below an empty line", async () => {
    expect(await cut(`a,b\n1,2\n,\nMy report,\n${copyright},\n`)).toEqual(["a,b\n1,2\n", 2]);
    expect(await cut(`a,b\n1,2\n3,\n${copyright},\nAcme,\n`)).toEqual(["a,b\n1,2\n3,\n", 2]);
  });

  it("takes a line of several cells that is told, such as a total", async () => {
    expect(await cut("a,b\n1,2\nGrand Total,2\n")).toEqual(["a,b\n1,2\n", 1]);
  });

  it("finds none where no line is told, whatever else stands at the end", async () => {
    for (const text of ["a,b\n1,2\n", "a,b\n1,2\n\n\nMy report\nAcme Corp\n", "a,b\n", "a,b\n1,2\n3,\n", ""]) expect(await cut(text)).toEqual([text, 0]);
  });

  it("leaves a header, and a cell of several lines that reads like a footer", async () => {
    expect(await cut(`${copyright}\n`)).toEqual([`${copyright}\n`, 0]);
    for (const text of [`a,b\n1,"x\n${copyright.replaceAll('"', "")}"\n`, `a,b\n1,"x\n${copyright.replaceAll('"', "")}\ny"\n`]) expect(await cut(text)).toEqual([text, 0]);
  });

  it("leaves every record of a file, whatever stands in it", async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom("", "Copyright (c) 2000-2025", "a\nb", 'say "x"', "\r\n"));
    const written = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")).join("\n");
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constant("1"), cell, fc.constant("2")), {minLength: 1, maxLength: 5}), async (rows) => {
      const text = `${written([["a", "b", "c"], ...rows])}\n`;
      expect(await cut(`${text}\n\nMy report\n${copyright}\n`)).toEqual([text, 2]);
      expect(await cut(text)).toEqual([text, 0]);
    }), {seed: 20261122, numRuns: 200});
  });
});
