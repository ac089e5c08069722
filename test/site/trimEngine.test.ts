import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {describe, expect, it} from "vitest";
import {keepExports, trimEngine} from "../../loaders/site/trimEngine.js";

/** (module (func (export "one") i32.const 1) (func (export "two") …) (global (export "three") i32.const 3)), with a custom section. */
const small = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 5, 1, 0x60, 0, 1, 0x7f,
  3, 3, 2, 0, 0,
  6, 6, 1, 0x7f, 0, 0x41, 3, 0x0b,
  7, 21, 3, 3, 0x6f, 0x6e, 0x65, 0, 0, 3, 0x74, 0x77, 0x6f, 0, 1, 5, 0x74, 0x68, 0x72, 0x65, 0x65, 3, 0,
  10, 11, 2, 4, 0, 0x41, 1, 0x0b, 4, 0, 0x41, 2, 0x0b,
  0, 3, 1, 0x78, 9
);
const exportsOf = (module: Uint8Array) => WebAssembly.Module.exports(new WebAssembly.Module(module as BufferSource)).map(({name}) => name);

describe("keepExports", () => {
  it("keeps what it is told to, still the same functions and constants", async () => {
    const kept = keepExports(small, (name) => name !== "one");
    expect(exportsOf(kept)).toEqual(["two", "three"]);
    const {exports} = (await WebAssembly.instantiate(kept as BufferSource)).instance as {exports: Record<string, any>};
    expect([exports.two(), exports.three.value]).toEqual([2, 3]);
  });

  it("leaves a module of which all is kept as it was, byte for byte", () => {
    expect(Buffer.from(keepExports(small, () => true)).equals(Buffer.from(small))).toBe(true);
  });

  it("may keep nothing", () => {
    expect(exportsOf(keepExports(small, () => false))).toEqual([]);
  });

  it("refuses what is no module", () => {
    expect(() => keepExports(small.subarray(4), () => true)).toThrow("no WebAssembly module");
  });
});

describe("trimEngine", () => {
  it("leaves the engine what its script and itself ask for, and takes a fifth off it", async () => {
    const {resolve} = createRequire(import.meta.url);
    const engine = await readFile(resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
    const script = await readFile(resolve("@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js"), "utf8");
    const trimmed = trimEngine(engine, script);
    const kept = new Set(exportsOf(trimmed));
    const called = [...script.matchAll(/wasmExports\.(\w+)/g)].map(([, name]) => name!);
    const own = WebAssembly.Module.imports(new WebAssembly.Module(engine)).filter(({module}) => module.startsWith("GOT.")).map(({name}) => name);
    const had = new Set(exportsOf(engine));
    expect([...called, ...own].filter((name) => had.has(name) && !kept.has(name))).toEqual([]);
    expect(called.length).toBeGreaterThan(40);
    expect(kept.size).toBeLessThan(500);
    expect(trimmed.length).toBeLessThan(0.8 * engine.length);
  });
});
