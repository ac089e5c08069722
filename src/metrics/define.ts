// What a metric is. A metric is plain data that can be printed; `src/query/compile.ts` turns it into SQL.

export type Unit = "count" | "currency" | "percent" | "days" | "hours" | "seconds" | "ratio" | "score";

/** Which way is good. `context` says neither. */
export type Direction = "up" | "down" | "context";

/**
 * How a number is placed in a period: E by its own event, C by the day its entity entered (needs maturity),
 * S as the stock on the period's census date, F as a balance of flows.
 */
export type DateRule = "E" | "C" | "S" | "F";

export type ProcessStage = "generation" | "qualification" | "lead_management" | "closing" | "after_sales";
export type Status = "exploratory" | "checked" | "reviewed";

/** A dimension shipped with the product, or the id of a custom one kept by settings. */
export type DimensionId =
  | "region" | "team" | "owner" | "source" | "product" | "segment" | "stage"
  | "reason" | "type" | "channel" | "topic" | "plan" | "campaign" | "scope"
  | "close_month" | "forecast_category" | "lost_stage" | "size_band" | "cycle_band" | "competitor"
  | "last_source"
  | (string & {});

/** One comparison over a mart's columns, always with values that are bound, never spliced. */
export interface Predicate {
  readonly column: string;
  readonly is: "=" | "<>" | ">" | ">=" | "<" | "<=" | "in" | "null" | "not null";
  readonly values?: readonly (string | number | boolean)[];
}

/**
 * One aggregate over one mart. `count_distinct` counts the values of `column` that have at least `atLeast` rows (1 where
 * absent). `count_active` counts those that have rows on at least `days` working days of the period; the mart has one row
 * per value and day. `sum_product` multiplies two columns row by row before summing. `avg` with `moe` carries the 95 %
 * interval mean ± 1.96 · sd ÷ √n, with the population's sd.
 */
export type Aggregate =
  | {readonly fn: "count"}
  | {readonly fn: "count_distinct"; readonly column: string; readonly atLeast?: number}
  | {readonly fn: "count_active"; readonly column: string; readonly days: number}
  | {readonly fn: "sum" | "median"; readonly column: string}
  | {readonly fn: "avg"; readonly column: string; readonly moe?: boolean}
  | {readonly fn: "sum_product"; readonly columns: readonly [string, string]}
  | {readonly fn: "quantile"; readonly column: string; readonly q: number}
  | Survival
  | RankCorrelation;

/**
 * The Kaplan–Meier quantile of a duration: the smallest `t` with S(t) ≤ 1 − `q`; null with the reason "not_reached" where
 * too many are still open. `ended` is a boolean column, false for what is still open (censored) at `duration`; absent, all
 * have ended. `weight` is how often a row counts; with all ended it makes the discrete quantile of a histogram. Rows
 * without a duration are left out. With `above` the estimate is taken where a greater share of the rows than that has not
 * ended; else the continuous quantile of those that have (kpi-formulas G12), and the cell says which. Simple metrics only.
 */
export interface Survival {
  readonly fn: "survival";
  readonly duration: string;
  readonly ended?: string;
  readonly weight?: string;
  readonly q: number;
  readonly above?: number;
}

/**
 * Spearman's rank correlation, −1 to 1, of two columns, each added up for every value of `per` (a missing column counts as 0)
 * over the period: how far those with more of one have more of the other. Ties share the mean of their ranks. n is the
 * number of values of `per`; null below the metric's `minN` (reason "too_few"), or where one of the columns is the same for
 * all. Simple metrics only.
 */
export interface RankCorrelation {
  readonly fn: "rank_correlation";
  readonly per: string;
  readonly of: readonly [string, string];
}

/** What a divisor of 0 means to a reader. */
export type Nothing = "no_leads" | "no_qualified_leads" | "no_losses" | "no_new_customers";

