// git as a child process: arguments as they are, no shell, no question at a terminal, nobody's password in a message.

import {spawn} from "node:child_process";
import {WriteError} from "./problems.js";

export interface GitOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What git reads from its standard input. */
  readonly input?: string;
}

export interface GitSaid {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Milliseconds after which a git that says nothing is ended. */
const patience = 600_000;

/** Runs git and returns what it said. Throws a WriteError where there is no git. */
export function askGit(args: readonly string[], {cwd, env = {}, input = ""}: GitOptions): Promise<GitSaid> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, {cwd, env: {...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...env}, stdio: "pipe", shell: false, windowsHide: true, timeout: patience});
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", (error) => reject(new WriteError("git was not found: a branch is published with it. Install git, or publish to a folder.", {cause: error})));
    child.on("close", (code) => resolve({code, out, err}));
    // git may end before it has read all.
    child.stdin.on("error", () => {}).end(input);
  });
}

/** Runs git and returns its output. Throws a WriteError with its last words where it fails; `doing` says at what. */
export async function runGit(args: readonly string[], doing: string, options: GitOptions): Promise<string> {
  const {code, out, err} = await askGit(args, options);
  if (code !== 0) throw new WriteError(`${doing}: git says: ${lastWords(err) || `exit code ${code}`}.`);
  return out;
}

/** Returns an address without user name and password. */
export const withoutSecret = (text: string): string => text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, "$1");

export const lastWords = (err: string): string => withoutSecret(err.trim().split("\n").filter((line) => !/^(hint|remote: *$)/.test(line)).slice(-4).join(" ").slice(0, 500).replace(/\.$/, ""));
