// Owners: who works, and what their work brings.

import {derived, simple, type Metric} from "./define.js";
import {revenueWon} from "./opportunities.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "sales", dateRule: "E", processStage: "closing"
} as const;
const worked = {
  ...described, unit: "count", direction: "context", mart: "fct_owner_day", time: "date", dimensions: ["region", "team", "owner"],
  needs: ["opportunity.owner_id|activity.owner_id"], where: [{column: "owner", is: "not null"}]
} as const;

export const activeOwners = simple({...worked, id: "active_owners", aggregate: {fn: "count_distinct", column: "owner"}});

export const ownersActiveTenDays = simple({
  ...worked, id: "owners_active_ten_days", internal: true, aggregate: {fn: "count_active", column: "owner", days: 10}
});

export const wonValuePerOwner = derived({
  ...described, id: "won_value_per_owner", page: "sales", variant: "standard", unit: "currency", direction: "up",
  needs: [...revenueWon.needs, ...ownersActiveTenDays.needs],
  inputs: {won: revenueWon, owners: ownersActiveTenDays}, formula: ["/", "won", "owners"]
});

/** In reading order. */
export const owners: readonly Metric[] = [
  activeOwners, ownersActiveTenDays, wonValuePerOwner
];
