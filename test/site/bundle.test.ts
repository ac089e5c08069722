import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {describe, expect, it, onTestFinished} from "vitest";
import {bundleScripts, contentNames} from "../../loaders/site/bundle.js";

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

describe("bundleScripts", () => {
  const files = {
    "_import/elements/define.00000000.js": 'globalThis.answer = import("../runtime/client.00000000.js").then(({answer}) => answer);',
    "_import/runtime/client.00000000.js": "export const answer = 6 * 7;",
    "_import/runtime/engine.00000000.js": "export {};"
  };

  async function site(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bundle-"));
    onTestFinished(() => rm(folder, {recursive: true}));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), {recursive: true});
      await writeFile(join(folder, path), text);
    }
    await writeFile(join(folder, "package.json"), '{"type": "module"}');
    return folder;
  }

  it("leads to chunks for what is loaded later", async () => {
    const folder = await site();
    const names = await bundleScripts(folder);
    await import(pathToFileURL(join(folder, "_import/elements", names.get("define.00000000.js")!)).href);
    expect(await (globalThis as unknown as {answer: Promise<number>}).answer).toBe(42);
  });

  it("names WebAssembly modules by their content, wherever scripts ask for them", async () => {
    const named = async (bytes: string) => {
      const folder = await site();
      await mkdir(join(folder, "_node/some"), {recursive: true});
      await writeFile(join(folder, "_node/some/engine.wasm"), bytes);
      const ask = 'export const engine = new URL("../../_node/some/engine.wasm", import.meta.url).href;';
      await writeFile(join(folder, "_import/runtime/engine.00000000.js"), ask);
      await writeFile(join(folder, "_import/runtime/client.00000000.js"), `${ask} export const answer = 6 * 7;`);
      const names = await bundleScripts(folder);
      const [module] = await readdir(join(folder, "_node/some"));
      const bundle = names.get("engine.00000000.js")!;
      for (const file of [bundle, "client.00000000.js"]) expect(await readFile(join(folder, "_import/runtime", file), "utf8")).toContain(`/_node/some/${module}"`);
      return {module, bundle};
    };
    const [one, two] = [await named("one"), await named("two")];
    expect(one.module).toMatch(/^engine\.[0-9a-f]{8}\.wasm$/);
    expect(two.module).not.toBe(one.module);
    expect(two.bundle).not.toBe(one.bundle);
  });

  it("replaces the entries and leaves the modules that cells may name", async () => {
    const folder = await site();
    const names = await bundleScripts(folder);
    expect(await readdir(join(folder, "_import/elements"))).toEqual([names.get("define.00000000.js")]);
    expect(await readFile(join(folder, "_import/runtime/client.00000000.js"), "utf8")).toBe(files["_import/runtime/client.00000000.js"]);
  });
});
