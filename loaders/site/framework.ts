// Runs Observable Framework's build in a process of its own, with a fixed date and no clock in its output.

import {spawn} from "node:child_process";
import {createRequire} from "node:module";
import {fileURLToPath, pathToFileURL} from "node:url";
import {reportVariable} from "./baked.js";
import type {Workspace} from "./workspace.js";

/** What `node --import` needs to read TypeScript, wherever the command was started. */
export const typescript = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/**
 * Builds the workspace's pages into its output folder. `report` is the folder that bake.ts wrote. Throws with the last
 * lines of Framework's log when the build fails.
 */
export async function buildPages(workspace: Workspace, report: string, date: string): Promise<void> {
  const script = fileURLToPath(new URL("frameworkBuild.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", typescript, script, workspace.root, workspace.output, date], {
    cwd: workspace.folder,
    env: {...process.env, [reportVariable]: report, OBSERVABLE_TELEMETRY_DISABLE: "true", NODE_NO_WARNINGS: "1"},
    stdio: ["ignore", "pipe", "pipe", "ipc"]
  });
  const lines: string[] = [];
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (text: string) => {
      lines.push(...text.split("\n").filter((line) => line.trim() !== ""));
      lines.splice(0, lines.length - 60);
    });
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`the pages could not be built:\n${lines.slice(-20).join("\n")}`);
}
