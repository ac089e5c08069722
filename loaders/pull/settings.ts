// The grammar of `pull` in report.yaml, and what it declares. Environment variables are not looked up here: only a run
// that pulls needs them.

import {z} from "zod";
import type {SettingsProblem} from "../settings/problems.js";
import {pullRecord} from "./kept.js";
import {isSecretName} from "./mask.js";

const times = "a time such as 90s, 15m or 2h, at most 24h";
const time = z.string().regex(/^[1-9]\d*(ms|s|m|h)$/, times).refine((text) => !(inUnits(text) > 24 * 3_600_000), times);
const size = z.string().regex(/^[1-9]\d*(\.\d+)?(kB|MB|GB)$/, "a size such as 500MB or 4GB");
const headers = z.record(z.string(), z.string());

const pullFile = z
  .strictObject({
    url: z.string().min(1).optional().describe("Address of the export, https; ${NAME} is an environment variable, percent-encoded behind the question mark"),
    headers: headers.optional().describe("Sent to the host of url only: {Authorization: \"Bearer ${CRM_TOKEN}\"}"),
    command: z.array(z.string().min(1)).min(1).optional().describe("Command and its arguments, without a shell, run in the folder of this file; what it writes to standard output is the export")
  })
  .meta({id: "pull_file", description: "Where a file comes from: url or command"});

export const pullSchema = z
  .strictObject({
    files: z.record(z.string(), pullFile).describe("Where each file comes from, by the name it is kept under: {deals.csv: {url: …}}"),
    headers: headers.optional().describe("Sent with every url, where all are of one host"),
    size_limit: size.default("4GB").describe("Largest file, unpacked"),
    time_limit: time.default("15m").describe("Longest time for one file, all tries and waits together"),
    silence_limit: time.default("2m").describe("Longest time without a byte from a server"),
    tries: z.int().min(1).max(20).default(5).describe("How often an address is asked that is busy, broken or out of reach"),
    allow_http: z.boolean().default(false).describe("Unencrypted addresses of other machines may be asked"),
    keep: z.union([z.literal("all"), z.string().regex(/^[1-9]\d*d$/, "days such as 400d, or all")]).default("all").describe("How long pulled exports are kept; the newest always is")
  })
  .meta({id: "pull", description: "Where the exports of the source are pulled from, at each npm run report"});

export type PullSettings = z.output<typeof pullSchema>;

/** One file of a source, and where it comes from: an address or a command, with ${NAME} as written. */
export interface PullFile {
  readonly name: string;
  readonly url?: string;
  readonly command?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** Line in the settings file. */
  readonly line?: number;
}

/** How a source is pulled; holds no secret. */
export interface SourcePull {
  /** Id of the source. */
  readonly source: string;
  /** Absolute path of the folder that holds a folder a day. */
  readonly folder: string;
  /** Absolute path of the folder in which commands run: that of the settings. */
  readonly cwd: string;
  readonly files: readonly PullFile[];
  /** Bytes. */
  readonly sizeLimit: number;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Milliseconds. */
  readonly silenceLimit: number;
  readonly tries: number;
  readonly allowHttp: boolean;
  /** Days that pulled exports are kept; null for ever. */
  readonly keepDays: number | null;
}

type Path = readonly (string | number)[];

export interface PullPlace {
  readonly source: string;
  /** Folder of the settings file. */
  readonly cwd: string;
  /** Absolute path of the folder in which exports are kept. */
  readonly folder: string;
  readonly file: string;
  readonly lineOf: (...path: Path) => number | undefined;
  /** Faults are added here. */
  readonly found: SettingsProblem[];
}

