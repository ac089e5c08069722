import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {traitsOf} from "../../loaders/canonical/read.js";

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "quarterdeck-test-"))));
afterAll(() => rm(folder, {recursive: true}));

const traits = async (bytes: string | Buffer) => {
  const path = join(folder, "export.csv");
  await writeFile(path, bytes);
  return traitsOf(path);
};

/** What is read at once. */
const chunk = 1 << 20;
const line = "a,b,c\n";
/** Lines without anything odd, so many bytes of them. */
const plain = (bytes: number): string => "x".repeat(bytes % line.length) + line.repeat(Math.floor(bytes / line.length));

describe("traitsOf(path)", () => {
  it("finds nothing odd in a file of several chunks, wherever its lines are cut", async () => {
    for (const more of [0, 1, 2, 3, 4, 5]) expect(await traits(`${plain(chunk + more)}${plain(chunk)}`)).toEqual({utf8: true, ascii: true, oddBlanks: false, emptyLines: false, emptyEnds: false, oddQuotes: false});
  });

  it("finds a letter beyond ASCII in whichever chunk", async () => {
    for (const at of [0, chunk - 1, chunk, 2 * chunk]) expect(await traits(`${"x".repeat(at)}é${"x".repeat(10)}`)).toMatchObject({utf8: true, ascii: false});
  });

  it("takes a line feed that begins a chunk behind a carriage return for one line break", async () => {
    const before = `${"x".repeat(chunk - 1)}\r`;
    expect((await traits(`${before}\nb,c\r\n`)).emptyLines).toBe(false);
    expect((await traits(`${before}\n\r\nb,c\r\n`)).emptyLines).toBe(true);
  });

  it("sees an empty line at the start of a file", async () => {
    expect((await traits("\na,b\n")).emptyLines).toBe(true);
    expect((await traits("\r\na,b\r\n")).emptyLines).toBe(true);
  });

  it("misses nothing that is cut in two", async () => {
    const piece = fc.string({unit: fc.constantFrom('"', "\n", "\r", ",", "a", "é", "\t"), minLength: 1, maxLength: 8});
    await fc.assert(
      fc.asyncProperty(piece, fc.nat(8), async (text, cut) => {
        const whole = Buffer.from(`a,b${text}c,d\n`);
        const at = Math.min(cut, whole.length);
        const filler = Buffer.from("x".repeat(chunk - at));
        const [split, together] = [await traits(Buffer.concat([filler, whole])), await traits(Buffer.concat([Buffer.from("x"), whole]))];
        expect(split.utf8).toBe(together.utf8);
        for (const name of ["oddBlanks", "emptyLines", "emptyEnds", "oddQuotes"] as const) expect(split[name] || !together[name], name).toBe(true);
      }),
      {numRuns: 200, seed: 7}
    );
  }, 60_000);
});
