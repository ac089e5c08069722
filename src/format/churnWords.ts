// What customers were on a day, in words: a plan, a band of days as a customer, a band of monthly revenue.

import type {Formatter} from "./formatter.js";
import {plainText} from "./text.js";

const nobody = {plan: "churn_by.no_plan", tenure: "churn_by.no_stay", size: "churn_by.no_value"} as const;

/** Returns the name of a member of a trait: "Basic", "91 to 180 days", "€200 to €500". `limits` are where its bands begin. */
export function traitName(member: string | null, {by, limits}: {readonly by: "plan" | "tenure" | "size"; readonly limits: readonly number[]}, {format}: {readonly format: Formatter}): string {
  if (member === null) return format.message(nobody[by]);
  if (by === "plan") return plainText(member);
  const [low, high] = [limits[Number(member)]!, limits[Number(member) + 1]];
  const said = (value: number) => (by === "size" ? format.value(value, "currency") : String(value));
  return format.message(`churn_by.band.${by}`, {low: said(low), high: high === undefined ? "" : said(high), place: high === undefined ? "last" : low === 0 ? "first" : "between"});
}
