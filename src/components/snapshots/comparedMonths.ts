// Two frozen months side by side, KPI by KPI: what each told of itself, how far they are apart, and what the later one says of the earlier.

import {csvText, type CsvValue} from "../../format/csv.js";
import type {ToldMonth} from "../../query/manifest.js";
import type {Period} from "../../query/question.js";
import {element} from "../element.js";
import type {ComponentOptions, MetricFace} from "../options.js";
import {saveButton} from "../saveButton.js";
import {table, type TableCell} from "../table.js";

export interface ComparedMonthsOptions extends ComponentOptions {
  /** KPIs that the report has words for, in its order. */
  readonly metrics: readonly MetricFace[];
  readonly periodOf: (month: string) => Period;
  readonly hrefOf: (metric: string) => string;
  /** Told of a reader's choice: ids of the earlier and the later. Without it (at build) the controls are there, but disabled. */
  readonly onChange?: (pair: readonly [string, string]) => void;
  /** Hands the reader the comparison as a file; absent where no script runs. */
  readonly save?: () => void;
}

export interface ComparedRow {
  readonly metric: MetricFace;
  readonly then: readonly [value: number | null, n: number] | null;
  readonly now: readonly [value: number | null, n: number] | null;
  /** What the later month says of the earlier; undefined where it says the same. */
  readonly restated: number | null | undefined;
  /** Versions of its definition, where they are two. */
  readonly versions: readonly [number, number] | null;
}

/** Returns the KPIs of which either month told a number, in the order of `metrics`. */
export function comparedRows(then: ToldMonth, now: ToldMonth, metrics: readonly MetricFace[]): ComparedRow[] {
  return metrics.filter(({id}) => (then.values[id]?.[0] ?? now.values[id]?.[0] ?? null) !== null).map((metric) => {
    const {id} = metric;
    const [before, after] = [then.versions[id], now.versions[id]];
    return {
      metric, then: then.values[id] ?? null, now: now.values[id] ?? null, restated: now.restated[then.id]?.[id],
      versions: before !== undefined && after !== undefined && before !== after ? [before, after] : null
    };
  });
}

/** Returns the ids that a page begins with: the last month and the last of another month before it; null with fewer than two months. */
export function lastPair(told: readonly ToldMonth[]): readonly [string, string] | null {
  const now = told.at(-1);
  const then = [...told].reverse().find(({month}) => month !== now?.month);
  return now && then ? [then.id, now.id] : null;
}

/** Returns the comparison; a sentence where two months are wanting. The months stand in the figure, for whoever makes it live. */
export function comparedMonths(told: readonly ToldMonth[], pair: readonly [string, string] | null, options: ComparedMonthsOptions): HTMLElement {
  const {format, document, metrics, save} = options;
  const [then, now] = [told.find(({id}) => id === pair?.[0]), told.find(({id}) => id === pair?.[1])];
  if (!then || !now) return element(document, "p", {class: "qd-caveats"}, format.message("snapshots.none_yet"));
  const rows = comparedRows(then, now, metrics);
  const restated = rows.filter((row) => row.restated !== undefined).length;
  const tones = rows.map((row) => changeOf(row, options)?.tone);
  const count = (tone: string) => tones.filter((one) => one === tone).length;
  return element(
    document, "figure", {class: "qd-chart qd-compared", "data-told": JSON.stringify(told)},
    element(
      document, "figcaption", {},
      element(document, "h3", {class: "qd-finding"}, format.message("snapshots.compared.finding", {then: nameOf(then, options), now: nameOf(now, options), better: count("good"), worse: count("bad")})),
      element(document, "p", {class: "qd-subtitle"}, format.message("snapshots.compared.subtitle", {restated, then: nameOf(then, options), now: nameOf(now, options)}))
    ),
    choices(told, [then, now], options),
    comparedTable(rows, then, now, options),
    save && saveButton(format.message("snapshots.compared.save"), save, document)
  );
}

/** "September 2026", "September 2026, corrected" */
function nameOf({id, month}: ToldMonth, {format, periodOf}: Pick<ComparedMonthsOptions, "format" | "periodOf">): string {
  const name = format.period(periodOf(month));
  return id === month ? name : format.message("snapshots.corrected", {month: name});
}

