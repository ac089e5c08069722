// Reads loaders/quality/hygiene/lists/*.sql: a bare SELECT below a header that says what a row is, which relation it is
// picked from and which columns it needs.

import {readdir, readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {hygieneIds} from "../../../src/query/hygiene.js";
import type {HygieneSubject} from "../../../src/query/manifest.js";

/** One list of records to be mended. */
export interface ListDeclaration {
  readonly id: string;
  readonly about: HygieneSubject;
  /** Relation of the records looked at. */
  readonly among: string;
  /** Canonical columns without which there is nothing to look for; "a|b" where either will do. */
  readonly needs: readonly string[];
  readonly sql: string;
}

/** A relation that several lists select from. */
export type Step = Pick<ListDeclaration, "id" | "sql">;

const subjects: readonly string[] = ["opportunity", "closed_opportunity", "lead", "account", "contact", "training"] satisfies HygieneSubject[];
const folder = fileURLToPath(new URL("lists/", import.meta.url));

/** Returns the lists in the order of the page, and the steps (`int_…`) that they select from. Throws on a file that is not listed. */
export async function readLists(): Promise<{lists: readonly ListDeclaration[]; steps: readonly Step[]}> {
  const names = (await readdir(folder)).filter((file) => file.endsWith(".sql")).map((file) => file.slice(0, -4)).sort();
  const texts = new Map(await Promise.all(names.map(async (id) => [id, await readFile(`${folder}/${id}.sql`, "utf8")] as const)));
  const stray = names.find((id) => !id.startsWith("int_") && !(hygieneIds as readonly string[]).includes(id));
  if (stray !== undefined) throw new Error(`loaders/quality/hygiene/lists/${stray}.sql: give the list its place in src/query/hygiene.ts.`);
  return {
    lists: hygieneIds.map((id) => parseList(id, texts.get(id) ?? "")),
    steps: names.filter((id) => id.startsWith("int_")).map((id) => ({id, sql: texts.get(id)!}))
  };
}

/** Returns a list from the text of its file. Throws where the header lacks about, among or needs. */
export function parseList(id: string, sql: string): ListDeclaration {
  const field = (name: string): string => {
    const found = new RegExp(`^-- ${name}: (.+)$`, "m").exec(sql)?.[1]?.trim();
    if (found === undefined) throw new Error(`loaders/quality/hygiene/lists/${id}.sql: the header has no line “-- ${name}: …”.`);
    return found;
  };
  const about = field("about");
  if (!subjects.includes(about)) throw new Error(`loaders/quality/hygiene/lists/${id}.sql: about is one of ${subjects.join(", ")}, not “${about}”.`);
  return {id, about: about as HygieneSubject, among: field("among"), needs: field("needs").split(",").map((need) => need.trim()), sql};
}
