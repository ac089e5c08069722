// What stands behind a number of the page: which number, how many records in each part, those left out, SQL, CSV.

import type {DimensionId} from "../metrics/define.js";
import type {FilledPiece} from "../query/filled.js";
import type {Period} from "../query/question.js";
import type {NumberRecords, PartCount} from "../query/records.js";
import {nameOf} from "./definitionWords.js";
import {element} from "./element.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {statementText} from "./statementText.js";

/** Which of the numbers is looked into. */
export interface Pick {
  readonly metric: string;
  readonly period: string;
  /** Of a breakdown; undefined for the total. */
  readonly member: string | null | undefined;
}

export interface Looked extends NumberRecords {
  readonly sql: readonly (readonly FilledPiece[])[];
}

export interface RecordsPanelOptions extends ComponentOptions {
  readonly metrics: readonly MetricFace[];
  readonly periods: readonly Period[];
  readonly dimension?: DimensionId;
  readonly members: readonly (string | null)[];
  readonly look: (pick: Pick) => Promise<Looked>;
  /** Makes the CSV and hands it to the reader. */
  readonly download: (pick: Pick, looked: Looked) => Promise<void>;
  /** More records than this are not made into a file here. */
  readonly most: number;
  /** What gets the same in a terminal. */
  readonly command: (pick: Pick) => string;
  /** What an error means, in words. */
  readonly failure: (error: unknown) => string;
}

/** Returns the panel and looks into its first number. A later choice overtakes an earlier one that is still read. */
export function recordsPanel(options: RecordsPanelOptions): HTMLElement {
  const {metrics, periods, dimension, members, look, format, document} = options;
  const result = element(document, "div", {class: "qd-making-result", "aria-live": "polite"});
  const metric = choice("table.metric", metrics.map(({id}) => format.metric(id)));
  const member = choice("records.member", [format.message("table.total"), ...members.map((one) => format.member(dimension ?? "", one))]);
  const period = choice("filter.period", periods.map((one) => format.period(one)));
  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const pick: Pick = {metric: metrics[metric?.selectedIndex ?? 0]!.id, period: periods[period?.selectedIndex ?? 0]!.key, member: member && member.selectedIndex > 0 ? members[member.selectedIndex - 1]! : undefined};
    result.replaceChildren(element(document, "p", {}, format.message("records.working")));
    try {
      const looked = await look(pick);
      if (mine === turn) result.replaceChildren(...shown(pick, looked, options));
    } catch (error) {
      if (mine === turn) result.replaceChildren(element(document, "p", {}, format.message("records.failed", {why: options.failure(error)})));
    }
  };
  for (const select of [metric, member, period]) select?.addEventListener("change", () => void show());
  void show();
  return element(document, "div", {}, element(document, "div", {class: "qd-making-picks"}, [["table.metric", metric], ["records.member", member], ["filter.period", period]].map(([key, select]) =>
    select && element(document, "label", {}, element(document, "span", {}, format.message(key as string)), " ", select as HTMLElement))), result);

  function choice(label: string, names: readonly string[]): HTMLSelectElement | null {
    if (names.length < 2) return null;
    return element(document, "select", {"aria-label": format.message(label)}, names.map((name) => element(document, "option", {}, name)));
  }
}

function shown(pick: Pick, looked: Looked, {metrics, download, most, command, failure, format, document}: RecordsPanelOptions): HTMLElement[] {
  const {row, parts, sql} = looked;
  const face = metrics.find(({id}) => id === pick.metric)!;
  const value = row.value === null ? format.reason(row.reason) || format.message("reason.undefined") : format.value(row.value, face.unit, {precise: true});
  const records = parts.reduce((all, {counted, leftOut}) => all + counted + sum(leftOut), 0);
  const number = element(document, "p", {class: "qd-making-number"}, `${format.metric(pick.metric)}, ${format.period(row.period)}: `, element(document, "strong", {}, value));
  if (parts.length === 0) return [number, element(document, "p", {}, format.message("records.none"))];
  const button = element(document, "button", {type: "button"}, format.message("records.download", {count: records}));
  const said = element(document, "span", {role: "status"});
  button.addEventListener("click", () => {
    button.disabled = true;
    said.replaceChildren();
    download(pick, looked).catch((error: unknown) => said.append(format.message("records.failed", {why: failure(error)}))).finally(() => (button.disabled = false));
  });
  const lines = parts.map((part) => element(
    document, "li", {}, `${partName(part)}: `, element(document, "strong", {}, format.message("records.counted", {count: part.counted})),
    [...told("left_out", part.leftOut), ...told("noted", part.noted)].map((words) => `; ${words}`)
  ));
  return [
    number,
    element(document, "ul", {class: "qd-making-parts"}, lines),
    records === 0 ? element(document, "p", {}, format.message("records.none"))
      : records > most ? element(document, "p", {}, format.message("records.too_many", {count: format.value(records, "count", {precise: true}), command: command(pick)}))
        : element(document, "p", {class: "qd-making-file"}, button, " ", said),
    statementText(format.message("definition.sql"), sql, {format, document})
  ];

  function told(kind: "left_out" | "noted", counts: Readonly<Record<string, number>>): string[] {
    return Object.entries(counts).map(([note, count]) => format.message(`records.${kind}.${note}`, {count}));
  }

  function partName({part}: PartCount): string {
    const sides = part.roles.flatMap((role) => (role === "numerator" || role === "denominator" ? [format.message(`records.side.${role}`)] : []));
    return `${nameOf(part.metric, format)}${sides.length > 0 ? ` (${sides.join(", ")})` : ""}`;
  }
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((all, count) => all + count, 0);
