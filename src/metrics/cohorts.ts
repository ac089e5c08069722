// The cohorts that every report has, as far as its data feed them. Adding one: declare it here, its words are
// `cohort.<id>.label`. Settings declare more and change these.

import type {Cohort} from "./cohort.js";

const usual = {key: "start", grain: "month", span: "calendar", first: "ever"} as const;

/** Who buys, and buys again. */
export const purchasesCohort: Cohort = {...usual, id: "purchases", start: "purchase", returns: ["purchase"], money: ["purchase", "refund"]};

/** Who was won, and is won again or buys. Its money is that of orders: a win that becomes an order counts once. */
export const winsCohort: Cohort = {...usual, id: "wins", start: "win", returns: ["win", "purchase"], money: ["purchase", "refund"]};

/** Who subscribes, and still does as the period ends. */
export const subscriptionsCohort: Cohort = {...usual, id: "subscriptions", start: "subscription_start", returns: ["subscribed"], money: ["subscribed"]};

/** Who is spoken with, and is again. */
export const activityCohort: Cohort = {...usual, id: "activity", start: "activity", returns: ["activity"], money: []};

export const cohorts: readonly Cohort[] = [purchasesCohort, winsCohort, subscriptionsCohort, activityCohort];
