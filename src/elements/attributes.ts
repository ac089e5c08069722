// What may stand in an element's attributes, and what is wrong with what does.

import {nearest} from "../query/nearest.js";
import type {Grain} from "../query/question.js";

/** The words of one report: what attributes may name. */
export interface Vocabulary {
  /** Ids of the metrics that readers may see. */
  readonly metrics: readonly string[];
  /** Returns the id of the definition that stands for a metric in the report: of that name, or the one the settings chose. */
  readonly variant?: (metric: string, name?: string) => string;
  /** Where the settings name what the business wants: the fed KPIs of that goal, then those that help to explain them. */
  readonly focus?: readonly string[];
  /** Ids of the metrics that have a driver tree, and the names of all trees. */
  readonly driven?: readonly string[];
  readonly trees?: readonly string[];
  /** Ids of the report's funnels. */
  readonly funnels?: readonly string[];
  /** Ids of the report’s cohorts. */
  readonly cohorts?: readonly string[];
  /** Ids of all dimensions, those without data included. */
  readonly dimensions: readonly string[];
}

export interface Attribute<T> {
  /** What the attribute takes, for the guide: "a metric id". */
  readonly takes: string;
  readonly required: boolean;
  /** Returns the value, of `undefined` where the attribute is absent. Throws an AttributeError. */
  parse(text: string | undefined, vocabulary: Vocabulary): T;
}

export type AttributeSpecs = Readonly<Record<string, Attribute<unknown>>>;
export type AttributeValues<S extends AttributeSpecs> = {readonly [K in keyof S]: S[K] extends Attribute<infer T> ? T : never};

/** Wrong markup. The message says what is allowed and the nearest right word; the caller adds page and line. */
export class AttributeError extends Error {
  override readonly name = "AttributeError";

  constructor(what: string, value: string, allowed: readonly string[]) {
    const near = nearest(value, allowed);
    const listed = allowed.length === 0 || allowed.length > 12 ? "" : `${near === undefined ? "." : ""} Allowed: ${allowed.join(", ")}.`;
    super(`${what}${near === undefined ? "" : `; did you mean “${near}”?`}${listed}`);
  }
}

const word =
  (kind: string, allowed: (vocabulary: Vocabulary) => readonly string[]) =>
  (text: string, vocabulary: Vocabulary): string => {
    const words = allowed(vocabulary);
    if (words.includes(text)) return text;
    throw new AttributeError(text === "" ? `a ${kind} is missing` : `no ${kind} is called “${text}”`, text, words);
  };

/** "win_rate", or "win_rate:of_created" where another of its definitions is meant: the id of the one that is. */
const metricWord = (text: string, vocabulary: Vocabulary): string => {
  const [kpi = "", name] = text.split(/:(.*)/s);
  const id = word("metric", ({metrics}) => metrics)(kpi, vocabulary);
  return vocabulary.variant?.(id, name) ?? id;
};
const dimensionWord = word("dimension", ({dimensions}) => dimensions);

const required = <T>(takes: string, parse: (text: string, vocabulary: Vocabulary) => T): Attribute<T> => ({
  takes,
  required: true,
  parse(text, vocabulary) {
    if (text === undefined) throw new Error("required attributes are checked before they are parsed");
    return parse(text.trim(), vocabulary);
  }
});

