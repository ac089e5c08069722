// Copies of exports in a form that can be read: unpacked, decoded, a sheet as CSV. Made once a process, gone with it.

import {createHash} from "node:crypto";
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";

let folder: string | undefined;
const made = new Map<string, Promise<string>>();

/** Returns the path of the copy of `path` that `make` writes; the same one until the file or the `kind` changes. */
export function scratchFile(path: string, kind: string, make: (to: string) => Promise<void>): Promise<string> {
  const {size, mtimeMs, ino} = statSync(path);
  const key = JSON.stringify([path, size, mtimeMs, ino, kind]);
  const found = made.get(key) ?? makeFile(key, make);
  made.set(key, found);
  return found;
}

async function makeFile(key: string, make: (to: string) => Promise<void>): Promise<string> {
  const to = join(scratchFolder(), createHash("sha256").update(key).digest("hex").slice(0, 24));
  try {
    await make(to);
    return to;
  } catch (error) {
    made.delete(key);
    await rm(to, {recursive: true, force: true});
    throw error;
  }
}

/** Only its owner can read it. */
function scratchFolder(): string {
  if (folder) return folder;
  const made = (folder = mkdtempSync(join(tmpdir(), "quarterdeck-")));
  process.once("exit", () => rmSync(made, {recursive: true, force: true}));
  return made;
}
