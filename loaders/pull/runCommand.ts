// What a command writes to its standard output, as a file. No shell: arguments reach it as they are.

import {spawn, type ChildProcess} from "node:child_process";
import type {Readable} from "node:stream";
import {faultOf, PullFault} from "./fault.js";
import {plainLines} from "./mask.js";
import {saveFile, type Saved} from "./saveFile.js";

export interface CommandOptions {
  /** Folder in which it runs. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Bytes. */
  readonly sizeLimit: number;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Returns text without secrets. */
  readonly mask: (text: string) => string;
}

/** Milliseconds that a command has to end by itself once it is told to. */
const grace = 5000;

/** Writes to the path what the command says. Throws a PullFault where it fails, says nothing, or too much, or takes too long. */
export async function runCommand([name = "", ...args]: readonly string[], path: string, {cwd, environment, sizeLimit, timeLimit, mask}: CommandOptions): Promise<Saved> {
  const child = spawn(name, args, {cwd, env: {...environment}, stdio: ["ignore", "pipe", "pipe"], shell: false, detached: groups, windowsHide: true});
  const said = lastLines(child.stderr, mask);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child);
    // Whoever else holds the pipe does not hold us.
    child.stdout.destroy(new PullFault("too_slow", {limit: timeLimit}));
  }, timeLimit);
  const release = endWithUs(child);
  const ended = new Promise<PullFault | undefined>((resolve) => {
    child.on("error", ({message, code}: NodeJS.ErrnoException) => resolve(new PullFault("command_missing", {said: code === "ENOENT" ? name : message})));
    child.on("exit", (code, signal) => resolve(code === 0 ? undefined : new PullFault("command_failed", {exit: signal ?? `exit code ${code}`})));
  });
  try {
    const saved = saveFile([child.stdout], path, sizeLimit).catch((error: unknown) => {
      stop(child);
      return faultOf(error);
    });
    const outcome = await saved;
    const fault = await ended;
    if (late) throw new PullFault("too_slow", {limit: timeLimit});
    if (outcome instanceof PullFault && outcome.code !== "empty" && outcome.code !== "cut_off") throw outcome;
    if (fault) throw fault.code === "command_failed" ? new PullFault(fault.code, {...fault.detail, lines: said()}) : fault;
    if (outcome instanceof PullFault) throw outcome;
    return outcome;
  } finally {
    clearTimeout(timer);
    release();
    child.stderr.destroy();
  }
}

/** Elsewhere a command leads a group of its own, and ends with all that it started. */
const groups = process.platform !== "win32";

function stop(child: ChildProcess): void {
  signalTo(child, "SIGTERM");
  const kill = setTimeout(() => signalTo(child, "SIGKILL"), grace).unref();
  child.once("exit", () => {
    clearTimeout(kill);
    signalTo(child, "SIGKILL");
  });
}

function signalTo({pid}: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(groups ? -pid : pid, signal);
  } catch {
    // It has ended.
  }
}

/** A group of its own does not hear Ctrl+C: it is told. */
function endWithUs(child: ChildProcess): () => void {
  const pass = (signal: NodeJS.Signals) => {
    signalTo(child, "SIGTERM");
    release();
    process.kill(process.pid, signal);
  };
  const gone = () => signalTo(child, "SIGTERM");
  const release = () => {
    process.off("SIGINT", pass).off("SIGTERM", pass).off("exit", gone);
  };
  process.on("SIGINT", pass).on("SIGTERM", pass).on("exit", gone);
  return release;
}

const [mostKept, mostLines, longestLine] = [65_536, 10, 300];

/** Keeps the end of a stream; returns its last lines, masked before they are cut, so that no half of a secret is left. */
function lastLines(stream: Readable, mask: CommandOptions["mask"]): () => string[] {
  let kept = Buffer.alloc(0);
  let cut = false;
  stream.on("data", (chunk: Buffer) => {
    cut ||= kept.length + chunk.length > mostKept;
    kept = Buffer.concat([kept, chunk]).subarray(-mostKept);
  });
  stream.on("error", () => {});
  return () => plainLines(mask(kept.toString("utf8"))).slice(cut ? 1 : 0).slice(-mostLines).map((line) => line.slice(0, longestLine));
}
