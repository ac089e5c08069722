// What stands behind the numbers of an element, read by the engine when a reader unfolds it. Loaded only then.

import {recordsPanel, type Looked, type Pick} from "../components/recordsPanel.js";
import {csvText} from "../format/csv.js";
import {filledPieces} from "../query/filled.js";
import type {Answer, Filter, Period, Run} from "../query/question.js";
import {parsePeriod} from "../query/calendar.js";
import {findMetric} from "../query/catalogue.js";
import {shapeQuestions} from "../query/explain/targetNumbers.js";
import {askRecords, readRecords} from "../query/records.js";
import {statementsFor} from "../query/statementsFor.js";
import type {ReaderState} from "../query/state.js";
import {faceOf, periodOf, type ReportContext} from "./definition.js";
import {download} from "./download.js";

/** Records beyond which a page does not make a file. */
const mostRecords = 100_000;

export interface FillOptions {
  readonly context: ReportContext;
  readonly state: ReaderState;
  readonly run: Run;
  /** What the element shows, where it shows an answer. */
  readonly answer: Answer | undefined;
  readonly failure: (error: unknown) => string;
}

/** Fills the folded part with what stands behind the numbers of its element; does so once. */
export function fillMaking(details: HTMLElement, {context, state, run, answer, failure}: FillOptions): void {
  const body = details.querySelector(".qd-making-body");
  if (!body || details.dataset.filled !== undefined) return;
  details.dataset.filled = "";
  const {manifest, catalogue, format, document} = context;
  const metrics = (details.dataset.metrics ?? "").split(" ").filter((id) => catalogue.some((metric) => metric.id === id));
  const [dimension] = answer?.question.by ?? [];
  const members = dimension === undefined ? [] : [...new Set(answer!.rows.filter(({total}) => !total).map(({members}) => members[0] ?? null))];
  const question = ({metric, period, member}: Pick) => ({
    metric, period, filters: state.filters, ...(member !== undefined && {member: [{dimension: dimension!, values: [member]} satisfies Filter]})
  });
  const options = {manifest, catalogue, run};
  const look = async (pick: Pick): Promise<Looked> => {
    const {metric, period, filters, member = []} = question(pick);
    const asked = {metrics: [metric], filters, by: member.map(({dimension}) => dimension)};
    const goals = answer?.rows.some((row) => row.metric === metric && row.target != null) ?? false;
    const earlier = goals && details.dataset.targets !== undefined ? shapeQuestions(asked, parsePeriod(period, manifest), findMetric(metric, catalogue)) : [];
    const [found, statements] = await Promise.all([
      askRecords({metric, period, filters, member}, options),
      statementsFor([{...asked, period}, ...earlier], {manifest, catalogue, goals})
    ]);
    return {...found, sql: statements.map(filledPieces)};
  };
  body.prepend(recordsPanel({
    metrics: metrics.map((id) => faceOf(id, context)),
    periods: periodsOf(answer, periodOf(state, context)),
    ...(dimension !== undefined && {dimension}),
    members,
    look,
    async download(pick, {parts}) {
      const {header, lines} = await readRecords(parts.map(({part}) => part), run);
      download(document, `${pick.metric}-${pick.period.replaceAll("..", "-")}.csv`, new Blob([csvText(header, lines)], {type: "text/csv;charset=utf-8"}));
    },
    most: mostRecords,
    command: (pick) => commandOf(question(pick)),
    failure,
    format,
    document
  }));
}

/** The period asked first, then the others of the answer, newest first. */
function periodsOf(answer: Answer | undefined, current: Period): Period[] {
  const others = new Map((answer?.rows ?? []).map(({period}) => [period.key, period]));
  others.delete(current.key);
  return [current, ...[...others.values()].sort((a, b) => (a.start < b.start ? 1 : -1))];
}

function commandOf({metric, period, filters, member = []}: {readonly metric: string; readonly period: string; readonly filters: readonly Filter[]; readonly member?: readonly Filter[]}): string {
  const where = [...filters, ...member].flatMap(({dimension, values}) => values.map((value) => ` --where '${`${dimension}=${value ?? ""}`.replaceAll("'", "'\\''")}'`));
  return `npm run --silent kpi -- ${metric} --period ${period}${where.join("")} --records --format csv`;
}
