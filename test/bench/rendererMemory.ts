// Resident memory of the browser's renderer processes: pages, workers and their WASM memory.

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

/** Returns the resident bytes of a process, 0 when it has gone. Throws where the system has no way to ask (Windows). */
export function residentBytes(id: number): number {
  if (process.platform === "win32") throw new Error("renderer memory is read from /proc or ps, which this system lacks");
  try {
    if (process.platform === "linux") return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) * 1024;
    return Number(execFileSync("ps", ["-o", "rss=", "-p", String(id)], {encoding: "utf8"}).trim()) * 1024;
  } catch {
    return 0;
  }
}

/** Returns resident bytes by renderer, largest first; `without` leaves out processes that were there before. */
export async function rendererBytes(browser: Browser, without: readonly number[] = []): Promise<number[]> {
  const ids = (await rendererIds(browser)).filter((id) => !without.includes(id));
  return ids.map(residentBytes).filter((bytes) => bytes > 0).sort((a, b) => b - a);
}