export const metricId = (): Attribute<string> => required("a metric id", metricWord);
export const metricIds = (): Attribute<readonly string[]> => required("metric ids, separated by spaces or commas; “id:variant” for another of a KPI’s definitions", (text, vocabulary) => words(text).map((id) => metricWord(id, vocabulary)));
/** Beside an attribute `metric`: `variant="of_created"` says the same as `metric="win_rate:of_created"`. */
export const variantName = (): Attribute<string | undefined> => optional(text("the name of one of the KPI’s variants"));
/** What every element of one metric takes. */
export const oneMetric = () => ({metric: metricId(), variant: variantName()});
/** A metric that has a driver tree; the declared one of a KPI where no other of its definitions is named. */
export const drivenId = (): Attribute<string> => required("the id of a metric that has a driver tree", (text, vocabulary) => word("metric with a driver tree", ({driven = []}) => driven)(text.includes(":") ? metricWord(text, vocabulary) : text, vocabulary));
export const treeName = (): Attribute<string> => required("the name of one of the metric’s driver trees", word("driver tree", ({trees = []}) => trees));
/** A funnel of the report. */
export const funnelId = (): Attribute<string> => required("the id of one of the report’s funnels", word("funnel", ({funnels = []}) => funnels));
/** A cohort of the report. */
export const cohortId = (): Attribute<string> => required("the id of one of the report’s cohorts", word("cohort", ({cohorts = []}) => cohorts));
export const dimensionId = (): Attribute<string> => required("a dimension id", dimensionWord);
export const dimensionIds = (): Attribute<readonly string[]> => required("dimension ids, separated by spaces or commas", (text, vocabulary) => words(text).map((id) => dimensionWord(id, vocabulary)));

/** One of a few words. */
export const oneOf = <T extends string>(kind: string, allowed: readonly T[]): Attribute<T> =>
  required(allowed.join(" | "), (text) => word(kind, () => allowed)(text, {metrics: [], dimensions: []}) as T);

/** Some of a few words. */
export const wordsOf = (kind: string, allowed: readonly string[]): Attribute<readonly string[]> =>
  required(`some of ${allowed.join(", ")}`, (text) => words(text).map((one) => word(kind, () => allowed)(one, {metrics: [], dimensions: []})));

export const grain = (): Attribute<Grain> => oneOf("grain", ["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"]);

/** A whole number from 1 to `most`. */
export const count = (most: number): Attribute<number> =>
  required(`a whole number from 1 to ${most}`, (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
    throw new AttributeError(`“${text}” is not a whole number from 1 to ${most}`, text, []);
  });

/** Where the report has a focus: `metric` is the so-manieth KPI of its goal, `metrics` are the first so many. Else they stand. */
export const focusPlace = (): Attribute<number | undefined> => optional(count(20));

/** Plain text: the key of a message. */
export const text = (takes: string): Attribute<string> => required(takes, (value) => value);

export const optional = <T>({takes, parse}: Attribute<T>): Attribute<T | undefined> => ({
  takes,
  required: false,
  parse: (value, vocabulary) => (value === undefined ? undefined : parse(value, vocabulary))
});

/** Attributes that any HTML element may have. */
const common = /^(?:id|class|title|lang|dir|hidden|style|slot|part|role|aria-.+|data-.+)$/;

/** Returns the parsed attributes. Throws an AttributeError for a missing, unknown or wrong one. */
export function readAttributes<S extends AttributeSpecs>(specs: S, given: Readonly<Record<string, string>>, vocabulary: Vocabulary): AttributeValues<S> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(specs, name) && !common.test(name)) throw new AttributeError(`there is no attribute “${name}”`, name, Object.keys(specs));
  }
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.required && !Object.hasOwn(given, name)) throw new AttributeError(`the attribute “${name}” is missing (${spec.takes})`, "", []);
    values[name] = named(name, () => spec.parse(given[name], vocabulary));
  }
  if (values["variant"] !== undefined) values["metric"] = named("variant", () => metricOfVariant(specs, given, vocabulary));
  const {focus} = vocabulary;
  const place = values["focus"];
  if (focus?.length && typeof place === "number") {
    if ("metric" in specs) values["metric"] = focus[place - 1] ?? values["metric"];
    else values["metrics"] = focus.slice(0, place);
  }
  return values as AttributeValues<S>;
}

function metricOfVariant({metric: spec}: AttributeSpecs, {metric, variant}: Readonly<Record<string, string>>, vocabulary: Vocabulary): unknown {
  if (!spec || metric === undefined) throw new AttributeError("names a definition of no metric: the attribute “metric” is missing", "", []);
  return spec.parse(`${metric.split(":")[0]!.trim()}:${variant!.trim()}`, vocabulary);
}

/** Puts the attribute's name in front of what is wrong with it. */
function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AttributeError) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

const words = (text: string) => text.split(/[\s,]+/).filter((part) => part !== "" || text === "");
