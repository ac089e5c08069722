// What needs attention: the KPIs that stand badly, why, what made it, what to do and whose task it is.

import type {DimensionId} from "../metrics/define.js";
import type {SegmentShare} from "../query/explain/why.js";
import type {SeriesPoint} from "../query/explain/series.js";
import type {AnswerRow} from "../query/question.js";
import {element} from "./element.js";
import type {ComponentOptions, MetricFace} from "./options.js";

export interface Attention {
  readonly metric: MetricFace;
  readonly row: AnswerRow;
  /** The signal against the KPI's direction; null where only the target is missed. */
  readonly point: SeriesPoint | null;
  /** The goal that is missed by more than the tolerance, or the part of it that was due. */
  readonly missed: number | null;
  /** Id of the play that the KPI calls for. */
  readonly play: string | undefined;
  /** What the settings say in place of the play. */
  readonly own?: {readonly look?: string; readonly action?: string};
  /** The role that answers for the KPI. */
  readonly role: string;
  /** The segments that moved it most in the bad direction. */
  readonly segments: readonly SegmentShare[];
  /** Their changes make up that of the whole; else each is the segment's own. */
  readonly adds: boolean;
  /** The period that they moved from. */
  readonly on: "previous" | "last_year";
  readonly dimension: DimensionId;
}

export interface AttentionOptions extends ComponentOptions {
  readonly items: readonly Attention[];
  /** KPIs that were looked at. */
  readonly looked: number;
  /** KPIs too young for limits and without a goal. */
  readonly unknown: number;
  /** Share of a target that may be missed; null where it differs between the KPIs. */
  readonly tolerance: number | null;
  readonly definitionHref: (metric: string) => string;
}

/** Returns the list, worst-founded last; a sentence where nothing stands badly. */
export function attentionList({items, looked, unknown, tolerance, definitionHref, format, document}: AttentionOptions): HTMLElement {
  const note = format.message("attention.looked", {looked, bad: items.length, unknown, allowed: tolerance === null ? "several" : tolerance === 0 ? "none" : "some", tolerance: format.percent(tolerance ?? 0, Number.isInteger(Number(((tolerance ?? 0) * 100).toFixed(6))) ? 0 : 1)});
  return element(
    document,
    "div",
    {class: "qd-attention"},
    items.length > 0 && element(document, "ul", {class: "qd-attention-list"}, items.map((item) => one(item, {definitionHref, format, document}))),
    element(document, "p", {class: "qd-caveats"}, note)
  );
}

function one({metric, row, point, missed, play, own, role, segments, adds, on, dimension}: Attention, {definitionHref, format, document}: Pick<AttentionOptions, "definitionHref" | "format" | "document">): HTMLElement {
  const value = (of: number) => format.value(of, metric.unit);
  const reasons = [
    ...(point?.signal ? [format.message(`attention.rule.${point.signal.rule}`, {side: point.signal.side, low: value(point.lower!), high: value(point.upper!)})] : []),
    ...(missed === null ? [] : [format.message("attention.missed", {target: value(missed)})])
  ];
  const moved = segments.map((segment) => format.message("attention.segment", {member: format.member(dimension, segment.member), change: format.change({value: segment.change}, {value: 0}, metric).absolute}));
  const line = (label: string, text: string) => [element(document, "dt", {}, format.message(label)), element(document, "dd", {}, text)];
  const [look, action] = (["look", "action"] as const).map((part) => own?.[part] ?? (play ? format.message(`play.${play}.${part}`) : ""));
  return element(
    document,
    "li",
    {class: "card", "data-metric": metric.id},
    element(document, "h3", {}, element(document, "a", {href: definitionHref(metric.id)}, format.metric(metric.id)), " ", element(document, "strong", {}, value(row.value!))),
    element(document, "p", {}, reasons.join("; ")),
    element(
      document,
      "dl",
      {},
      moved.length > 0 && line(adds ? "attention.moved" : "attention.changed", format.message("attention.on", {segments: format.list(moved, "and"), on})),
      look !== "" && line("attention.look", look!),
      action !== "" && line("attention.action", action!),
      line("attention.role", role)
    )
  );
}
