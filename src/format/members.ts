// Members of a breakdown that are not names as the CRM has them: months, bands, forecast categories.

import type {DimensionId} from "../metrics/define.js";

/** Those whose members have an order of their own, in which they are shown. */
const ordered: readonly DimensionId[] = ["stage", "lost_stage", "close_month", "forecast_category", "size_band", "cycle_band"];

/** Returns whether members stand in their own order, not by their numbers. */
export const isOrdered = (dimension: DimensionId): boolean => ordered.includes(dimension);

export interface MemberWords {
  readonly message: (key: string, values?: Record<string, string | number>) => string;
  readonly has: (key: string) => boolean;
  /** An amount of the report's currency. */
  readonly money: (value: number) => string;
  /** "November 2026" of its first day. */
  readonly month: (day: string) => string;
}

/** Returns a member of a shipped dimension in words; undefined where it is spelled as it is. */
export function memberWords(dimension: DimensionId, value: string, {message, has, money, month}: MemberWords): string | undefined {
  if (dimension === "close_month" && value === "overdue") return message("close_month.overdue");
  if (dimension === "close_month") return /^\d{4}-\d{2}$/.test(value) ? month(`${value}-01`) : undefined;
  if (dimension === "forecast_category") {
    const key = `forecast_category.${value.replace(/\W+/g, "_")}`;
    return has(key) ? message(key) : undefined;
  }
  if (dimension !== "size_band" && dimension !== "cycle_band") return undefined;
  const [, low, high] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)?$/.exec(value) ?? [];
  if (low === undefined) return undefined;
  const part = Number(low) === 0 ? "first" : high === undefined ? "last" : "between";
  const limits = (say: (limit: number) => string) => ({low: say(Number(low)), high: high === undefined ? "" : say(Number(high))});
  return dimension === "size_band" ? message(`size_band.${part}`, limits(money)) : message(`cycle_band.${part}`, limits(String));
}
