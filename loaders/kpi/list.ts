// Everything that can be asked of one report.

import type {Formatter} from "../../src/format/formatter.js";
import {plainText} from "../../src/format/text.js";
import {missingData} from "../../src/query/catalogue.js";
import type {Metric, View} from "../../src/metrics/define.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {MissingData} from "../../src/query/question.js";

export interface ListOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly views: readonly View[];
  readonly format: Formatter;
}

/** Returns one line for each metric, view and dimension: its id, its name, and what the exports lack for it. */
export function kpiList({manifest, catalogue, views, format}: ListOptions): string {
  const lacking = (missing: MissingData | null) => (missing ? `${format.reason(missing.why)}: ${missing.columns.join(", ")}` : "");
  const listed = catalogue.filter(({internal}) => !internal).map((metric) => {
    const key = `metric.${metric.id}.label`;
    const label = format.has(key) ? format.message(key) : plainText(metric.label ?? metric.id);
    return [metric.id, label, lacking(missingData(metric, manifest))];
  });
  const viewed = views.map(({id}) => [id, format.message(`view.${id}.label`), ""]);
  const split = manifest.dimensions.map(({id, label, members}) => [`--by ${id}`, label === undefined ? format.dimension(id) : plainText(label), String(members.length)]);
  return [listed, viewed, split].filter(({length}) => length > 0).map(aligned).join("\n\n") + "\n";
}

function aligned(lines: readonly string[][]): string {
  const widths = [0, 1].map((k) => Math.max(...lines.map((line) => [...line[k]!].length)));
  return lines.map((line) => line.map((text, k) => text + " ".repeat(Math.max(0, (widths[k] ?? 0) - [...text].length))).join("  ").trimEnd()).join("\n");
}
