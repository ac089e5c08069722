import {describe, expect, it} from "vitest";
import {contentNames} from "../../loaders/site/bundle.js";

const world = (engine: string, extra = "") => [
  {path: "/site/_import/elements/define.515e813b.js", text: `import("../runtime/live.AAAA.js")`},
  {path: "/site/_import/runtime/live.AAAA.js", text: `import("./client.BBBB.js");${extra}`},
  {path: "/site/_import/runtime/client.BBBB.js", text: `import "./live.AAAA.js"; import.meta.resolve("./engine.f909ab2c.js")`},
  {path: "/site/_import/runtime/engine.f909ab2c.js", text: engine},
  {path: "/site/_import/runtime/hu.CCCC.js", text: "export const hu = 1"}
];

describe("contentNames", () => {
  it("names every bundle by eight hex digits, as other files of the site are named", () => {
    const names = [...contentNames(world("a")).values()];
    expect(names.map((name) => name.split(".")[0])).toEqual(["define", "live", "client", "engine", "hu"]);
    for (const name of names) expect(name).toMatch(/^\w+\.[0-9a-f]{8}\.js$/);
  });

  it("changes the names of a changed bundle and of all that lead to it, in circles too, and of no other", () => {
    const [before, after] = [contentNames(world("a")), contentNames(world("b"))];
    const changed = [...before].filter(([name, named]) => after.get(name) !== named).map(([name]) => name.split(".")[0]);
    expect(changed).toEqual(["define", "live", "client", "engine"]);
  });

  it("depends on nothing but the bundles", () => {
    expect(contentNames(world("a").reverse()).get("define.515e813b.js")).toBe(contentNames(world("a")).get("define.515e813b.js"));
  });
});
