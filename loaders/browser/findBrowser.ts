// Where a Chromium that can be driven may be: named by the environment, installed by the system, or downloaded.

import {existsSync} from "node:fs";
import {posix, win32} from "node:path";
import {chromium} from "playwright-core";

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
  /** Path of Playwright's own download, whether or not it is there. */
  readonly downloaded?: string;
}

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge"];

const macApplications = [
  ["Google Chrome.app", "Google Chrome"],
  ["Chromium.app", "Chromium"],
  ["Microsoft Edge.app", "Microsoft Edge"]
] as const;

const windowsPrograms = ["Google\\Chrome\\Application\\chrome.exe", "Chromium\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];

function places({platform, env}: Surroundings): string[] {
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return windowsPrograms.flatMap((program) => roots.map((root) => win32.join(root, program)));
  }
  const onPath = (env.PATH ?? "").split(":").filter(Boolean);
  const commands = names.flatMap((name) => onPath.map((folder) => posix.join(folder, name)));
  if (platform !== "darwin") return commands;
  const homes = ["/Applications", ...(env.HOME ? [posix.join(env.HOME, "Applications")] : [])];
  return [...macApplications.flatMap(([app, program]) => homes.map((home) => posix.join(home, app, "Contents/MacOS", program))), ...commands];
}

function here(): Surroundings {
  return {platform: process.platform, env: process.env, exists: existsSync, downloaded: chromium.executablePath()};
}

/**
 * Path of a browser, or undefined where none is found. CHROMIUM_PATH comes first, then the usual places, then
 * Playwright's download. Throws when CHROMIUM_PATH names a file that is not there.
 */
export function findBrowser(surroundings: Surroundings = here()): string | undefined {
  const {env, exists, downloaded} = surroundings;
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (exists(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file. Set it to a Chromium, Chrome or Edge, or unset it.`);
  }
  return [...places(surroundings), ...(downloaded ? [downloaded] : [])].find(exists);
}
