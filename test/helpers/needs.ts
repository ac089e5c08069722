// Groups of tests that need something the machine may not have. Skipped ones are counted by need at the end of the run.

import {existsSync} from "node:fs";
import {resolve} from "node:path";
import {describe} from "vitest";

/** Whether browser tests run: yes, unless NO_BROWSER=1. */
export const withBrowser = process.env.NO_BROWSER !== "1";

/** Whether tests that take a slice of their cases take all of them: where FULL=1. */
export const isFull = process.env.FULL === "1";

/** Absolute path of the folder with real exports (QUARTERDECK_REAL_DATA, else ../shared/data), or undefined where it is not there. */
export function realData(): string | undefined {
  const folder = process.env.QUARTERDECK_REAL_DATA || "../shared/data";
  return existsSync(folder) ? resolve(folder) : undefined;
}

/** `describe` for tests that drive a real Chromium. */
export function describeBrowser(name: string, body: () => void): void {
  describe.skipIf(!withBrowser)(`${name} [needs browser]`, body);
}

/** `describe` for tests over one folder of the real exports, e.g. "maven_crm"; `body` gets its absolute path. */
export function describeRealData(name: string, folder: string, body: (path: string) => void): void {
  const root = realData();
  const path = resolve(root ?? ".", folder);
  describe.skipIf(root === undefined || !existsSync(path))(`${name} [needs real data]`, () => body(path));
}
