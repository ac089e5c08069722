// One process at a time: a file that says who is at work. It ends with the process, on whatever machine that was.

import {link, mkdir, readdir, readFile, rm, rmdir, stat, utimes, writeFile} from "node:fs/promises";
import {hostname} from "node:os";
import {basename, dirname, join} from "node:path";
import {isRunning} from "./isRunning.js";

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Moment of the taking, ISO in UTC. */
  readonly since: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** A holder shows every few seconds that it lives; on another machine that is all that can be seen of it. */
const beat = 5_000;
const silence = 120_000;

/** Takes the lock at the path. Returns who holds it where it is taken; one whose process is gone counts for nothing. */
export async function tryLock(path: string, now: string): Promise<Lock | Holder> {
  const mine = JSON.stringify({pid: process.pid, host: hostname(), since: now} satisfies Holder);
  for (let tries = 0; ; tries++) {
    if (await take(path, mine)) {
      const timer = setInterval(() => void touch(path), beat).unref();
      return {
        release: async () => {
          clearInterval(timer);
          await rm(path, {force: true});
        }
      };
    }
    const text = await readFile(path, "utf8").catch(() => "");
    const holder = holderOf(text);
    if (tries > 5 || !(await isStale(path, holder))) return holder ?? {pid: 0, host: "", since: ""};
    await clear(path, text);
  }
}

/** Locks that this process has asked for. */
let taken = 0;

/** The file has its text from the beginning: a kill amid the writing leaves no lock of nobody. */
async function take(path: string, text: string): Promise<boolean> {
  const aside = `${path}.${process.pid}-${++taken}`;
  try {
    await writeFile(aside, text);
    await link(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return writeFile(path, text, {flag: "wx"}).then(() => true, (fault: NodeJS.ErrnoException) => {
      if (fault.code === "EEXIST") return false;
      throw fault;
    });
  } finally {
    await rm(aside, {force: true});
  }
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(`${basename(path)}.`) ? Number(name.slice(basename(path).length + 1).split("-")[0]) : NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) await rm(join(dirname(path), name), {force: true});
  }
  return true;
}

export const isHeld = (lock: Lock | Holder): lock is Holder => "pid" in lock;

function holderOf(text: string): Holder | undefined {
  try {
    const {pid, host, since} = JSON.parse(text) as Holder;
    return typeof pid === "number" && typeof host === "string" ? {pid, host, since} : undefined;
  } catch {
    return undefined;
  }
}

/** The disk's own clock decides: that of another machine may be wrong. */
async function isStale(path: string, holder: Holder | undefined): Promise<boolean> {
  if (holder?.host === hostname()) return !isRunning(holder.pid);
  const probe = `${path}.clock-${process.pid}`;
  try {
    await writeFile(probe, "");
    return (await stat(probe)).mtimeMs - (await stat(path)).mtimeMs > (holder ? silence : beat);
  } catch {
    return true;
  } finally {
    await rm(probe, {force: true});
  }
}

/** Removes the lock if it still says the same: two who found it stale must not remove each other's. */
async function clear(path: string, text: string): Promise<void> {
  const guard = `${path}.clearing`;
  try {
    await mkdir(guard);
  } catch {
    const {mtimeMs} = await stat(guard).catch(() => ({mtimeMs: 0}));
    if (Date.now() - mtimeMs > beat) await rmdir(guard).catch(() => {});
    return new Promise((resume) => setTimeout(resume, 50));
  }
  try {
    if ((await readFile(path, "utf8").catch(() => undefined)) === text) await rm(path, {force: true});
  } finally {
    await rmdir(guard).catch(() => {});
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}
