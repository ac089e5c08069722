// Contracts: what was signed, and what was renewed when it ran out.

import {conversion, cumulative, simple, type Metric} from "./define.js";

const described = {
  status: "checked", version: 1, since: "2026-11-22", page: "sales", direction: "up", mart: "fct_contract",
  dimensions: ["region", "team", "owner", "source", "segment"]
} as const;
const signed = {...described, owner: "head of sales", dateRule: "E", processStage: "closing", time: "signed_date"} as const;
const kind = (type: string) => [{column: "type", is: "=", values: [type]}] as const;
const isNew = [{column: "is_new", is: "=", values: [true]}] as const;

const counted = {...signed, unit: "count", needs: ["contract.signed_at"], aggregate: {fn: "count"}} as const;
const total = {...signed, unit: "currency", needs: ["contract.signed_at", "contract.total_value"], aggregate: {fn: "sum", column: "amount"}} as const;

export const contractsSigned = simple({...counted, id: "contracts_signed", variant: "standard", where: isNew});
export const contractsSignedRenewals = simple({
  ...counted, id: "contracts_signed_renewals", variantOf: "contracts_signed", variant: "renewals", where: kind("renewal")
});
export const contractsSignedAmendments = simple({
  ...counted, id: "contracts_signed_amendments", variantOf: "contracts_signed", variant: "amendments", where: kind("amendment")
});
export const contractsSignedAll = simple({
  ...counted, id: "contracts_signed_all", variantOf: "contracts_signed", variant: "all_kinds", dimensions: [...described.dimensions, "type"]
});

export const contractValue = simple({...total, id: "contract_value", variant: "standard", where: isNew});
export const contractValueAnnual = simple({
  ...total, id: "contract_value_annual", variantOf: "contract_value", variant: "annual", where: isNew,
  needs: ["contract.signed_at", "contract.annual_value"], aggregate: {fn: "sum", column: "annual_value"}
});
export const contractValueRenewals = simple({
  ...total, id: "contract_value_renewals", variantOf: "contract_value", variant: "renewals", where: kind("renewal")
});
export const contractValueAmendments = simple({
  ...total, id: "contract_value_amendments", variantOf: "contract_value", variant: "amendments", where: kind("amendment")
});
export const contractValueAll = simple({
  ...total, id: "contract_value_all", variantOf: "contract_value", variant: "all_kinds", dimensions: [...described.dimensions, "type"]
});

const due = {
  ...described, owner: "head of customer success", page: "churn", unit: "percent", dateRule: "C", processStage: "after_sales",
  needs: ["contract.signed_at", "contract.end_date", "contract.renewed_by_id"], time: "due_date", conversion: "renewed_date", window: 30
} as const;

export const renewalRate = conversion({...due, id: "renewal_rate", variant: "standard"});
export const renewalRateValue = conversion({
  ...due, id: "renewal_rate_value", variant: "standard", needs: [...due.needs, "contract.annual_value"], weight: "annual_value", outcome: "renewed_value"
});

const {status, version, since, owner, page, unit, dateRule, processStage, direction} = due;
const ofYear = {status, version, since, owner, page, unit, dateRule, processStage, direction, window: {months: 12}, variant: "trailing_12_months"} as const;

export const renewalRateTrailing = cumulative({
  ...ofYear, id: "renewal_rate_trailing_12_months", variantOf: "renewal_rate", needs: renewalRate.needs, measure: renewalRate
});
export const renewalRateValueTrailing = cumulative({
  ...ofYear, id: "renewal_rate_value_trailing_12_months", variantOf: "renewal_rate_value", needs: renewalRateValue.needs, measure: renewalRateValue
});

/** In reading order. */
export const contracts: readonly Metric[] = [
  contractsSigned, contractsSignedRenewals, contractsSignedAmendments, contractsSignedAll,
  contractValue, contractValueAnnual, contractValueRenewals, contractValueAmendments, contractValueAll, renewalRate, renewalRateTrailing, renewalRateValue, renewalRateValueTrailing
];
