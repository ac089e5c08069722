import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {openNative} from "../../loaders/native.js";
import {launchBrowser, type TestBrowser} from "../helpers/browser.js";
import {engineSite, openClient, runAll, serveEngine, statesOf, type Outcome} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";

const one = {sql: "select 1 as one", params: []};
const count = {sql: "select count(*) as n from few", params: []};

describeBrowser("an engine that cannot answer", () => {
  let browser: TestBrowser;
  let few: Buffer;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-few-"));
    const native = await openNative();
    await native.exec(`copy (select i from range(5) t(i)) to '${join(folder, "few.parquet")}' (format parquet)`);
    native.close();
    await writeMartDatabase("few", join(folder, "few.parquet"), join(folder, "few.duckdb"));
    few = await readFile(join(folder, "few.duckdb"));
    await rm(folder, {recursive: true});
    await engineSite();
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

  async function ask(files: Record<string, Uint8Array | null>, {before, shared = true}: {before?: string; shared?: boolean} = {}): Promise<{outcomes: Outcome[]; states: string[]}> {
    const server = await serveEngine({"few.duckdb": few, ...files});
    const {page, close} = await browser.open();
    if (!shared) await page.addInitScript("delete globalThis.SharedWorker");
    if (before) await page.addInitScript(before);
    try {
      await openClient(page, server.url, {few: ["database"]});
      return {outcomes: await runAll(page, [one, count]), states: await statesOf(page)};
    } finally {
      await close();
      await server.close();
    }
  }

  async function missing(folder: string, pattern: RegExp): Promise<Record<string, null>> {
    const files = await readdir(join(await engineSite(), folder), {recursive: true});
    const found = files.filter((file) => pattern.test(file)).map((file) => `${folder}/${file.replaceAll("\\", "/")}`);
    expect(found).toHaveLength(1);
    return {[found[0]!]: null};
  }

  for (const shared of [true, false]) {
    const worker = shared ? "shared worker" : "worker of its own";

    it(`says "wasm" when the engine's file is missing (${worker}), and tries again at the next question`, async () => {
      const {outcomes, states} = await ask(await missing("_node", /duckdb-eh\.wasm$/), {shared});
      expect(outcomes).toMatchObject([{code: "wasm", message: expect.stringContaining("duckdb-eh.wasm answered 404")}, {code: "wasm"}]);
      expect(states).toEqual(["starting", "failed: wasm", "starting", "failed: wasm"]);
    });

    it(`says "wasm" when the engine's file is cut short (${worker})`, async () => {
      const [path] = Object.keys(await missing("_node", /duckdb-eh\.wasm$/));
      const {outcomes} = await ask({[path!]: new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 9])}, {shared});
      expect(outcomes[0]).toMatchObject({code: "wasm"});
    });

    it(`says "worker" when a script of the engine is missing (${worker})`, async () => {
      for (const script of [/^runtime\/engine\.\w+\.js$/, /^runtime\/engineHost\.\w+\.js$/]) {
        const {outcomes} = await ask(await missing("_import", script), {shared});
        expect(outcomes[0]).toMatchObject({code: "worker"});
      }
    });
  }

  it("says \"data\" and the mart's name when a mart's file is missing or broken, and answers the rest", async () => {
    for (const file of [null, new Uint8Array(40_000)]) {
      const {outcomes, states} = await ask({"few.duckdb": file});
      expect(outcomes).toMatchObject([{rows: [{one: 1}]}, {code: "data", subject: "few"}]);
      expect(states).toEqual(["starting", "ready, reused false"]);
    }
  });

  it("says \"unsupported\" in a browser without WebAssembly", async () => {
    const {outcomes} = await ask({}, {before: "delete globalThis.WebAssembly"});
    expect(outcomes[0]).toMatchObject({code: "unsupported"});
  });
});
