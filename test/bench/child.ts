// Runs one measured piece of work in a Node process of its own, so that its time and peak memory are its alone.

import {spawn} from "node:child_process";
import {performance} from "node:perf_hooks";
import {fileURLToPath} from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time from start to exit. */
  readonly seconds: number;
}

/**
 * Runs a TypeScript program of the project and returns what it printed; the exit code is the caller's to judge.
 * One process: nothing is spawned between us and it.
 */
export function runProgram(path: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", path, ...args], {
    cwd: projectRoot,
    env: {...process.env, OBSERVABLE_TELEMETRY_DISABLE: "true", ...env},
    stdio: ["ignore", "pipe", "pipe"]
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => out.push(data));
  child.stderr.on("data", (data: Buffer) => err.push(data));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
        seconds: (performance.now() - start) / 1000
      })
    );
  });
}

/** What a measured task reports: wall and processor seconds of the work itself, peak resident memory of its process, its own counts. */
export interface Measured<Counts> {
  readonly seconds: number;
  /** Of all threads; hardly moved by what else the machine does. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly counts: Counts;
}

/** Runs a task of test/bench/tasks in its own process. Throws with the task's last words when it fails. */
export async function runTask<Counts>(task: string, args: readonly string[]): Promise<Measured<Counts>> {
  const {code, stdout, stderr} = await runProgram(fileURLToPath(new URL(`tasks/${task}.ts`, import.meta.url)), args);
  if (code !== 0) throw new Error(`${task} failed with code ${code}: ${stderr.trim().split("\n").slice(-8).join("\n")}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Measured<Counts>;
}

/** Runs `work` inside a task, then prints the measurement as the last line: memory is the highest the process ever held. */
export async function measureTask<Counts>(work: (args: readonly string[]) => Promise<Counts>): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  const counts = await work(process.argv.slice(2));
  const seconds = (performance.now() - start) / 1000;
  const {user, system} = process.cpuUsage(before);
  const measured: Measured<Counts> = {seconds, cpuSeconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024, counts};
  process.stdout.write(`\n${JSON.stringify(measured)}\n`);
}
