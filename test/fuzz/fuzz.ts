// Cases to processes that can be killed: each has its time and its memory, and takes only itself down.

import {fork, type ChildProcess} from "node:child_process";
import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import type {Verdict} from "./judge.js";

/** What a process is asked. */
export interface Asked {
  readonly seed: number;
  readonly number: number;
  /** Upper bound of the engine's memory. */
  readonly memory: string;
}

/** What it answers. */
export interface Told extends Verdict {
  readonly number: number;
  readonly world: string;
  readonly steps: readonly string[];
  readonly milliseconds: number;
  /** Highest resident memory of the process so far, bytes. */
  readonly peak: number;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Numbers of the cases. */
  readonly cases: readonly number[];
  readonly workers: number;
  /** Told of each case as it ends, in no order. */
  readonly onTold?: (told: Told) => void;
}

/** One case may take no longer, and its process hold no more: an ordinary one takes half a second and 300 MB. */
const limits = {seconds: 60, bytes: 1.5 * 2 ** 30, engine: "400MB"};
/** A process is replaced now and then: what leaks little is no fault, what leaks much is. */
const casesEach = 250;

/** Runs cases and returns what came of each, in their order. */
export async function fuzz({seed, cases, workers, onTold}: FuzzOptions): Promise<Told[]> {
  const waiting = [...cases];
  const all: Told[] = [];
  const work = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
      worker ??= await startWorker();
      const told = await worker.run({seed, number, memory: limits.engine});
      all.push(told);
      onTold?.(told);
      if (worker.ended() || ++worker.done >= casesEach) {
        worker.stop();
        worker = undefined;
      }
    }
    worker?.stop();
  };
  await Promise.all(Array.from({length: Math.min(workers, cases.length)}, work));
  return all.sort((a, b) => a.number - b.number);
}

interface Worker {
  done: number;
  readonly run: (asked: Asked) => Promise<Told>;
  readonly ended: () => boolean;
  readonly stop: () => void;
}

async function startWorker(): Promise<Worker> {
  const child = fork(fileURLToPath(new URL("child.ts", import.meta.url)), {execArgv: ["--import", "tsx"], stdio: ["ignore", "pipe", "pipe", "ipc"], env: {...process.env, TZ: "UTC"}});
  let said = "";
  const listen = (chunk: Buffer): void => void (said = (said + chunk.toString("utf8")).slice(-4000));
  child.stdout!.on("data", listen);
  child.stderr!.on("data", listen);
  let gone: string | undefined;
  child.once("exit", (code, signal) => (gone = `the process ended with ${signal ?? `code ${code}`}: ${said.trim()}`));
  await new Promise<void>((ready, failed) => {
    child.once("message", () => ready());
    child.once("exit", () => failed(new Error(gone)));
  });
  return {
    done: 0,
    run: (asked) => runIn(child, asked, () => gone),
    ended: () => gone !== undefined || child.killed,
    stop: () => void child.kill("SIGKILL")
  };
}

function runIn(child: ChildProcess, asked: Asked, gone: () => string | undefined): Promise<Told> {
  return new Promise((resolve) => {
    const start = performance.now();
    const fail = (about: string): void => {
      child.kill("SIGKILL");
      end({number: asked.number, world: "", steps: [], ending: "fault", about, milliseconds: performance.now() - start, peak: residentOf(child)});
    };
    const onExit = (): void => fail(gone() ?? "the process ended");
    const onMessage = (told: Told): void => end(told);
    const watch = setInterval(() => {
      if (residentOf(child) > limits.bytes) fail(`over ${(limits.bytes / 2 ** 30).toFixed(1)} GiB of memory`);
      else if (performance.now() - start > limits.seconds * 1000) fail(`not ended after ${limits.seconds} seconds`);
    }, 200);
    const end = (told: Told): void => {
      clearInterval(watch);
      child.off("exit", onExit);
      child.off("message", onMessage);
      resolve(told);
    };
    child.once("exit", onExit);
    child.on("message", onMessage);
    if (gone() !== undefined) onExit();
    else child.send(asked);
  });
}

/** Resident memory of a process, bytes; 0 where the system does not tell. */
function residentOf({pid}: ChildProcess): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
