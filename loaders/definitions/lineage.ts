// From a metric down to the files: its marts, the canonical tables they read through any steps between, the exports.

import type {Defined} from "../../src/metrics/targets.js";
import {leavesOf} from "../../src/query/catalogue.js";
import type {MartUse, TableUse} from "../../src/query/making.js";
import type {FileLedger} from "../../src/query/manifest.js";
import {otherTables, type MartModel} from "../build/martModel.js";

/** Returns the marts of the metric in the order of its parts, each with the canonical tables behind it. */
export function lineageOf(metric: Defined, models: readonly MartModel[], files: readonly FileLedger[]): MartUse[] {
  const marts = metric.type === "target" ? ["fct_target"] : [...new Set(leavesOf(metric).map(({mart}) => mart))];
  return marts.map((mart) => {
    const model = models.find(({name}) => name === mart);
    const read = model ? tablesBehind(model, models) : new Set<string>();
    const tables = [...read].map((table) => tableUse(table, metric.needs, files));
    return {mart, grain: model?.grain ?? "", tables: [...tables.filter(({columns}) => columns.length > 0), ...tables.filter(({columns, files}) => columns.length === 0 && files.length > 0)]};
  });
}

function tablesBehind({sources}: MartModel, models: readonly MartModel[]): Set<string> {
  const tables = new Set<string>();
  for (const {name} of sources) {
    const step = models.find((model) => model.name === name);
    for (const table of step ? tablesBehind(step, models) : [otherTables[name] ?? name]) tables.add(table);
  }
  return tables;
}

function tableUse(table: string, needs: readonly string[], files: readonly FileLedger[]): TableUse {
  const columns = needs
    .map((need) => need.split("|").filter((column) => column.startsWith(`${table}.`)).map((column) => column.slice(table.length + 1)))
    .filter(({length}) => length > 0)
    .map((alternatives) => alternatives.join("|"));
  const fed = files.filter((file) => file.table === table && file.earlierExport === undefined);
  return {table, columns: [...new Set(columns)], files: fed.map(({file, kept}) => ({file, kept}))};
}
