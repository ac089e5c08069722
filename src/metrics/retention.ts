// How much of what was there stays: customers and their recurring revenue.

import {cumulative, derived, ratio, simple, type Formula, type Metric} from "./define.js";
import {
  mrrChurn, mrrContraction, mrrExpansion, mrrKept, mrrNet, mrrNew, mrrOfKept, mrrReactivation, mrrStart, paidFor, paidWith, samePeriodLosses,
  subscribersEnd, subscribersKept, subscribersLost, subscribersLostByNotice, subscribersLostDayAfter, subscribersLostUnpaid, subscribersNew,
  subscribersStart, subscribersStartByNotice, subscribersStartDayAfter
} from "./subscriptions.js";

const described = {
  owner: "head of customer success", status: "checked", version: 1, since: "2026-11-22", page: "churn",
  processStage: "after_sales", dateRule: "E", unit: "percent"
} as const;
const ofCustomers = {...described, needs: paidFor} as const;
const ofRevenue = {...described, needs: paidWith, version: 2, since: "2026-11-24"} as const;
const year = {window: {months: 12}, variant: "trailing_12_months"} as const;

const power = (base: string, exponent: number): Formula => (exponent === 1 ? base : ["*", base, power(base, exponent - 1)]);

export const retentionRate = ratio({
  ...ofCustomers, id: "retention_rate", variant: "standard", direction: "up", numerator: subscribersKept, denominator: subscribersStart
});

export const retentionRateWithReturns = derived({
  ...ofCustomers, id: "retention_rate_with_returns", variantOf: "retention_rate", variant: "with_returns", direction: "up",
  inputs: {end: subscribersEnd, new: subscribersNew, start: subscribersStart}, formula: ["/", ["-", "end", "new"], "start"]
});

export const logoChurn = ratio({
  ...ofCustomers, id: "logo_churn", variant: "standard", direction: "down", numerator: subscribersLost, denominator: subscribersStart
});

export const logoChurnStripe = derived({
  ...ofCustomers, id: "logo_churn_stripe", variantOf: "logo_churn", variant: "stripe", direction: "down",
  inputs: {lost: subscribersLost, within: samePeriodLosses, start: subscribersStart, new: subscribersNew},
  formula: ["/", ["+", "lost", "within"], ["+", ["+", "start", "new"], "within"]]
});

export const logoChurnByNotice = ratio({
  ...ofCustomers, id: "logo_churn_by_notice", variantOf: "logo_churn", variant: "by_notice", direction: "down",
  needs: subscribersLostByNotice.needs, numerator: subscribersLostByNotice, denominator: subscribersStartByNotice
});

export const logoChurnDayAfter = ratio({
  ...ofCustomers, id: "logo_churn_day_after", variantOf: "logo_churn", variant: "day_after", direction: "down",
  numerator: subscribersLostDayAfter, denominator: subscribersStartDayAfter
});

/** Of the whole company: what each day lost of those there on the day before cannot be parted by rows. */
export const logoChurnDaily = simple({
  ...ofCustomers, id: "logo_churn_daily", variantOf: "logo_churn", variant: "sum_of_days", direction: "down", mart: "fct_churn_day", time: "date",
  aggregate: {fn: "sum", column: "share_lost"}, empty: null, dimensions: []
});

export const logoChurnTrailing = cumulative({
  ...ofCustomers, ...year, id: "logo_churn_trailing_12_months", variantOf: "logo_churn", direction: "down", measure: logoChurn
});

const retentionRateOfMonth = cumulative({
  ...ofCustomers, id: "retention_rate_of_month", direction: "down", internal: true, measure: retentionRate, window: {months: 1}
});

export const logoChurnAnnualised = derived({
  ...ofCustomers, id: "logo_churn_annualised", variantOf: "logo_churn", variant: "annualised", direction: "down",
  inputs: {kept: retentionRateOfMonth}, formula: ["-", 1, power("kept", 12)]
});

export const involuntaryChurn = ratio({
  ...ofCustomers, id: "involuntary_churn", direction: "down", needs: subscribersLostUnpaid.needs,
  numerator: subscribersLostUnpaid, denominator: subscribersStart
});

const losses = {churn: mrrChurn, contraction: mrrContraction} as const;

export const grossMrrChurn = derived({
  ...ofRevenue, id: "gross_mrr_churn", variant: "standard", direction: "down", inputs: {...losses, start: mrrStart},
  formula: ["/", ["+", "churn", "contraction"], "start"]
});

export const grossMrrChurnTrailing = cumulative({
  ...ofRevenue, ...year, id: "gross_mrr_churn_trailing_12_months", variantOf: "gross_mrr_churn", direction: "down", measure: grossMrrChurn
});

