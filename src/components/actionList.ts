// Did it work? One card for each action: the verdict, the KPI's course before and after, and what was done by whom.

import type {Action} from "../query/manifest.js";
import type {ActionResult} from "../query/explain/action.js";
import type {Answer} from "../query/question.js";
import {element} from "./element.js";
import {type ComponentOptions, type MetricFace} from "./options.js";
import {signalChart} from "./signalChart.js";
import {timeNotesIn} from "./timeNotes.js";

/** An action with what became of it; without an answer it could not be judged, and says why. */
export interface JudgedAction {
  readonly action: Action;
  readonly judged: {readonly metric: MetricFace; readonly answer: Answer; readonly result: ActionResult} | null;
}

export interface ActionListOptions extends ComponentOptions {
  readonly actions: readonly JudgedAction[];
  /** Closed periods since the start without which no signal is no answer. */
  readonly needed: number;
  readonly interactive?: boolean;
}

/** Returns the list; a sentence where nothing was done. Texts of actions are the company's own and only ever text. */
export function actionList({actions, needed, interactive = false, format, document}: ActionListOptions): HTMLElement {
  if (actions.length === 0) return element(document, "p", {class: "qd-empty"}, format.message("actions.none"));
  return element(document, "ul", {class: "qd-actions"}, actions.map((one) => card(one)));

  function card({action, judged}: JudgedAction): HTMLElement {
    const verdict = judged ? judged.result.verdict : "unread";
    return element(
      document, "li", {class: "card", "data-verdict": verdict},
      element(document, "h3", {}, action.action),
      element(document, "p", {class: "qd-verdict"}, element(document, "strong", {}, format.message(`actions.verdict.${verdict}`)), " ", why({action, judged})),
      element(document, "dl", {}, facts({action, judged})),
      judged && drawn({action, judged})
    );
  }

  function why({action, judged}: JudgedAction): string {
    if (!judged) return format.message(`actions.fault.${action.fault ?? "data"}`, {metric: action.metric, segment: action.segment ? `${action.segment.dimension}=${action.segment.value ?? ""}` : ""});
    const {metric, result: {verdict, signal, periods, periodsBefore, series}} = judged;
    if (verdict === "unjudged") return periodsBefore < needed ? format.message("actions.why.before", {count: periodsBefore, needed}) : format.message("actions.why.direction");
    if (verdict === "open") return format.message("actions.why.open", {count: periods, needed});
    const value = (of: number) => format.value(of, metric.unit);
    const range = series.limits ? {low: value(signal?.lower ?? series.limits.lower), high: value(signal?.upper ?? series.limits.upper)} : {low: "–", high: "–"};
    if (!signal) return format.message("actions.why.routine", {...range, count: periods});
    return format.message("actions.why.signal", {...range, rule: signal.signal!.rule, side: signal.signal!.side, period: format.period(signal.period), value: value(signal.value!)});
  }

  function facts({action, judged}: JudgedAction) {
    const {expected, segment} = action;
    const name = judged ? format.metric(judged.metric.id) : action.metric;
    const member = segment && format.message("filter.is", {dimension: format.dimension(segment.dimension), members: format.member(segment.dimension, segment.value)});
    const change = judged && expected?.by != null ? format.change({value: expected.by}, {value: 0}, judged.metric).absolute : null;
    const course = judged && judged.result.before !== null && judged.result.since !== null
      ? format.message("actions.course_words", {before: format.value(judged.result.before, judged.metric.unit), since: format.value(judged.result.since, judged.metric.unit)}) : null;
    const lines: [string, string | null][] = [
      ["kpi", member ? `${name} · ${member}` : name],
      ["from", format.date(action.start)],
      ["expected", expected ? (change ?? format.message(`actions.direction.${expected.direction}`)) : null],
      ["course", course],
      ["judged", judged && judgedAgainst(judged.result)],
      ["role", action.role]
    ];
    return lines.filter(([, text]) => text !== null && text !== "").map(([key, text]) => [element(document, "dt", {}, format.message(`actions.${key}`)), element(document, "dd", {}, text)]);
  }

  /** A verdict has limits of its own, those of the time before; the signal of the same KPI elsewhere has those of its baseline. */
  function judgedAgainst({series: {baseline, limits}, periodsBefore}: ActionResult): string | null {
    return baseline && limits ? format.message("actions.judged_words", {count: periodsBefore, from: format.date(baseline.from), to: format.date(baseline.to)}) : null;
  }

  function drawn({action, judged}: {action: Action; judged: NonNullable<JudgedAction["judged"]>}): HTMLElement {
    const {metric, answer, result: {series}} = judged;
    return signalChart(answer, {
      metric, series,
      told: series.points.some(({value}) => value !== null) ? {point: series.points.at(-1)!, verdict: "unjudged"} : null,
      happened: timeNotesIn({actions: [action]}, series.points.map(({period}) => period)).map((start) => ({...start, label: format.message("actions.started")})),
      untold: true,
      finding: format.message("actions.finding", {metric: format.metric(metric.id)}),
      heading: "h4", interactive, format, document
    });
  }
}
