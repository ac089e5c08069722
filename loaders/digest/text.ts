// A digest as plain text: for readers of mail that show no HTML, and for the terminal.

import type {Formatter} from "../../src/format/formatter.js";
import type {Digest} from "./digest.js";
import {shownRestated} from "./html.js";
import {alertsShown, digestLine, restatedMore} from "./words.js";

/** Returns the digest in lines that end in LF. */
export function digestText(digest: Digest, format: Formatter): string {
  const {headline, sentences, kpis, attention, attentionNote, restated, restatedCount, url} = digest;
  const {named, more} = alertsShown(digest, format);
  const under = (key: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ["", format.message(key), ...lines]);
  return [
    headline, digestLine(digest, format),
    ...(sentences === "" ? [] : ["", sentences]),
    ...under("digest.numbers", kpis.flatMap(({label, shown, note, changes, caveats}) => [`- ${label}: ${shown} (${note})`, ...changes.map(({text}) => `    ${text}`), ...(caveats === "" ? [] : [`    ${caveats}`])])),
    ...under("digest.attention", attention.flatMap(({text, why, lines}) => [`- ${text}: ${why}`, ...lines.map((line) => `    ${line.label}: ${line.text}`)])),
    ...(attentionNote === "" ? [] : ["", attentionNote]),
    ...under("digest.alerts", named.flatMap(({state, text, task}) => [`- ${format.message(`alerts.state.${state}`)}: ${text}`, ...(task === null ? [] : [`    ${task}`])])),
    ...(more === "" ? [] : [more]),
    ...(restatedCount === 0 ? [] : under("digest.restatements", [...restated.slice(0, shownRestated).map(({text}) => `- ${text}`), restatedMore(digest, shownRestated, format)])),
    ...(url === null ? [] : ["", `${format.message("digest.open")}: ${url}`])
  ].join("\n") + "\n";
}
