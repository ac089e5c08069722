// Files in the folders of the sources that look like exports and that no table reads: they are told, never passed over.

import {basename, join} from "node:path";
import type {Settings} from "../settings.js";
import type {Finding} from "../quality/define.js";
import {listFiles} from "./files.js";
import type {InputPlan} from "./inputs.js";

/** How files are called that look like exports. */
export const exportName = /\.(csv|tsv|xlsx?|json|ndjson|jsonl|parquet)(\.(gz|zip))?$|\.zip$/i;

/** Returns one finding for each folder of a source, with its files that nothing reads as examples; one that shares its name with a file that is read says so. */
export function unreadFiles({inputs, folders}: Pick<InputPlan, "inputs" | "folders">, {ownFiles, reconcile}: Pick<Settings, "ownFiles" | "reconcile">): Finding[] {
  const read = new Set(inputs.flatMap(({main, joins}) => [main, ...joins.map(({head}) => head)]).map(({file}) => file));
  const own = new Set([...ownFiles, ...(reconcile?.lines ?? []).flatMap(({records}) => records?.path ?? [])]);
  const seen = new Set<string>();
  return folders.flatMap(({source, folder: {opened}}) => {
    if (seen.has(opened)) return [];
    seen.add(opened);
    const files = listFiles({path: opened, opened}).filter((name) => exportName.test(name) && !own.has(join(opened, name)));
    const unread = files.filter((name) => !read.has(join(opened, name)));
    const examples = unread.map((name) => {
      const twin = files.find((other) => read.has(join(opened, other)) && stem(other) === stem(name));
      return {id: name, ...(twin !== undefined && {detail: `beside ${twin}`})};
    });
    const twinsFirst = [...examples.filter(({detail}) => detail), ...examples.filter(({detail}) => !detail)];
    return [{id: "files_read", table: "", column: "", source, count: unread.length, of: files.length, examples: twinsFirst.slice(0, mostExamples)}];
  });
}

const mostExamples = 5;

const stem = (name: string): string => basename(name).replace(exportName, "").toLowerCase();
