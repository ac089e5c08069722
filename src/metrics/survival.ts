// How long customers stay: which analyses there are, and what they are made of.

/** One row per customer with its age when it was first observed and when it left or was last seen. */
export const lifetimeMart = "fct_lifetime";

/** Canonical columns of which one must be fed. */
export const lifetimeNeeds = ["subscription.started_on", "tenure.duration"] as const;

/** What can be asked for: customers, from their first payment to the end of their first stay. */
export const survivals = ["customers"] as const;
export type SurvivalId = (typeof survivals)[number];

/** A twelfth of 365.25 days, a binary fraction: ages in whole months are exact. */
export const monthDays = 30.4375;

/** Fewer at risk say little of who leaves: what comes after is not shown. */
export const leastAtRisk = 10;

/** Months of the restricted mean: the longest of these up to which enough are at risk. */
export const horizons = [120, 84, 60, 48, 36, 24, 18, 12, 6, 3, 1] as const;
