// Sentences that the mail and its plain text share.

import type {Formatter} from "../../src/format/formatter.js";
import {plainText} from "../../src/format/text.js";
import type {Digest} from "./digest.js";

/** Returns the subject of the mail: "Quarterdeck sample, October 2026: Revenue won €1.1M, Win rate 29.6%". */
export function subjectOf({title, kpis}: Pick<Digest, "title" | "kpis">, format: Formatter): string {
  const told = kpis.filter(({value}) => value !== null).slice(0, 2).map(({label, shown}) => `${label} ${shown}`);
  return told.length === 0 ? plainText(title) : format.message("digest.subject", {title: plainText(title), numbers: format.list(told)});
}

/** Returns the line under the title: which report, as of when, who published it, and what it replaces. */
export function digestLine({title, asOf, frozenOn, publisher, replaces}: Digest, format: Formatter): string {
  return [
    plainText(title), format.message("site.as_of", {date: format.date(asOf)}),
    format.message("digest.published", {date: format.date(frozenOn), publisher: publisher === null ? "none" : plainText(publisher)}),
    ...(replaces ? [format.message("digest.replaces", {id: replaces.id, reason: plainText(replaces.reason)})] : [])
  ].join(" · ");
}

/** Returns how many numbers of the past were restated, and where all of them stand. */
export const restatedMore = ({restated, restatedCount}: Digest, shown: number, format: Formatter): string =>
  format.message("digest.restated_more", {count: restatedCount, named: Math.min(shown, restated.length)});

/** Alerts that a mail names: those that are told now come first. */
const shownAlerts = 12;

/** Returns the alerts to name, and a line for those that are not. */
export function alertsShown({alerts}: Pick<Digest, "alerts">, format: Formatter): {readonly named: Digest["alerts"]; readonly more: string} {
  const sorted = [...alerts.filter(({entry}) => entry.tell), ...alerts.filter(({entry}) => !entry.tell)];
  return {named: sorted.slice(0, shownAlerts), more: sorted.length > shownAlerts ? format.message("alerts.more", {count: sorted.length - shownAlerts}) : ""};
}
