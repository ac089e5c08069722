// npm test: types, then every test, with a browser found or installed. Arguments go to Vitest: npm test -- test/query.
// The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.

import {spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {closingLines, type Counts} from "./helpers/countReporter.js";
import {ensureBrowser, installAdvice} from "./helpers/installBrowser.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

/** Runs a package's program with this Node and returns its exit code. */
function program(name: string, bin: string, args: string[], env: NodeJS.ProcessEnv = {}): number {
  const path = join(dirname(require.resolve(`${name}/package.json`)), bin);
  const {status} = spawnSync(process.execPath, [path, ...args], {cwd: root, stdio: "inherit", env: {...process.env, ...env}});
  return status ?? 1;
}

function runTests(args: string[], browser: string | undefined): Counts {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
  const file = join(folder, "counts.json");
  try {
    const status = program("vitest", "vitest.mjs", ["run", "--config", "test/vitest.config.ts", ...args], {
      QUARTERDECK_COUNTS: file,
      ...(browser !== undefined && {CHROMIUM_PATH: browser})
    });
    const counts: Counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {passed: 0, failed: 0, skipped: 0, skippedFor: {}};
    const silent = counts.passed + counts.failed + counts.skipped === 0;
    if ((status !== 0 || silent) && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

function main(args: string[]): number {
  const skipBrowser = process.env.NO_BROWSER === "1";
  const browser = skipBrowser ? undefined : ensureBrowser();
  if (!skipBrowser && browser === undefined) {
    console.error(installAdvice);
    return 1;
  }
  console.log(skipBrowser ? "Browser tests are skipped (NO_BROWSER=1)." : `Browser: ${browser}`);
  console.log("Types: tsc --noEmit");
  const typed = program("typescript", "bin/tsc", ["--noEmit", "-p", "tsconfig.json"]) === 0;
  if (!typed) console.error("The type check failed; it counts as one failure below.");
  const counts = runTests(args, browser);
  if (!typed) counts.failed++;
  console.log(closingLines(counts).join("\n"));
  return counts.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
