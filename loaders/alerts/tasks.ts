// Alerts in words, and as tasks that a CRM can import.

import {Temporal} from "temporal-polyfill";
import {csvText} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {plainText, shorten} from "../../src/format/text.js";
import type {Metric} from "../../src/metrics/define.js";
import {playFor} from "../../src/metrics/playbook.js";
import {findMetric} from "../../src/query/catalogue.js";
import type {Manifest} from "../../src/query/manifest.js";
import {ownPlayOf} from "../../src/query/rules.js";
import {ruledMetric} from "./evaluate.js";
import type {AlertEntry, AlertReport, AlertRule} from "./rules.js";

export interface AlertWords {
  readonly rules: readonly AlertRule[];
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
}

/** Columns of tasks.csv, the same in every language. */
export const taskColumns = ["subject", "due_date", "owner", "related_to", "about", "description", "alert", "state", "since"] as const;

/** Returns what an entry is about in a line: "Customer churn of Enterprise: 6.1%", "Past close date: 00QQd0000001". */
export function alertSubject({alert, entity, value}: AlertEntry, words: AlertWords): string {
  const {rules, manifest, catalogue, format} = words;
  const rule = rules.find(({id}) => id === alert)!;
  const name = (text: string): string => shorten(plainText(text), 80);
  if (rule.kind === "list") {
    const worth = value === null ? "" : format.value(value, "currency");
    return format.message("alerts.record", {list: listLabel(rule.list, format), record: name(entity ?? ""), worth: worth || "none"});
  }
  const metric = ruledMetric(rule, {manifest, catalogue});
  const shown = {metric: format.metric(metric.id), value: format.value(value, metric.unit)};
  if (rule.by === null) return format.message("alerts.whole", shown);
  return format.message("alerts.member", {...shown, member: name(format.member(rule.by, entity))});
}

/** Returns what is to be done: what the settings say, else the remedy of the list or the playbook's action for the KPI. */
export function alertTask(entry: AlertEntry, {rules, manifest, format}: AlertWords): string {
  const rule = rules.find(({id}) => id === entry.alert)!;
  if (rule.task !== null) return rule.task;
  const play = (metric: string): string => ownPlayOf(metric, manifest)?.action ?? (playFor(metric) ? format.message(`play.${playFor(metric)!.id}.action`) : format.message("alerts.look"));
  if (rule.kind === "list") return rule.list === "customers_at_risk" ? play("health_score") : format.message(`hygiene.${rule.list}.remedy`);
  return play(rule.metric.split(":")[0]!);
}

/** Returns the tasks of what is told now and goes on, as CSV: no cell runs in a spreadsheet. */
export function tasksCsv({entries, asOf}: AlertReport, words: AlertWords): string {
  const {rules, format} = words;
  return csvText(taskColumns, entries.filter(({tell, state}) => tell && state !== "recovered").map((entry) => {
    const rule = rules.find(({id}) => id === entry.alert)!;
    const about = rule.kind === "list" ? rule.list : rule.by ?? "report";
    return [
      alertSubject(entry, words), Temporal.PlainDate.from(asOf).add({days: rule.due}).toString(), entry.owner ?? rule.owner, entry.entity, about,
      `${alertTask(entry, words)} (${format.message("alerts.since", {date: format.date(entry.since)})})`, entry.alert, entry.state, entry.since
    ];
  }));
}

const listLabel = (list: string, format: Formatter): string => format.message(list === "customers_at_risk" ? "alerts.customers_at_risk" : `hygiene.${list}.label`);

/** Entities of a state that a line names. */
const named = 5;

/** Returns the report in lines: each alert that has something, its new, ongoing and recovered ones, the first of them by name. */
export function alertLines({entries, previous}: AlertReport, words: AlertWords): string[] {
  const {rules, format} = words;
  const lines = rules.flatMap(({id}) => {
    const own = entries.filter(({alert}) => alert === id);
    return (["new", "ongoing", "recovered"] as const).flatMap((state) => {
      const some = own.filter((entry) => entry.state === state);
      if (some.length === 0) return [];
      const more = some.length > named ? ` ${format.message("alerts.more", {count: some.length - named})}` : "";
      return [`  ${format.message(`alerts.state.${state}`).padEnd(10)}${id}: ${some.slice(0, named).map((entry) => alertSubject(entry, words)).join("; ")}${more}`];
    });
  });
  return [format.message("alerts.summary", {
    new: entries.filter(({state}) => state === "new").length, ongoing: entries.filter(({state}) => state === "ongoing").length,
    recovered: entries.filter(({state}) => state === "recovered").length, previous: previous ?? "none"
  }), ...lines];
}
