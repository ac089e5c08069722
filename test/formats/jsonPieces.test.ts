// Long documents as many short ones: which list an element stands in, and in which order, stays.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {expect, it} from "vitest";
import {writePieces} from "../../loaders/formats/jsonPieces.js";

async function pieces(text: string, longest: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pieces-"));
  try {
    writeFileSync(join(folder, "from"), text);
    await writePieces(join(folder, "from"), join(folder, "to"), longest);
    return readFileSync(join(folder, "to"), "utf8");
  } finally {
    rmSync(folder, {recursive: true});
  }
}

const element = fc.oneof(fc.string({unit: "binary", maxLength: 40}), fc.record({id: fc.nat(), text: fc.string({unit: "binary", maxLength: 4000}), more: fc.array(fc.string(), {maxLength: 3})}), fc.constantFrom(null, "]", '{"', "\\"));
const list = fc.array(element, {maxLength: 30});

it("the elements of every list are as before, and what stands outside of lists stands in every piece", async () => {
  await fc.assert(
    fc.asyncProperty(list, list, fc.string({unit: "binary"}), async (deals, people, word) => {
      const whole = {word, data: {deals, total: 3}, people, last: "}"};
      const written = await pieces(JSON.stringify(whole), 1);
      const found = written.trim().split("\n").map((line) => JSON.parse(line) as typeof whole);
      expect(found.flatMap(({data}) => data.deals)).toEqual(deals);
      expect(found.flatMap(({people}) => people)).toEqual(people);
      for (const one of found) expect(one).toMatchObject({word, data: {total: 3}, last: "}"});
    }),
    {numRuns: 60}
  );
});

it("a list is cut after some thousand bytes", async () => {
  const deals = Array.from({length: 5000}, (_, id) => ({id}));
  expect((await pieces(JSON.stringify({deals}), 1)).trim().split("\n").length).toBeGreaterThan(4);
});

it.each([
  ["documents that are short enough", '{"a":[1,2]}\n{"a":[3]}\n', 100],
  ["a document without a list", '{"a":{"b":"[1,2]"}}', 1],
  ["one that is cut off", '{"a":[1,2', 1],
  ["one with a long text outside of lists", JSON.stringify({a: [1], text: "x".repeat(2 << 20)}), 1]
])("%s stays as it is", async (_, text, longest) => {
  expect(await pieces(text, longest)).toBe(text);
});
