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

/** Returns the months of the year that were above, or below, the mean of their own twelve months in every year of at least two. */
export function seasonOf(months: readonly Month[]): {readonly years: number; readonly above: readonly number[]; readonly below: readonly number[]} {
  const mean = ({year, month}: Month): number | null => {
    const own = months.filter((other) => Math.abs((other.year - year) * 12 + other.month - month) <= 6);
    return own.length < 12 ? null : own.reduce((sum, {value}) => sum + value, 0) / own.length;
  };
  const sides = months.flatMap((one) => {
    const usual = mean(one);
    return usual === null ? [] : [{month: one.month, side: Math.sign(one.value - usual)}];
  });
  const of = (month: number) => sides.filter((one) => one.month === month).map(({side}) => side);
  const all = Array.from({length: 12}, (_, k) => k + 1);
  const always = (side: number) => all.filter((month) => of(month).length >= fewestYears && of(month).every((one) => one === side));
  return {years: Math.min(...all.map((month) => of(month).length)), above: always(1), below: always(-1)};
}

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
  const names = (list: readonly number[]) => format.list(list.map((month) => format.message(`churn_rules.month.${month}`)), "and");
  const byNotice = churn === "logo_churn_by_notice";
  const items: readonly (readonly [string, string])[] = [
    ["date", format.message(`churn_rules.date_${byNotice ? "notice" : "service"}`, {metric: format.metric(churn)})],
    ["grace", format.message("churn_rules.grace_text", {days: graceDays})],
    ["involuntary", format.message("churn_rules.involuntary_text", {lost: count("subscribers_lost"), unpaid: count("subscribers_lost_unpaid")})],
    ["within", format.message("churn_rules.within_text", {count: count("same_period_losses")})],
    ...(renewalDays === null ? [] : [["renewal", format.message("churn_rules.renewal_text", {days: renewalDays})] as const]),
    ["season", season.years < fewestYears ? format.message("churn_rules.season_short", {years: fewestYears}) : format.message("churn_rules.season_text", {
      above: names(season.above), below: names(season.below), found: season.above.length > 0 ? (season.below.length > 0 ? "both" : "above") : season.below.length > 0 ? "below" : "none"
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