/** Returns how the source is pulled; what contradicts itself, and secrets written out, are added to the faults. */
export function declarePull(written: PullSettings, {source, cwd, folder, file, lineOf, found}: PullPlace): SourcePull {
  const problem = (path: Path, rest: Omit<SettingsProblem, "file" | "line" | "key">) => found.push({file, line: lineOf(...path), key: ["pull", ...path].join("."), ...rest});
  const names = Object.keys(written.files);
  if (names.length === 0) problem(["files"], {code: "missing_key", value: "files", expected: "what is pulled, such as deals.csv: {url: …}"});
  for (const [k, name] of names.entries()) {
    if (!isPlainName(name)) problem(["files", name], {code: "wrong_value", value: name, expected: `a file name such as deals.csv, without folders, and not ${pullRecord}`});
    const twin = names.slice(0, k).find((other) => other.toLowerCase() === name.toLowerCase());
    if (twin !== undefined) problem(["files", name], {code: "conflict", value: `${twin} and ${name} are one file where case does not count`});
  }
  const files = names.map((name): PullFile => {
    const {url, command, headers: own = {}} = written.files[name]!;
    const at = ["files", name];
    if (url === undefined && command === undefined) problem(at, {code: "missing_key", value: "url or command", expected: "where the file comes from"});
    if (url !== undefined && command !== undefined) problem(at, {code: "conflict", value: `${name} has both url and command`});
    if (command !== undefined && Object.keys(own).length > 0) problem([...at, "headers"], {code: "conflict", value: "headers are for a url"});
    for (const [header, value] of Object.entries(own)) checkHeader([...at, "headers", header], header, value, problem);
    if (url !== undefined) checkAddress([...at, "url"], url, problem);
    return {name, ...(url !== undefined && {url}), ...(command && {command}), headers: {...(url !== undefined && written.headers), ...own}, line: lineOf(...at)};
  });
  for (const [header, value] of Object.entries(written.headers ?? {})) checkHeader(["headers", header], header, value, problem);
  const hosts = [...new Set(files.flatMap(({url}) => (url === undefined ? [] : [/^[^/]*\/\/(?:[^/?#@]*@)?([^/?#]*)/.exec(url)?.[1]?.toLowerCase() ?? withoutQuery(url)])))];
  if (written.headers && hosts.length > 1) problem(["headers"], {code: "conflict", value: `headers of all addresses would go to several hosts (${hosts.join(", ")}); write them beside each url`});
  const {size_limit, time_limit, silence_limit, tries, allow_http: allowHttp, keep} = written;
  const [sizeLimit, timeLimit, silenceLimit] = [inUnits(size_limit), inUnits(time_limit), inUnits(silence_limit)];
  return {source, cwd, folder, files, sizeLimit, timeLimit, silenceLimit, tries, allowHttp, keepDays: keep === "all" ? null : parseInt(keep, 10)};
}

type Tell = (path: Path, rest: Omit<SettingsProblem, "file" | "line" | "key">) => void;

const isPlainName = (name: string): boolean => /^[^\\/:*?"<>|\p{Cc}.][^\\/:*?"<>|\p{Cc}]*$/u.test(name) && !/[. ]$/.test(name) && name.toLowerCase() !== pullRecord;

/** Set by the request itself. */
const ours = ["host", "connection", "content-length", "transfer-encoding", "accept-encoding"];

function checkHeader(path: Path, name: string, value: string, problem: Tell): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) problem(path, {code: "wrong_value", value: name, expected: "the name of a header"});
  else if (ours.includes(name.toLowerCase())) problem(path, {code: "wrong_value", value: name, expected: "a header of your own; this one is set by the request"});
  if (isSecretName(name) && !hasVariable(value)) problem(path, {code: "wrong_value", value: `${name} is written out`, expected: `a secret from the environment: ${name}: "\${CRM_TOKEN}"`});
}

function checkAddress(path: Path, url: string, problem: Tell): void {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (!hasVariable(url.slice(0, 2)) && scheme !== "https" && scheme !== "http") problem(path, {code: "wrong_value", value: withoutQuery(url), expected: "an address that begins with https://"});
  if (/^[^/]*\/\/[^/?#]*@/.test(url)) problem(path, {code: "wrong_value", value: "a name or password before the host", expected: "headers: {Authorization: \"Basic ${CRM_LOGIN}\"}"});
  for (const [, name = "", value = ""] of url.matchAll(/[?&]([^=&#]+)=([^&#]*)/g)) {
    if (isSecretName(name) && value !== "" && !hasVariable(value)) problem(path, {code: "wrong_value", value: `${name} is written out`, expected: `a secret from the environment: ${name}=\${CRM_KEY}`});
  }
}

const hasVariable = (text: string): boolean => text.includes("${");
/** What may be shown of an address as written. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, "").replace(/^.*@/s, "");

const units: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, kB: 1e3, MB: 1e6, GB: 1e9};
const inUnits = (text: string): number => parseFloat(text) * (units[/[a-zA-Z]+$/.exec(text)?.[0] ?? ""] ?? NaN);
