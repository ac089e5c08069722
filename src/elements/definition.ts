// What an element is: attributes, the questions they ask in a reader's state, and the component that shows the answers.

import type {MetricFace} from "../components/options.js";
import type {Formatter} from "../format/formatter.js";
import type {Metric} from "../metrics/define.js";
import type {Defined} from "../metrics/targets.js";
import {parsePeriod} from "../query/calendar.js";
import {findMetric} from "../query/catalogue.js";
import type {FunnelQuestion, FunnelTold} from "../query/funnel/question.js";
import type {CohortView} from "../query/cohort/view.js";
import type {FunnelView} from "../query/funnel/view.js";
import type {Making} from "../query/making.js";
import type {Manifest} from "../query/manifest.js";
import type {Answer, Grain, Period, Question} from "../query/question.js";
import type {ReaderState, ReaderVariants} from "../query/state.js";
import type {StudyAnswer, StudyQuestion} from "../query/studies.js";
import type {AttributeSpecs, AttributeValues} from "./attributes.js";

/** The report around an element. */
export interface ReportContext {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly format: Formatter;
  readonly document: Document;
  /** Address of a metric's definition, relative to the page. */
  readonly definitionHref: (metric: string) => string;
  /** Told of a reader's choice; absent at build, where nothing can be chosen. */
  readonly onChange?: (state: ReaderState) => void;
  /** Told of a reader's choice of how funnels are counted. */
  readonly onFunnelView?: (view: FunnelView) => void;
  /** Told of a reader's choice of how cohorts are counted. */
  readonly onCohortView?: (view: CohortView) => void;
  /** Told of a reader's choice among the definitions of KPIs. */
  readonly onVariants?: (variants: ReaderVariants) => void;
  /** Asks for what no element shows, for a file; absent at build. */
  readonly askStudies?: (questions: readonly StudyQuestion[]) => Promise<StudyAnswer[]>;
  /** Asks what no element shows, for a file; absent at build. */
  readonly askFunnels?: (questions: readonly FunnelQuestion[]) => Promise<FunnelTold[]>;
  /** Told why a file could not be made; absent at build. */
  readonly onFailure?: (error: unknown) => void;
  /** Pixels across the element that is rendered, where it stands in a page already. */
  readonly room?: number;
  /** How a metric is made, where it is known (at build). */
  readonly making?: (metric: Defined) => Making | undefined;
}

export interface ElementDefinition<S extends AttributeSpecs = AttributeSpecs> {
  readonly name: `kpi-${string}`;
  readonly attributes: S;
  /** What the element asks; none for one that shows no numbers. */
  questions(attributes: AttributeValues<S>, state: ReaderState, context: ReportContext): readonly Question[];
  /** What of the reader's choice is marked in the element beside what its questions ask; none where absent. */
  marked?(attributes: AttributeValues<S>, state: ReaderState, context: ReportContext): readonly (string | null)[];
  /** What it asks of the report's funnels, where it shows one. */
  funnels?(attributes: AttributeValues<S>, state: ReaderState, context: ReportContext): readonly FunnelQuestion[];
  /** Which studies it asks for: what is no metric's. */
  studies?(attributes: AttributeValues<S>, state: ReaderState, context: ReportContext): readonly StudyQuestion[];
  /** Returns what stands inside the element. `answers` are those to `questions`, `told` those to `funnels`, `studied` those to `studies`, in their order. */
  render(answers: readonly Answer[], attributes: AttributeValues<S>, state: ReaderState, context: ReportContext, told?: readonly FunnelTold[], studied?: readonly StudyAnswer[]): Node;
  /** Adds to what was made at build what only a live page can do; called once. */
  enliven?(host: Element, attributes: AttributeValues<S>, state: ReaderState, context: ReportContext): void;
  /** Shows another state in what `render` made, of controls that must not lose the focus. */
  update?(content: Element, state: ReaderState, context: ReportContext): void;
}

export const defineElement = <S extends AttributeSpecs>(definition: ElementDefinition<S>): ElementDefinition => definition as unknown as ElementDefinition;

/** Returns the manifest with a page's own period, shown where the reader chose none. */
export const withOwnPeriod = (manifest: Manifest, period: string | null | undefined): Manifest => (period ? {...manifest, defaultPeriod: period} : manifest);

/** Returns the period of a state; the report's default one where the reader chose none. */
export const periodOf = (state: ReaderState, {manifest}: Pick<ReportContext, "manifest">): Period => parsePeriod(state.period ?? manifest.defaultPeriod, manifest);

/** Returns the part of a question that comes from the reader. */
export function stateQuestion(state: ReaderState, context: Pick<ReportContext, "manifest">): Pick<Question, "period" | "filters" | "compare"> {
  return {period: periodOf(state, context).key, ...(state.filters.length > 0 && {filters: state.filters}), compare: ["previous", "last_year"]};
}

/** Periods that a change can be taken from. */
export const references = ["previous", "last_year"] as const;

/** Returns the period that changes are taken from: the reader's choice where it is one, else the one before. */
export const referenceOf = ({compare}: ReaderState): (typeof references)[number] => (compare === "last_year" ? "last_year" : "previous");

/** Returns what a component needs to know of a metric. */
export const faceOf = (id: string, {catalogue}: ReportContext): MetricFace => findMetric(id, catalogue);

export const hasDimension = (id: string, {manifest}: ReportContext): boolean => manifest.dimensions.some((dimension) => dimension.id === id);

/** Returns the address of another page of the site: pages lie beside that of the definitions. */
export const pageHref = (page: string, {definitionHref}: Pick<ReportContext, "definitionHref">): string => definitionHref("").replace("definitions", page).replace(/#$/, "");

const counts: Readonly<Record<Grain, number>> = {day: 31, week: 13, month: 13, quarter: 9, year: 5, fiscal_quarter: 9, fiscal_year: 5};
const perYear: Readonly<Record<Grain, number>> = {day: 365, week: 52, month: 12, quarter: 4, year: 1, fiscal_quarter: 4, fiscal_year: 1};

/** Returns the trend that suits a period: as many periods of its grain as show a year and the same one a year before. */
export function trendOf(period: Period, grain?: Grain, count?: number): {readonly grain: Grain; readonly count: number} {
  const of = grain ?? (period.grain === "range" || period.grain === "all" ? "month" : period.grain);
  return {grain: of, count: count ?? counts[of]};
}

/** Returns how many periods of a grain make a year. */
export const periodsPerYear = (grain: Grain): number => perYear[grain];
