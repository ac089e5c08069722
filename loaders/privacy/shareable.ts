import type {Quality} from "../../src/query/manifest.js";
import type {PrivacySettings} from "./settings.js";

/** Returns what may be published of the quality of the data: for a public report how many records fail, but not which, and no control totals. */
export function shareable<Q extends Quality>(quality: Q, {audience}: Pick<PrivacySettings, "audience">): Q {
  if (audience === "internal") return quality;
  return {...quality, checks: quality.checks.map((check) => ({...check, examples: []})), reconcile: []};
}
