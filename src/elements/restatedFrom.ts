// That a number was published as another one, said where it stands.

import {causeWords} from "../components/snapshots/restatementTable.js";
import {faceOf, type ReportContext} from "./definition.js";

/** Returns the words, of the latest restatement; undefined where there was none. */
export function restatedFrom(metric: string, period: string, context: ReportContext): string | undefined {
  const {manifest, format} = context;
  const found = manifest.archive?.restated.find((one) => one.metric === metric && one.period === period);
  if (!found) return undefined;
  return format.message("snapshots.restated_from", {old: format.value(found.old, faceOf(metric, context).unit), date: format.date(found.seenOn), why: causeWords(found, {format}) || "none"});
}