export interface Described {
  /** snake_case and permanent: also the stem of the locale keys `metric.<id>.label`, `.definition`, `.edges`. */
  readonly id: string;
  readonly unit: Unit;
  readonly direction: Direction;
  readonly dateRule: DateRule;
  readonly processStage: ProcessStage;
  /** The role that answers for the definition. */
  readonly owner: string;
  readonly status: Status;
  /** Counts up when the formula changes. */
  readonly version: number;
  /** ISO date of this version. */
  readonly since: string;
  /** Route of the page the KPI lives on, without extension. */
  readonly page: string;
  /** Below this n the number is grey, unranked and never a signal. Default 10. */
  readonly minN?: number;
  /** Repeats with the seasons of the year: judged against what is usual for its month or quarter. */
  readonly seasonal?: boolean;
  /** What there is none of where the divisor is 0: said in place of "nothing to divide by". */
  readonly nothing?: Nothing;
  /** May be below 0: net flows, scores from −100 to 100. */
  readonly signed?: boolean;
  /** Canonical columns without which there is no number: "opportunity.amount"; "a.b|c.d" where either will do. */
  readonly needs: readonly string[];
  /** A part of another metric: computed and checked, but not listed for readers. */
  readonly internal?: boolean;
  /** Label of a metric made from a custom measure, from the settings; declared metrics have locale keys. */
  readonly label?: string;
  /** The definition's name among the variants of a KPI that vendors define differently: message `variant.<name>`. */
  readonly variant?: string;
  /** Id of the KPI of which this is another definition: listed under it, and chosen by `--variant` or the settings. */
  readonly variantOf?: string;
}

/** What is counted over which mart. `time` is null for a number that has no date. */
interface Measured {
  readonly mart: string;
  readonly where?: readonly Predicate[];
  /** At least one of these must hold as well. */
  readonly whereAny?: readonly Predicate[];
  readonly aggregate: Aggregate;
  /**
   * Column of amounts that the number rests on: it says how many of its records have none, or 0, and what share of their
   * sum the largest has, where that is more than 30 %.
   */
  readonly sized?: string;
  readonly dimensions: readonly DimensionId[];
  /** What no rows mean: 0 for counts and sums, null for averages and quantiles. */
  readonly empty: 0 | null;
  /** Whether parts may be added up: over nothing, over dimensions only (balances), or also over time. */
  readonly additivity: "none" | "dimensions" | "full";
}

/** An aggregate over the rows whose `time` falls in the period. */
export interface SimpleMetric extends Described, Measured {
  readonly type: "simple";
  readonly time: string;
}

/** A stock on the census date: rows with `from` ≤ census < `to`. Census is the period's last day, at most as-of. */
export interface BalanceMetric extends Described, Measured {
  readonly type: "balance";
  readonly from: string;
  readonly to: string;
  /** Boolean column of rows without a start date: they count on the as-of date only and are reported apart. */
  readonly undated?: string;
}

/** Numerator ÷ denominator, each at its own date rule; null with a reason when the denominator is 0. */
export interface RatioMetric extends Described {
  readonly type: "ratio";
  readonly numerator: Metric;
  readonly denominator: Metric;
}

/** A formula over other metrics and numbers of the calendar; null when any input is null or a divisor is 0. */
export interface DerivedMetric extends Described {
  readonly type: "derived";
  readonly inputs: Readonly<Record<string, Metric | CalendarInput>>;
  readonly formula: Formula;
  /** Name of the input that is a sum of amounts times their chances: the number has the 95 % range of drawing them. */
  readonly drawn?: string;
}

/**
 * How long the period is, up to as-of: working days by the report's calendar, days, or months (a begun month counts as the
 * share of its days that lie in the period). Elapsed is what share of the whole period's working days as-of has reached: 1
 * when it is over, no value before a tenth.
 */
export interface CalendarInput {
  readonly calendar: "working_days" | "days" | "months" | "elapsed";
}

