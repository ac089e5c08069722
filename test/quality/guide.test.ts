import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {checks} from "../../loaders/quality/index.js";

const guide = readFileSync("src/guide/quality.md", "utf8");
const share = (name: string, value: number): string => (["fall", "rise"].includes(name) ? `${value * 100}%` : String(value));

it("the guide lists every check with its grade and limits, and no other", () => {
  const listed = [...guide.matchAll(/^\| `(\w+)` \| (\w+) \| (.*?) \| .+ \|$/gm)].filter(([, , grade]) => ["stop", "warn", "note"].includes(grade!)).map(([, ...cells]) => cells);
  expect(listed).toEqual(checks.map(({id, grade, limits = {}}) => [id, grade, Object.entries(limits).map(([name, value]) => `\`${name}: ${share(name, value)}\``).join(", ")]));
});
