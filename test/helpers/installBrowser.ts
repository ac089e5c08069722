// Gets a Chromium where none is found: Playwright's download first, then Debian's package where we are root.

import {spawnSync} from "node:child_process";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {findBrowser} from "../../loaders/browser/findBrowser.js";
import {browserAdvice} from "../../loaders/browser/launch.js";

const playwright = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");

export const installAdvice = [
  "No Chromium, Chrome or Edge was found and none could be installed. One of these mends it:",
  ...browserAdvice.map((line) => `  ${line}`),
  "  NO_BROWSER=1 npm test        (skips the browser tests and says how many)"
].join("\n");

/** Whether the program starts at all: a download may lack the system's libraries. */
export function starts(browser: string): boolean {
  // Chrome on Windows opens a window for --version; its installers bring all it needs.
  return process.platform === "win32" || spawnSync(browser, ["--version"], {timeout: 30_000}).status === 0;
}

function run(command: string, args: string[]): boolean {
  console.log(`> ${[command === process.execPath ? "node" : command, ...args].join(" ")}`);
  const {status} = spawnSync(command, args, {stdio: "inherit", timeout: 600_000, env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}});
  return status === 0;
}

function working(): string | undefined {
  const browser = findBrowser();
  return browser !== undefined && starts(browser) ? browser : undefined;
}

/** Returns the path of a browser that starts, installing one where there is none; undefined when nothing helped. */
export function ensureBrowser(): string | undefined {
  const found = working();
  if (found !== undefined) return found;
  run(process.execPath, [playwright, "install", "chromium"]);
  const downloaded = working();
  if (downloaded !== undefined) return downloaded;
  const root = process.getuid?.() === 0;
  if (!root || spawnSync("apt-get", ["--version"]).status !== 0) return undefined;
  run("apt-get", ["update"]);
  run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
  return working();
}