/** Prefix notation: `["/", "won_value", "owners"]`; text names an input, a number is itself. */
export type Formula = string | number | readonly ["+" | "-" | "*" | "/" | "min" | "max", Formula, Formula];

/** From the start of the year, quarter or month, or so many trailing days or months, to the period's end. */
export type Window = "year" | "quarter" | "month" | "fiscal_year" | {readonly days: number} | {readonly months: number};

/** Another metric over the window that ends with the period. Trailing windows that begin before the data have no value. */
export interface CumulativeMetric extends Described {
  readonly type: "cumulative";
  readonly measure: Metric;
  readonly window: Window;
}

/**
 * Another metric in an earlier period of the same shape: the one before, the same of last year, or so many days or months
 * earlier. No value where that begins before the data.
 */
export interface ShiftedMetric extends Described {
  readonly type: "shifted";
  readonly measure: Metric;
  readonly by: "previous" | "last_year" | {readonly days: number} | {readonly months: number};
}

/** A member's part of the total of the same question: 1 in the total row. Its n is the member's own. */
export interface ShareMetric extends Described {
  readonly type: "share";
  readonly measure: Metric;
}

/**
 * Entities that entered in the period (`time`) and reached `conversion` within `window` days, ÷ those that entered.
 * Only entities whose window has passed by as-of count; the rest are reported as in progress. `window` null means
 * no window: all count. Both dates are days, so the window's last day counts (kpi-formulas b.3). `time` may be a due
 * date: what is reached earlier counts too, and the window is the days of grace. With `weight` the share is by value;
 * `outcome` is the value of what was reached, where that is another than the value of what entered. With `measured` the
 * build takes the window from the data: the `q` quantile of a column of days over all that reached the conversion by as-of,
 * rounded up to whole days; `window` where fewer than `least` have.
 */
export interface ConversionMetric extends Described {
  readonly type: "conversion";
  readonly mart: string;
  readonly where?: readonly Predicate[];
  readonly time: string;
  readonly conversion: string;
  readonly window: number | null;
  readonly measured?: {readonly column: string; readonly q: number; readonly least: number};
  readonly weight?: string;
  readonly outcome?: string;
  readonly dimensions: readonly DimensionId[];
}

/**
 * What became, between the day before the period and its census day, of the entities of a mart of spans (`from` ≤ day <
 * `to`, `value` > 0, `first_day` the entity's first day of all). An entity's spans are added up first. `start` and `end`
 * are the stocks; `new` has nothing at the start and its first day in the period, `reactivation` an earlier one; `churn`
 * has nothing at the end; `kept` is Σ min(start, end), `kept_all` Σ end, of those with something at both; `net` is all that
 * came less all that went; `lost_within` came and went inside the period and is in none of the others, with the value of
 * its first day. So that end = start + new + reactivation + expansion − contraction − churn. With `constant` what those
 * with something at both have at the end in the `currency` of a row (`own`, null for what is in the report's) is taken at
 * the `rate` of the start for all parts but `end`; `rates` is what the rates between the two make of it, and end has that
 * on top.
 *
 * With `within` only what is due in the period is looked at: open on the day before it with a `due` day in the whole period
 * (`start`); so on its census day (`end`); or closed in it, the `state` no longer "open" and `due` the day it closed (`won`,
 * `lost`). What comes was `created` in the period, `pulled_in` from another due day, or `reopened`; it has its value of the
 * end. What goes to another due day, or to none, is `pushed_out`. By dimension, what was due all along and changed its
 * member is `transferred_out` of one and `transferred_in` to the other with its value of the start. So that end = start +
 * created + pulled_in + reopened + increased + transferred_in − decreased − transferred_out − pushed_out − won − lost.
 *
 * With `flow` it is not stocks that are compared but what an entity's rows (`from` and `to` are their day) add up to in the
 * period and in the one before it, of the same length. `first_time` is the change of entities whose first day of all lies in
 * the period, `growth` and `shortfall` that of the others, those without an entity taken together as one of them. `rates` is
 * what of a change comes from exchange rates alone: the period's sums in a currency of their own (`own`, null for what is
 * in the report's), less the same at the mean rate of the entity's rows of the period before; it is in none of the other
 * parts, and nothing where the entity has no row in that currency before. So that the sum's change = first_time + growth −
 * shortfall + rates.
 */
