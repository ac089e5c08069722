// The registry. Adding a metric: declare it in its family, list it here, write test/metrics/<id>.check.sql and its words
// in src/format/locales.

import type {Metric} from "./define.js";
import {leadConversionRate, leadsReachedConverted, leadsReachedQualified, leadsReachedWon, newLeads} from "./leads.js";
import {
  averageDealSize, closedValue, lostValue, medianDealSize, opportunitiesClosed, opportunitiesCreated, opportunitiesCreatedValue,
  opportunitiesLost, opportunitiesWon, revenueWon, revenueWonYtd, salesCycleDays, salesCycleDaysMean, salesCycleDaysP90,
  winRate, winRateValue
} from "./opportunities.js";
import {activeOwners, ownersActiveTenDays, wonValuePerOwner} from "./owners.js";
import {openOpportunities, openPipeline, weightedPipeline} from "./pipeline.js";

export {leadToCash, viewById, views} from "./views.js";

/** Every declared metric, in reading order; those marked internal are parts of others and not listed for readers. */
export const metrics: readonly Metric[] = [
  newLeads,
  leadConversionRate,
  leadsReachedQualified,
  leadsReachedConverted,
  leadsReachedWon,
  opportunitiesCreated,
  opportunitiesCreatedValue,
  opportunitiesWon,
  revenueWon,
  revenueWonYtd,
  opportunitiesLost,
  lostValue,
  opportunitiesClosed,
  closedValue,
  winRate,
  winRateValue,
  averageDealSize,
  medianDealSize,
  salesCycleDays,
  salesCycleDaysMean,
  salesCycleDaysP90,
  openOpportunities,
  openPipeline,
  weightedPipeline,
  activeOwners,
  ownersActiveTenDays,
  wonValuePerOwner
];
