// What the elements of the customers' health share.

import {emptyState} from "../components/emptyState.js";
import type {HealthOptions} from "../components/health/healthBands.js";
import {healthLimits, healthRules} from "../metrics/health.js";
import {findMetric, missingData} from "../query/catalogue.js";
import type {HealthQuestion} from "../query/health/question.js";
import type {ReaderState} from "../query/state.js";
import type {StudyQuestion} from "../query/studies.js";
import {periodOf, type ReportContext} from "./definition.js";

const metric = "health_score";
const whyNone = ({manifest, catalogue}: Pick<ReportContext, "manifest" | "catalogue">) => missingData(findMetric(metric, catalogue), manifest);

/** Returns the question, where what the score needs is in the data. */
export const healthStudy = ({filters}: ReaderState, context: ReportContext, list?: HealthQuestion["list"]): StudyQuestion[] =>
  (whyNone(context) ? [] : [{study: "health", question: {filters, ...(list && {list})}}]);

/** Returns the note that says which columns would fill the element. */
export function noScores(context: ReportContext): HTMLElement {
  const {format, document} = context;
  return emptyState({...(whyNone(context) ?? {why: "no_rows"}), format, document});
}

/** Returns what every view of health is given beside its answer. */
export const healthLook = (state: ReaderState, context: ReportContext): HealthOptions => ({
  format: context.format, document: context.document, heading: "h3", interactive: context.onChange !== undefined, rules: context.manifest.health ?? healthRules, limits: healthLimits,
  hasPeriod: markedPeriod(state, context) === "true", ...(context.room && {room: context.room})
});

/** Health does not follow the period, and says so where the reader chose one. */
export const markedPeriod = (state: ReaderState, context: ReportContext): string => String(state.period !== undefined && periodOf(state, context).grain !== "all");