export interface MovementMetric extends Described {
  readonly type: "movement";
  readonly mart: string;
  readonly entity: string;
  readonly from: string;
  readonly to: string;
  readonly value: string;
  readonly within?: {readonly due: string; readonly state: string};
  readonly flow?: {readonly own: string; readonly currency: string; readonly first: string};
  readonly constant?: {readonly own: string; readonly rate: string; readonly currency: string};
  readonly part: MovementPart;
  /** Σ value, or the number of entities. */
  readonly measure: "value" | "count";
  readonly where?: readonly Predicate[];
  readonly dimensions: readonly DimensionId[];
}

export type MovementPart =
  | "start" | "end" | "new" | "reactivation" | "expansion" | "contraction" | "churn" | "kept" | "kept_all" | "net" | "lost_within" | DuePart | FlowPart;

/** Parts of a movement with `within`, besides start and end. */
export type DuePart =
  | "created" | "pulled_in" | "reopened" | "increased" | "decreased" | "transferred_in" | "transferred_out" | "pushed_out" | "won" | "lost";

/** Parts of a movement with `flow`; `rates` with `constant` too. */
export type FlowPart = "first_time" | "growth" | "shortfall" | "rates";

export type Metric =
  | SimpleMetric | BalanceMetric | ConversionMetric | MovementMetric
  | RatioMetric | DerivedMetric | CumulativeMetric | ShiftedMetric | ShareMetric;

type Without<T> = Omit<T, "type">;
type Simple = Omit<SimpleMetric, "type" | "additivity" | "empty"> & Partial<Pick<SimpleMetric, "additivity" | "empty">>;
type Balance = Omit<BalanceMetric, "type" | "additivity" | "empty"> & Partial<Pick<BalanceMetric, "additivity" | "empty">>;

const adds = ({fn}: Aggregate) => fn === "count" || fn === "sum" || fn === "sum_product";

const counts = ({fn}: Aggregate) => fn === "count_distinct" || fn === "count_active";

/** Returns a simple metric; counts and sums add up fully and are 0 on no rows, everything else is null and adds not at all. */
export function simple(metric: Simple): SimpleMetric {
  const additive = adds(metric.aggregate);
  return {type: "simple", additivity: additive ? "full" : "none", empty: additive || counts(metric.aggregate) ? 0 : null, ...metric};
}

/** Returns a balance; it adds up over dimensions at most, never over time. */
export function balance(metric: Balance): BalanceMetric {
  const additive = adds(metric.aggregate);
  return {type: "balance", additivity: additive ? "dimensions" : "none", empty: additive ? 0 : null, ...metric};
}

export const ratio = (metric: Without<RatioMetric>): RatioMetric => ({type: "ratio", ...metric});
export const derived = (metric: Without<DerivedMetric>): DerivedMetric => ({type: "derived", ...metric});
export const cumulative = (metric: Without<CumulativeMetric>): CumulativeMetric => ({type: "cumulative", ...metric});
export const shifted = (metric: Without<ShiftedMetric>): ShiftedMetric => ({type: "shifted", ...metric});
export const share = (metric: Without<ShareMetric>): ShareMetric => ({type: "share", ...metric});
export const conversion = (metric: Without<ConversionMetric>): ConversionMetric => ({type: "conversion", ...metric});
export const movement = (metric: Without<MovementMetric>): MovementMetric => ({type: "movement", ...metric});

export const isCalendar = (input: Metric | CalendarInput): input is CalendarInput => "calendar" in input;
