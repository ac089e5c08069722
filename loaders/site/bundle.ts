// The site's own scripts in a handful of files: as Framework writes them, a page comes alive after 120 requests that
// find one another level by level.

import {readdir} from "node:fs/promises";
import {createRequire} from "node:module";
import {join} from "node:path";
import {projectFolder} from "../project.js";

/** As much of esbuild as is used. It is the one that Framework brings along. */
interface Bundler {
  build(options: Readonly<Record<string, unknown>>): Promise<{readonly warnings: readonly {readonly text: string}[]}>;
}

/** What starts by itself: each page's script and the engine's worker. */
const entries = [/^_import\/elements\/define\.[0-9a-f]{8}\.js$/, /^_import\/runtime\/engine\.[0-9a-f]{8}\.js$/];

/**
 * Replaces the entries of a built site by bundles under the same names; what they load later becomes chunks. Chunks
 * stand in `_import/runtime`: modules there name the engine's files relative to themselves, and those names must hold.
 */
export async function bundleScripts(site: string): Promise<void> {
  const {build} = createRequire(join(projectFolder, "node_modules/@observablehq/framework/package.json"))("esbuild") as Bundler;
  const files = (await readdir(site, {recursive: true})).map((file) => file.replaceAll("\\", "/"));
  const found = entries.map((pattern) => files.find((file) => pattern.test(file)));
  if (found.includes(undefined)) throw new Error(`the scripts of the pages are not where they are expected: ${entries.map(({source}) => source).join(", ")}`);
  await build({
    absWorkingDir: site,
    entryPoints: found,
    outdir: site,
    outbase: site,
    entryNames: "[dir]/[name]",
    chunkNames: "_import/runtime/[name].[hash]",
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
}
