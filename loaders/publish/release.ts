// A finished site as one release: what its report file says of it, and whether that is so.

import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {filesIn} from "../build/filesIn.js";
import {reportFile} from "../site/publish.js";
import {DamagedError} from "./problems.js";

export interface Release {
  /** As-of day and the beginning of the report file's hash: "2026-11-03-1bf9aa39004b". Equal sites have equal ids. */
  readonly id: string;
  readonly title: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** SHA-256 of every file, the report file too, by path with slashes. */
  readonly files: Readonly<Record<string, string>>;
}

/** A path that stays within the site. */
const path = z.string().refine((name) => name !== "" && !/^[/\\]|^\w:|[\0\r\n]/.test(name) && !name.split(/[/\\]/).includes(".."), "a path below the site");
const schema = z.object({generator: z.literal("quarterdeck"), title: z.string(), asOf: z.iso.date(), files: z.record(path, z.string().regex(/^[0-9a-f]{64}$/))});

/** Returns the release that the report file's text describes. Throws a DamagedError where it describes none; `from` is named. */
export function releaseOf(text: string, from: string): Release {
  const sha = createHash("sha256").update(text).digest("hex");
  try {
    const {title, asOf, files} = schema.parse(JSON.parse(text));
    return {id: `${asOf}-${sha.slice(0, 12)}`, title, asOf, files: {...files, [reportFile]: sha}};
  } catch (error) {
    throw new DamagedError(`${from}: ${reportFile} does not describe a report: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`, {cause: error});
  }
}

/** Returns the release in the folder by its report file alone; undefined where there is none that can be read. */
export async function readRelease(folder: string): Promise<Release | undefined> {
  try {
    return releaseOf(await readFile(join(folder, reportFile), "utf8"), folder);
  } catch {
    return undefined;
  }
}

/** Returns the release in the folder once every file was held against its hash. Throws a DamagedError that names what differs. */
export async function verifyRelease(folder: string): Promise<Release> {
  const text = await readFile(join(folder, reportFile), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new DamagedError(`${folder} holds no report: ${error.code === "ENOENT" ? `there is no ${reportFile} in it` : error.message}. Build it with npm run report -- --out ${folder}.`, {cause: error});
  });
  const release = releaseOf(text, folder);
  const faults = await faultsOf(folder, release.files);
  const there = new Set(Object.keys(release.files));
  for (const file of await filesIn(folder)) if (!there.has(file)) faults.push({file, words: `${file} is not of this report`});
  if (faults.length > 0) {
    const more = faults.length > 5 ? [`  … ${faults.length} files in all`] : [];
    throw new DamagedError([`${folder} is not what ${reportFile} says:`, ...faults.slice(0, 5).map(({words}) => `  ${words}`), ...more, "Build it again with npm run report."].join("\n"));
  }
  return release;
}

export interface Fault {
  readonly file: string;
  readonly words: string;
}

/** Returns what is wrong with the listed files in the folder; others in it do not count. */
export async function faultsOf(folder: string, files: Release["files"]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [file, hash] of Object.entries(files)) {
    const found = await hashOf(join(folder, file));
    if (found !== hash) faults.push({file, words: found === undefined ? `${file} is missing` : `${file} has been changed`});
  }
  return faults;
}

/** Returns the SHA-256 of a file; undefined where there is none. */
export async function hashOf(path: string): Promise<string | undefined> {
  const sum = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) sum.update(chunk as Buffer);
  } catch (error) {
    if (["ENOENT", "EISDIR", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
  return sum.digest("hex");
}

/** Returns the bytes of the listed files in the folder, by path. */
export async function sizesOf(folder: string, files: Iterable<string>): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(file, (await stat(join(folder, file)).catch(() => ({size: 0}))).size);
  return sizes;
}