function choices(told: readonly ToldMonth[], [then, now]: readonly [ToldMonth, ToldMonth], options: ComparedMonthsOptions): HTMLElement {
  const {document, format, onChange} = options;
  const select = (name: string, chosen: ToldMonth) => {
    const control = element(document, "select", {name, disabled: onChange === undefined, autocomplete: "off"}, ...[...told].reverse().map((one) => element(document, "option", {value: one.id, selected: one.id === chosen.id}, nameOf(one, options))));
    control.addEventListener("change", () => onChange?.([earlier.value, later.value]));
    return control;
  };
  const earlier: HTMLSelectElement = select("qd-compared-then", then);
  const later: HTMLSelectElement = select("qd-compared-now", now);
  const label = (key: string, control: HTMLElement) => element(document, "label", {}, element(document, "span", {}, format.message(key)), control);
  const form = element(document, "form", {class: "qd-filters", "aria-label": format.message("snapshots.compared.choices")}, element(document, "div", {class: "qd-controls"}, label("snapshots.compared.then", earlier), label("snapshots.compared.now", later)));
  form.addEventListener("submit", (event) => event.preventDefault());
  return form;
}

/** How far the later month is from the earlier; null where either has no value, or the definition is another one. */
function changeOf({metric, then, now, versions}: ComparedRow, {format}: Pick<ComparedMonthsOptions, "format">) {
  if (then === null || now === null || then[0] === null || now[0] === null || versions) return null;
  return format.change({value: now[0], n: now[1]}, {value: then[0], n: then[1]}, metric);
}

function comparedTable(rows: readonly ComparedRow[], then: ToldMonth, now: ToldMonth, options: ComparedMonthsOptions): HTMLElement {
  const {format, document, hrefOf} = options;
  const anyRestated = rows.some(({restated}) => restated !== undefined);
  const label = (text: string, numeric = true) => ({label: text, numeric});
  return table(
    {
      caption: format.message("snapshots.compared.caption", {then: nameOf(then, options), now: nameOf(now, options)}),
      columns: [
        label(format.message("snapshots.kpi"), false), label(nameOf(then, options)), label(nameOf(now, options)), label(format.message("snapshots.compared.change")),
        ...(anyRestated ? [label(format.message("snapshots.compared.restated", {then: nameOf(then, options), now: nameOf(now, options)}))] : [])
      ],
      rows: rows.map((row): TableCell[] => {
        const {metric: {id, unit}, restated, versions} = row;
        const value = (of: ComparedRow["then"]): TableCell => (of === null ? {text: format.message("snapshots.compared.absent"), sort: null, muted: true} : {text: format.value(of[0], unit), sort: of[0]});
        const change = changeOf(row, options);
        const {absolute = null, relative = null} = change?.variance ?? {};
        return [
          {text: format.metric(id), link: {href: hrefOf(id)}}, value(row.then), value(row.now),
          versions ? {text: format.message("snapshots.cause.definition", {versions: versions.join(" → ")}), sort: null, muted: true}
            : change ? {text: change.text, sort: relative ?? absolute, tone: change.tone, note: change.note} : {text: "–", sort: null, muted: true},
          ...(anyRestated ? [restated === undefined ? {text: "", sort: null} : {text: format.value(restated, unit, {precise: true}), sort: restated}] : [])
        ];
      }),
      max: 25
    },
    {format, document}
  );
}

/** Returns the comparison as CSV, values unrounded; nothing that a spreadsheet would run. */
export function comparedCsv(rows: readonly ComparedRow[], [then, now]: readonly [string, string]): string {
  return csvText(
    ["metric", then, now, `${then}_in_${now}`, "version_then", "version_now"],
    rows.map(({metric, then: before, now: after, restated, versions}): CsvValue[] => [metric.id, before?.[0] ?? null, after?.[0] ?? null, restated === undefined ? before?.[0] ?? null : restated, versions?.[0] ?? null, versions?.[1] ?? null])
  );
}
