// The rules that the numbers of the Churn page follow, from the report's own values, and whether churn has a season.

import type {Answer} from "../../query/question.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";

export interface ChurnRulesOptions extends ComponentOptions {
  /** Id of the definition that stands for customer churn in this report. */
  readonly churn: string;
  readonly graceDays: number;
  readonly renewalDays: number | null;
  readonly heading?: "h2" | "h3" | "h4";
}

type Month = {readonly month: number; readonly year: number; readonly value: number};

/** Years that a calendar month needs before it can be said to have a season. */
const fewestYears = 2;

/** 95 % points of F of 11 degrees of freedom by those within months of the year, at least so many. */
const limitsOfF = [[12, 2.72], [24, 2.22], [36, 2.07], [48, 1.99], [108, 1.88]] as const;

/**
 * Returns how many years each month of the year has been seen in with the half years around it, and the month that churn is
 * highest in, and lowest, against these: null unless months of the year differ by more than chance would have it (F test).
 */
export function seasonOf(months: readonly Month[]): {readonly years: number; readonly high: number | null; readonly low: number | null} {
  const usual = ({year, month}: Month): number | null => {
    const own = months.filter((other) => Math.abs((other.year - year) * 12 + other.month - month) <= 6);
    return own.length < 12 ? null : mean(own.map(({value}) => value));
  };
  const apart = months.flatMap((one) => (usual(one) === null ? [] : [{month: one.month, value: one.value - usual(one)!}]));
  const groups = Array.from({length: 12}, (_, k) => apart.filter(({month}) => month === k + 1).map(({value}) => value));
  const years = Math.min(...groups.map(({length}) => length));
  if (years < fewestYears) return {years, high: null, low: null};
  const means = groups.map(mean);
  const all = mean(apart.map(({value}) => value));
  const freedom = apart.length - 12;
  const between = groups.reduce((sum, {length}, k) => sum + length * (means[k]! - all) ** 2, 0) / 11;
  const within = groups.reduce((sum, group, k) => sum + group.reduce((own, value) => own + (value - means[k]!) ** 2, 0), 0) / freedom;
  const limit = limitsOfF.filter(([least]) => least <= freedom).at(-1)![1];
  // What is left of equal shares by rounding is no difference.
  if (between < 1e-15 || between <= limit * within) return {years, high: null, low: null};
  return {years, high: means.indexOf(Math.max(...means)) + 1, low: means.indexOf(Math.min(...means)) + 1};
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Returns the rules as a list; its numbers are those of the answer, its values those of the settings. */
export function churnRules(answer: Answer, options: ChurnRulesOptions): HTMLElement {
  const {format, document, churn, graceDays, renewalDays, heading = "h3"} = options;
  const of = (metric: string) => answer.rows.find((row) => row.metric === metric && row.role === "current" && row.total);
  const count = (metric: string): string => {
    const row = of(metric);
    return row === undefined || row.value === null ? format.reason(row?.reason ?? "no_rows") : format.value(row.value, "count", {precise: true});
  };
  const months = answer.rows.filter((row) => row.metric === churn && row.role === "trend" && row.total && row.value !== null)
    .map(({period, value}): Month => ({year: Number(period.start.slice(0, 4)), month: Number(period.start.slice(5, 7)), value: value!}));
  const season = seasonOf(months);
  const name = (month: number | null) => (month === null ? "" : format.message(`churn_rules.month.${month}`));
  const byNotice = churn === "logo_churn_by_notice";
  const items: readonly (readonly [string, string])[] = [
    ["date", format.message(`churn_rules.date_${byNotice ? "notice" : "service"}`, {metric: format.metric(churn)})],
    ["grace", format.message("churn_rules.grace_text", {days: graceDays})],
    ["involuntary", format.message("churn_rules.involuntary_text", {lost: count("subscribers_lost"), unpaid: count("subscribers_lost_unpaid")})],
    ["within", format.message("churn_rules.within_text", {count: count("same_period_losses")})],
    ...(renewalDays === null ? [] : [["renewal", format.message("churn_rules.renewal_text", {days: renewalDays})] as const]),
    ["season", season.years < fewestYears ? format.message("churn_rules.season_short", {years: fewestYears}) : format.message("churn_rules.season_text", {
      high: name(season.high), low: name(season.low), found: season.high === null ? "none" : "some"
    })]
  ];
  return element(
    document,
    "section",
    {class: "qd-rules"},
    element(document, heading, {class: "qd-finding"}, format.message("churn_rules.title")),
    element(document, "p", {class: "qd-subtitle"}, format.period(answer.period)),
    element(document, "dl", {}, ...items.flatMap(([key, text]) => [element(document, "dt", {}, format.message(`churn_rules.${key}`)), element(document, "dd", {}, text)]))
  );
}
