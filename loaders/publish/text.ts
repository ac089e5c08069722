// The short report at the end of `npm run publish`, for people.

import {plainText} from "../../src/format/text.js";
import {whole} from "../quality/words.js";
import type {DocumentParts} from "./document.js";
import type {KeptRelease} from "./target.js";

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const headlines: Readonly<Partial<Record<DocumentParts["outcome"], string>>> = {
  published: "published",
  rolled_back: "back in place",
  unchanged: "nothing changed",
  would_change: "nothing was written: this is what would change"
};

/** Returns the lines about a release that was, or would be, put in place. */
export function placedLines({outcome, target, placed}: DocumentParts): string[] {
  const {release, changes, bytes, dropped, kept} = placed!;
  return [
    `${plainText(release.title)}, as of ${release.asOf}: ${headlines[outcome]}`,
    `  release   ${release.id}`,
    `  target    ${target}`,
    `  files     ${whole(changes.added.length)} added, ${whole(changes.changed.length)} changed, ${whole(changes.removed.length)} removed, ${whole(changes.same)} as they were; ${megabytes(bytes)} to write`,
    `  kept      ${kept.releases} ${kept.releases === 1 ? "release" : "releases"}${kept.bytes === null ? "" : `, ${megabytes(kept.bytes)}`}${dropped.length > 0 ? `; no longer ${dropped.join(", ")}` : ""}`
  ];
}

/** Returns a line for each kept release. */
export const listLines = (list: readonly KeptRelease[], to: string): string[] =>
  list.length === 0
    ? [`${to}: nothing has been published yet`]
    : list.map(({id, title, published, files, current}) => `${current ? "*" : " "} ${id}  ${published ? `published ${published.slice(0, 16).replace("T", " ")} UTC` : "never in place"}  ${whole(files)} files  ${plainText(title)}`);
