// A site that holds the browser's engine and nothing else, built by Framework as the report is, for tests that drive it.

import {execFile} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import type {Page} from "playwright-core";
import {trimSiteEngine} from "../../loaders/site/trimEngine.js";
import {prepareCache} from "../../loaders/site/workspace.js";
import type {Client, ClientOptions} from "../../src/runtime/client.js";
import type {Row} from "../../src/runtime/messages.js";
import type {Statement} from "../../src/query/question.js";
import {serveFolder, type ServerOptions, type TestServer} from "./server.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const parent = join(root, "node_modules/.cache/quarterdeck-test");
const parts = ["src/runtime", "src/query/martsIn.ts"];

/** The policy of the report's pages, sent as a header so that it binds the worker too. */
export const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

async function sourceKey(): Promise<string> {
  const hash = createHash("sha256");
  for (const part of [...parts, "loaders/site/trimEngine.ts", "test/helpers/engineSite.ts", "package-lock.json"]) {
    const path = join(root, part);
    const files = part.includes(".") ? [path] : (await readdir(path, {recursive: true})).sort().map((name) => join(path, name));
    for (const file of files) hash.update(file).update(await readFile(file).catch(() => ""));
  }
  return hash.digest("hex").slice(0, 16);
}

// Framework's own inline script would not pass the policy; the engine is reached by two plain files instead.
async function writePages(output: string): Promise<void> {
  const modules = await readdir(join(output, "_import/runtime"));
  const address = (name: string) => `./_import/runtime/${modules.find((file) => new RegExp(`^${name}\\.\\w+\\.js$`).test(file))}`;
  const script = [
    `import {createClient} from "${address("client")}";`,
    `import {outlivesPages} from "${address("worker")}";`,
    "Object.assign(globalThis, {createClient, outlivesPages});"
  ];
  await writeFile(join(output, "engine.js"), script.join("\n"));
  const html = '<!doctype html><html lang="en"><title>engine</title><link rel="icon" href="./favicon.svg"><script type="module" src="./engine.js"></script>';
  for (const page of ["index.html", "second.html"]) await writeFile(join(output, page), html);
  await writeFile(join(output, "favicon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}

async function build(target: string): Promise<void> {
  await mkdir(parent, {recursive: true});
  const folder = await mkdtemp(join(parent, "build-"));
  try {
    for (const part of parts) await cp(join(root, part), join(folder, part), {recursive: true});
    await writeFile(join(folder, "src/index.md"), '```js\nimport "./runtime/client.js";\n```\n');
    await writeFile(join(folder, "observablehq.config.js"), 'export default {root: "src", output: "site", globalStylesheets: []};\n');
    await prepareCache(join(folder, "src"));
    const observable = join(root, "node_modules/@observablehq/framework/dist/bin/observable.js");
    await promisify(execFile)(process.execPath, [observable, "build"], {cwd: folder, env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true"}});
    await trimSiteEngine(join(folder, "site"));
    await writePages(join(folder, "site"));
    await rename(join(folder, "site"), target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** Returns the folder of the built site; built once for each state of the sources. Takes some seconds the first time. */
export async function engineSite(): Promise<string> {
  const target = join(parent, `engine-${await sourceKey()}`);
  if (existsSync(target)) return target;
  for (const old of await readdir(parent).catch(() => [])) if (old.startsWith("engine-")) await rm(join(parent, old), {recursive: true, force: true});
  await build(target);
  return target;
}

/** Serves the site below a sub-path and under the policy, with further files by name. */
export async function serveEngine(files: Readonly<Record<string, Uint8Array | null>> = {}, options: ServerOptions = {}): Promise<TestServer> {
  const overrides = new Map(Object.entries(files));
  return serveFolder(await engineSite(), {base: "/reports/crm/", headers: {"content-security-policy": policy}, overrides, ...options});
}

interface EngineScope {
  createClient(options: ClientOptions): Client;
  client: Client | undefined;
  states: unknown[];
}

type Kinds = Readonly<Record<string, readonly ("parquet" | "database")[]>>;

/** Opens a page of the site and makes its client over marts served as `<mart>.parquet` and `<mart>.duckdb`. */
export async function openClient(page: Page, url: string, marts: Kinds): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => "createClient" in globalThis);
  await makeClient(page, "", marts);
}

/**
 * Makes the page's client over the marts in a folder of the site; an engine is started for them. The earlier one is left
 * when the new one is ready: until then the browser keeps the code that it compiled for it, and takes that.
 */
export async function makeClient(page: Page, folder: string, marts: Kinds): Promise<void> {
  await page.evaluate(async ({folder, kinds}) => {
    const scope = globalThis as unknown as EngineScope;
    const entries = Object.entries(kinds).map(([mart, has]) => {
      const parquet = new URL(`${folder}${mart}.parquet`, document.baseURI).href;
      return [mart, has.includes("database") ? {parquet, database: parquet.replace(/parquet$/, "duckdb")} : {parquet}] as const;
    });
    const earlier = scope.client;
    scope.states = [];
    scope.client = scope.createClient({
      files: Object.fromEntries(entries),
      onState: (state, {error, reused}) => scope.states.push(error ? `${state}: ${error.code}` : reused === undefined ? state : `${state}, reused ${reused}`)
    });
    if (earlier === undefined) return;
    await scope.client.warm();
    earlier.close();
  }, {folder, kinds: marts});
}

/** What `client.run` in the page gave: rows, or the failure as data. */
export type Outcome = {rows: Row[]} | {code: string; message: string; subject?: string};

/** Runs statements one after another through the page's client. */
export async function runAll(page: Page, statements: readonly Statement[]): Promise<Outcome[]> {
  return page.evaluate(async (all) => {
    const client = (globalThis as unknown as EngineScope).client!;
    const outcomes: Outcome[] = [];
    for (const statement of all) {
      await client.run(statement).then(
        (rows) => outcomes.push({rows: rows as Row[]}),
        ({code, message, subject}) => outcomes.push({code, message, ...(subject !== undefined && {subject})})
      );
    }
    return outcomes;
  }, statements as Statement[]);
}

/** Rows of one statement; throws where it failed. */
export async function rowsOf(page: Page, sql: string, params: Statement["params"] = []): Promise<Row[]> {
  const [outcome] = await runAll(page, [{sql, params}]);
  if (outcome === undefined || !("rows" in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.rows;
}

/** Changes of the client's state so far, as text. */
export const statesOf = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as EngineScope).states as string[]);
