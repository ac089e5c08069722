// Memory of the browser's renderer processes: pages, workers and their WASM memory.

import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import type {Browser} from "playwright-core";

/** Returns the process ids of all renderers of a browser. */
export async function rendererIds(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  try {
    const {processInfo} = await session.send("SystemInfo.getProcessInfo");
    return processInfo.filter(({type}) => type === "renderer").map(({id}) => id);
  } finally {
    await session.detach();
  }
}

export interface ProcessMemory {
  /** Resident bytes; pages that several processes share count in each. */
  readonly resident: number;
  /** The same with shared pages split among the processes; undefined where the system does not tell. */
  readonly proportional?: number;
}

const kilobytes = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;

/** Returns the memory of a process, 0 when it has gone. Throws where the system has no way to ask (Windows). */
export function processMemory(id: number): ProcessMemory {
  if (process.platform === "win32") throw new Error("renderer memory is read from /proc or ps, which this system lacks");
  try {
    if (process.platform !== "linux") return {resident: Number(execFileSync("ps", ["-o", "rss=", "-p", String(id)], {encoding: "utf8"}).trim()) * 1024};
    const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
    return {resident: kilobytes(rollup, "Rss"), proportional: kilobytes(rollup, "Pss")};
  } catch {
    return {resident: 0};
  }
}

/**
 * Returns whether a renderer shows the browser itself and no page: its address bar, or nothing at all, kept ready for
 * the next page (it has hardly run). False where the system does not tell.
 */
export function isBrowserOwn(id: number): boolean {
  try {
    if (readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--top-chrome-webui")) return true;
    const [user, system] = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)!.split(" ").slice(11, 13).map(Number) as [number, number];
    return (user + system) / ticksPerSecond < leastWork;
  } catch {
    return false;
  }
}

/** Linux counts a process's time in these, whatever the machine. */
const ticksPerSecond = 100;
/** Seconds that a renderer has worked which shows a report; one that waits has started, and no more. */
const leastWork = 0.5;

export interface RendererMemory extends ProcessMemory {
  readonly browserOwn: boolean;
}

/** Returns the memory of each renderer, largest first; `without` leaves out processes that were there before. */
export async function rendererMemory(browser: Browser, without: readonly number[] = []): Promise<RendererMemory[]> {
  const ids = (await rendererIds(browser)).filter((id) => !without.includes(id));
  return ids.map((id) => ({...processMemory(id), browserOwn: isBrowserOwn(id)})).filter(({resident}) => resident > 0).sort((a, b) => b.resident - a.resident);
}
