// The site's own scripts in a handful of files: as Framework writes them, a page comes alive after 120 requests that
// find one another level by level. A file's name carries the hash of what is in it and of all that it leads to; so does
// that of a WebAssembly module, which Framework leaves as it is: a page of an earlier release must never load a later one.

import {createHash} from "node:crypto";
import {mkdir, readdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {basename, dirname, join} from "node:path";
import {projectFolder} from "../project.js";

interface Output {
  readonly path: string;
  readonly text: string;
}

/** As much of esbuild as is used. It is the one that Framework brings along. */
interface Bundler {
  build(options: Readonly<Record<string, unknown>>): Promise<{readonly outputFiles: readonly Output[]}>;
}

/** What starts by itself: each page's script and the engine's worker. */
const entries = [/^_import\/elements\/define\.[0-9a-f]{8}\.js$/, /^_import\/runtime\/engine\.[0-9a-f]{8}\.js$/];

/**
 * Replaces the entries of a built site by bundles; what they load later becomes chunks. Chunks stand in
 * `_import/runtime`: modules there name the engine's files relative to themselves, and those names must hold. Returns
 * the bundles' names by the names that pages and modules know: "define.0a1b2c3d.js".
 */
export async function bundleScripts(site: string): Promise<Map<string, string>> {
  const {build} = createRequire(join(projectFolder, "node_modules/@observablehq/framework/package.json"))("esbuild") as Bundler;
  const files = (await readdir(site, {recursive: true})).map((file) => file.replaceAll("\\", "/"));
  const found = entries.map((pattern) => files.find((file) => pattern.test(file)));
  if (found.includes(undefined)) throw new Error(`the scripts of the pages are not where they are expected: ${entries.map(({source}) => source).join(", ")}`);
  const modules = await nameModules(site, files);
  const {outputFiles} = await build({
    absWorkingDir: site,
    entryPoints: found,
    outdir: site,
    outbase: site,
    entryNames: "[dir]/[name]",
    chunkNames: "_import/runtime/[name].[hash]",
    write: false,
    allowOverwrite: true,
    bundle: true,
    // Framework's library is shared with the cells of a page, and has parts that no site holds.
    external: ["../../_observablehq/*"],
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    logLevel: "silent"
  });
  const bundles = outputFiles.map(({path, text}) => ({path, text: readdress(text, modules)}));
  const names = contentNames(bundles);
  for (const {path, text} of bundles) {
    const target = join(dirname(path), names.get(basename(path))!);
    await mkdir(dirname(target), {recursive: true});
    await writeFile(target, renameIn(text, names));
  }
  for (const entry of found) await rm(join(site, entry!));
  return names;
}

/**
 * Returns a name for each bundle by its present one, with eight hex digits that depend on its text and on the texts of
 * all bundles that it leads to, in circles too; so whatever is reached through an equal name is equal.
 */
export function contentNames(bundles: readonly Output[]): Map<string, string> {
  const texts = bundles.map(({path, text}) => ({name: basename(path), text}));
  const leadsTo = new Map(texts.map(({name, text}) => [name, texts.filter((other) => other.name !== name && text.includes(other.name)).map((other) => other.name)]));
  const digest = (...parts: readonly string[]) => createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  let hashes = new Map(texts.map(({name, text}) => [name, digest(text)]));
  for (let round = 1; round < texts.length; round++) {
    hashes = new Map(texts.map(({name}) => [name, digest(hashes.get(name)!, ...leadsTo.get(name)!.map((other) => hashes.get(other)!).sort())]));
  }
  return new Map(texts.map(({name}) => [name, `${name.split(".")[0]}.${hashes.get(name)!.slice(0, 8)}.js`]));
}

/** Renames the WebAssembly modules by their content, and readdresses the scripts that are not bundled. Returns their new paths by the old ones. */
async function nameModules(site: string, files: readonly string[]): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith(".wasm"))) {
    const hash = createHash("sha256").update(await readFile(join(site, file))).digest("hex").slice(0, 8);
    modules.set(file, file.replace(/\.wasm$/, `.${hash}.wasm`));
    await rename(join(site, file), join(site, modules.get(file)!));
  }
  for (const file of files.filter((name) => name.endsWith(".js"))) {
    const text = await readFile(join(site, file), "utf8");
    const changed = readdress(text, modules);
    if (changed === text) continue;
    // The file may be the same as that in Framework's cache: it is replaced, never written to.
    await writeFile(join(site, `${file}.readdressed`), changed);
    await rename(join(site, `${file}.readdressed`), join(site, file));
  }
  return modules;
}

const readdress = (text: string, modules: ReadonlyMap<string, string>): string => [...modules].reduce((done, [from, to]) => done.replaceAll(from, to), text);

/** Longest names first: one may be the end of another. */
function renameIn(text: string, names: ReadonlyMap<string, string>): string {
  const known = [...names.keys()].sort((a, b) => b.length - a.length);
  return text.replace(new RegExp(known.map((name) => name.replaceAll(".", "\\.")).join("|"), "g"), (name) => names.get(name)!);
}