export const netMrrChurn = derived({
  ...ofRevenue, id: "net_mrr_churn", variant: "standard", direction: "down", inputs: {...losses, expansion: mrrExpansion, start: mrrStart},
  formula: ["/", ["-", ["+", "churn", "contraction"], "expansion"], "start"]
});

export const netMrrChurnChartmogul = derived({
  ...ofRevenue, id: "net_mrr_churn_chartmogul", variantOf: "net_mrr_churn", variant: "chartmogul", direction: "down",
  inputs: {...losses, expansion: mrrExpansion, reactivation: mrrReactivation, start: mrrStart},
  formula: ["/", ["-", ["-", ["+", "churn", "contraction"], "expansion"], "reactivation"], "start"]
});

export const netMrrChurnChargebee = derived({
  ...ofRevenue, id: "net_mrr_churn_chargebee", variantOf: "net_mrr_churn", variant: "chargebee", direction: "down",
  inputs: {contraction: mrrContraction, expansion: mrrExpansion, start: mrrStart},
  formula: ["/", ["-", "contraction", "expansion"], "start"]
});

export const netMrrChurnTrailing = cumulative({
  ...ofRevenue, ...year, id: "net_mrr_churn_trailing_12_months", variantOf: "net_mrr_churn", direction: "down", measure: netMrrChurn
});

export const grr = ratio({...ofRevenue, id: "grr", variant: "standard", direction: "up", numerator: mrrKept, denominator: mrrStart});

export const grrTrailing = cumulative({
  ...ofRevenue, ...year, id: "grr_trailing_12_months", variantOf: "grr", direction: "up", measure: grr
});

export const nrr = ratio({...ofRevenue, id: "nrr", variant: "standard", direction: "up", numerator: mrrOfKept, denominator: mrrStart});

export const nrrTrailing = cumulative({
  ...ofRevenue, ...year, id: "nrr_trailing_12_months", variantOf: "nrr", direction: "up", measure: nrr
});

export const nrrBaremetrics = derived({
  ...ofRevenue, id: "nrr_baremetrics", variantOf: "nrr", variant: "baremetrics", direction: "up",
  inputs: {churn: mrrChurn, expansion: mrrExpansion, start: mrrStart}, formula: ["/", ["-", "start", ["-", "churn", "expansion"]], "start"]
});

export const quickRatio = derived({
  ...ofRevenue, id: "quick_ratio", variant: "standard", unit: "ratio", direction: "up", nothing: "no_losses",
  inputs: {new: mrrNew, expansion: mrrExpansion, reactivation: mrrReactivation, ...losses},
  formula: ["/", ["+", ["+", "new", "expansion"], "reactivation"], ["+", "churn", "contraction"]]
});

export const quickRatioTrailing = cumulative({
  ...ofRevenue, ...year, id: "quick_ratio_trailing_12_months", variantOf: "quick_ratio", unit: "ratio", direction: "up", measure: quickRatio
});

export const netNewRevenueSubscription = {
  ...mrrNet, id: "net_new_revenue_subscription", variantOf: "net_new_revenue", page: "revenue", variant: "subscription", dateRule: "F"
} as const;

const retentionSpend = simple({
  ...described, id: "retention_spend", unit: "currency", direction: "context", internal: true, needs: ["cost.scope", "cost.amount"],
  mart: "fct_cost_day", time: "date", where: [{column: "scope", is: "=", values: ["retention"]}],
  aggregate: {fn: "sum", column: "amount"}, empty: null, dimensions: []
});

export const retentionCost = ratio({
  ...described, id: "retention_cost", variant: "standard", unit: "currency", direction: "down", needs: [...paidFor, ...retentionSpend.needs],
  numerator: retentionSpend, denominator: subscribersKept
});

export const retentionCostPerRevenue = derived({
  ...described, id: "retention_cost_per_revenue", variantOf: "retention_cost", variant: "per_revenue", unit: "ratio", direction: "down",
  needs: [...paidWith, ...retentionSpend.needs], inputs: {spend: retentionSpend, kept: mrrKept, months: {calendar: "months"}},
  formula: ["/", "spend", ["*", "kept", "months"]]
});

/** In reading order. */
export const retention: readonly Metric[] = [
  retentionRate, retentionRateWithReturns,
  logoChurn, logoChurnStripe, logoChurnByNotice, logoChurnDayAfter, logoChurnDaily, logoChurnTrailing, retentionRateOfMonth, logoChurnAnnualised, involuntaryChurn,
  grossMrrChurn, grossMrrChurnTrailing, netMrrChurn, netMrrChurnTrailing, netMrrChurnChartmogul, netMrrChurnChargebee,
  grr, grrTrailing, nrr, nrrTrailing, nrrBaremetrics, quickRatio, quickRatioTrailing, netNewRevenueSubscription,
  retentionSpend, retentionCost, retentionCostPerRevenue
];
