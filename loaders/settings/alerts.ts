// The alerts of report.yaml: which number, or which records, call for somebody, and what then is to be done.

import {z} from "zod";
import {metrics} from "../../src/metrics/index.js";
import {alertLists, type AlertRule} from "../alerts/rules.js";
import {nearest} from "./problems.js";
import type {Reading} from "./reading.js";

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _");
const number = z.union([z.number(), z.string().regex(/^[+-]?\d+(\.\d+)?%?$/, "a number such as 12.5, or a share such as 5%")]);

export const alertsSchema = z
  .record(name, z.strictObject({
    metric: z.string().optional().describe("Id of a KPI, with a variant as win_rate:with_overdue"),
    list: z.string().optional().describe("In place of a KPI: every record of a list to work off, or customers_at_risk"),
    by: z.string().optional().describe("Dimension whose members are judged one by one: owner, team, source …"),
    period: z.string().regex(/^(closed|current):(week|month|quarter|year|fiscal_quarter|fiscal_year)$/, "closed:month, current:quarter …").default("closed:month").describe("Period whose number counts"),
    above: number.optional().describe("Fires above this; of a list, records worth more than this"),
    below: number.optional().describe("Fires below this"),
    signal: z.enum(["worse", "any"]).optional().describe("Fires where the number leaves what is usual: for the worse, or either way"),
    recover: number.optional().describe("What fires goes on until the number is back on the good side of this"),
    again_after_days: z.number().int().min(1).max(365).optional().describe("Told again after so many days while it goes on; once where absent"),
    due_days: z.number().int().min(0).max(365).default(7).describe("Days until the task is due"),
    task: z.string().min(1).optional().describe("What is to be done; what the report says of a list or a KPI where absent"),
    owner: z.string().min(1).optional().describe("Whose task it is where the record or member has no owner")
  }))
  .default({})
  .describe("Alerts, by a name of your own");

type Written = z.output<typeof alertsSchema>;

/** Returns the alerts in the order of the file. Faults are added to those found. */
export function reportAlerts(written: Written, {file, lineOf, found}: Reading): AlertRule[] {
  const known = metrics.filter(({internal}) => !internal).map(({id}) => id);
  return Object.entries(written).flatMap(([id, one]): AlertRule[] => {
    const line = lineOf(["alerts", id]);
    const wrong = (value: string, expected: string): [] => {
      found.push({code: "wrong_value", file, line, key: `alerts.${id}`, value, expected});
      return [];
    };
    const unknown = (key: string, value: string, expected: string, allowed: readonly string[]): [] => {
      found.push({code: "unknown_key", file, line, key: `alerts.${id}.${key}`, value, expected, allowed, nearest: nearest(value, allowed)});
      return [];
    };
    const {metric, list, by = null, period, signal} = one;
    const [above, below, recover] = [one.above, one.below, one.recover].map(toNumber) as [number | null, number | null, number | null];
    const told = {id, above, again: one.again_after_days ?? null, due: one.due_days, task: one.task ?? null, owner: one.owner ?? null};
    if ((metric === undefined) === (list === undefined)) return wrong(metric === undefined ? "neither" : "metric and list", "either a metric or a list");
    if (list !== undefined) {
      if (!alertLists.includes(list as never)) return unknown("list", list, "a list to work off", alertLists);
      if (by !== null || below !== null || signal !== undefined || recover !== null) return wrong("by, below, signal or recover", "with a list only above, again_after_days, due_days, task and owner");
      return [{...told, kind: "list", list: list as (typeof alertLists)[number]}];
    }
    if (!known.includes(metric!) && !/^[a-z0-9_]+:[a-z0-9_]+$/.test(metric!)) return unknown("metric", metric!, "a KPI of the report", known);
    const conditions = [above !== null, below !== null, signal !== undefined].filter(Boolean).length;
    if (conditions !== 1) return wrong(conditions === 0 ? "no condition" : `${conditions} conditions`, "one of above, below and signal");
    if (recover !== null && (signal !== undefined || (above !== null ? recover > above : recover < below!))) return wrong(`recover: ${one.recover}`, signal !== undefined ? "none: a signal ends where the number is usual again" : above !== null ? `at most ${one.above}` : `at least ${one.below}`);
    return [{...told, kind: "metric", metric: metric!, by, period, below, signal: signal ?? null, recover}];
  });
}

const toNumber = (text: string | number | undefined): number | null =>
  text === undefined ? null : typeof text === "number" ? text : text.endsWith("%") ? Number(text.slice(0, -1)) / 100 : Number(text);
