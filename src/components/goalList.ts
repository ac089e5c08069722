// What the business may want: one section a goal, in it a card for each KPI that serves it, with how it stands and why it
// serves. All stand there without a script; src/elements/chooseGoal.ts shows the one that is chosen.

import type {Verdict, SeriesPoint, Standing} from "../query/explain/series.js";
import type {Answer, AnswerRow, MissingData} from "../query/question.js";
import type {OwnPlay} from "../query/rules.js";
import {element, type Child} from "./element.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {nWords, totalRow, trendRows} from "./rows.js";

export interface GoalKpi {
  /** Id of the KPI; `face` may be that of the definition which stands for it. */
  readonly kpi: string;
  readonly face: MetricFace;
  readonly missing: MissingData | null;
  /** Null without an answer or without data. */
  readonly standing: {
    readonly row: AnswerRow | undefined;
    readonly stands: Standing;
    readonly verdict: Verdict;
    readonly point: SeriesPoint | null;
    readonly held: number | null;
    readonly missed: boolean | null;
  } | null;
  /** Id of the play for when it is bad. */
  readonly play: string | undefined;
  readonly own: OwnPlay | undefined;
}

export interface GoalEntry {
  readonly id: string;
  /** The goal that the settings name as the report's focus. */
  readonly isFocus: boolean;
  readonly kpis: readonly GoalKpi[];
  readonly pages: readonly {readonly page: string; readonly href: string}[];
}

export interface GoalListOptions extends ComponentOptions {
  readonly answer?: Answer;
  readonly definitionHref: (metric: string) => string;
}

/** Returns the chooser, a list of links, and the goals in the given order. */
export function goalList(entries: readonly GoalEntry[], options: GoalListOptions): HTMLElement {
  const {format, document, answer} = options;
  const choice = (href: string, id: string, label: string) => element(document, "li", {}, element(document, "a", {href, "data-goal": id}, label));
  return element(
    document,
    "div",
    {class: "qd-goals", id: "all"},
    element(document, "nav", {class: "qd-goal-choice", "aria-label": format.message("goals.choose")}, element(document, "ul", {}, entries.map(({id}) => choice(`#${id}`, id, format.message(`goal.${id}.label`))), choice("#all", "all", format.message("goals.all")))),
    answer && element(document, "p", {class: "qd-small"}, format.message("goals.when", {period: format.period(answer.period)})),
    entries.map((entry) => section(entry, options))
  );
}

function section({id, isFocus, kpis, pages}: GoalEntry, options: GoalListOptions): HTMLElement {
  const {format, document} = options;
  const told = kpis.filter(({standing}) => standing !== null);
  const count = (of: Standing) => told.filter(({standing}) => standing!.stands === of).length;
  return element(
    document,
    "section",
    {class: "qd-goal", id, "data-focus": isFocus},
    element(document, "h2", {}, format.message(`goal.${id}.label`), isFocus && element(document, "span", {class: "qd-goal-focus"}, format.message("goals.focus"))),
    element(document, "p", {class: "qd-goal-meaning"}, format.message(`goal.${id}.meaning`)),
    element(document, "p", {class: "qd-goal-count"}, format.message("goals.count", {told: told.length, bad: count("bad"), good: count("good"), routine: count("routine"), unknown: count("unknown")})),
    element(document, "ul", {class: "qd-goal-kpis"}, kpis.map((kpi) => card(id, kpi, options))),
    pages.length > 0 && element(document, "p", {class: "qd-small"}, format.message("goals.more"), " ", pages.map(({page, href}, k) => [k > 0 && " · ", element(document, "a", {href}, format.message(`page.${page}`))]))
  );
}

function card(goal: string, {kpi, face, missing, standing, play, own}: GoalKpi, {answer, definitionHref, format, document}: GoalListOptions): HTMLElement {
  const row = standing?.row;
  const stands = standing?.stands ?? "unknown";
  const earlier = row?.value === null && answer ? trendRows(answer, face.id).filter(({value, inProgress}) => value !== null && !inProgress).at(-1) : undefined;
  const lacking = earlier ? "" : missing ? format.reason(missing.why) : row && row.value === null ? format.reason(row.reason) || format.message("reason.undefined") : "";
  const changes = row && row.value !== null && answer ? (["previous", "last_year"] as const).map((role) => changeLine(answer, row, role, face, {format, document})) : [];
  return element(
    document,
    "li",
    {class: "card", "data-metric": face.id, "data-standing": stands},
    element(document, "h3", {}, element(document, "a", {href: definitionHref(kpi)}, format.metric(face.id)), element(document, "strong", {class: lacking ? "qd-muted" : null}, lacking || format.value((earlier ?? row)?.value ?? null, face.unit))),
    element(document, "p", {class: "qd-goal-standing"}, missing ? format.message("empty.columns", {columns: format.list(missing.columns)}) : earlier ? format.message("goals.earlier", {period: format.period(earlier.period), why: format.reason(row?.reason)}) : standingWords(standing, face, {format, document})),
    changes.some(Boolean) && element(document, "ul", {class: "qd-changes"}, changes),
    row && row.value !== null && element(document, "p", {class: "qd-n"}, nWords(row, format)),
    element(document, "p", {class: "qd-goal-why"}, format.message(`goal.${goal}.why.${kpi}`)),
    stands === "bad" && (own?.action !== undefined || play !== undefined) && element(document, "p", {class: "qd-goal-action"}, element(document, "b", {}, format.message("attention.action")), " ", own?.action ?? format.message(`play.${play}.action`))
  );
}

function changeLine(answer: Answer, row: AnswerRow, role: "previous" | "last_year", face: MetricFace, {format, document}: ComponentOptions): Child {
  const other = totalRow(answer, face.id, role);
  if (!other || other.value === null) return null;
  const change = format.change(row, other, face);
  return element(
    document,
    "li",
    {"data-tone": change.tone, "data-compare": role},
    element(document, "span", {class: "qd-arrow", "aria-hidden": "true"}, change.arrow), " ",
    element(document, "span", {class: "qd-change"}, change.text), " ",
    element(document, "span", {class: "qd-against"}, format.message(`change.${change.verdict}`, {reference: format.periodBeside(other.period, answer.period), passed: 0, whole: 0}), change.note && ` (${change.note})`)
  );
}

/** "Stands badly: below its usual range of 24% to 36%; misses its target of 30%". */
function standingWords(standing: GoalKpi["standing"], face: MetricFace, {format}: ComponentOptions): string {
  if (!standing || standing.row?.value == null) return format.message("goals.unknown");
  const {stands, verdict, point, held, missed} = standing;
  const value = (of: number) => format.value(of, face.unit);
  // A target counts as missed beyond the tolerance only: what is just short of it has not met it.
  const reached = held !== null && (face.direction === "down" ? standing.row.value <= held : standing.row.value >= held);
  const reasons = [
    ...(point?.signal && verdict === (stands === "bad" ? "worse" : "better") ? [format.message(`attention.rule.${point.signal.rule}`, {side: point.signal.side, low: value(point.lower!), high: value(point.upper!)})] : verdict === "routine" ? [format.message("goals.routine")] : []),
    ...(held === null || missed === null || (missed && stands !== "bad") ? [] : [format.message(missed ? "attention.missed" : reached ? "goals.met" : "goals.near", {target: value(held)})])
  ];
  return reasons.length > 0 ? `${format.message(`goals.stands.${stands}`)}: ${reasons.join("; ")}` : format.message(`goals.stands.${stands}`);
}
