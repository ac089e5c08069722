// The registry. Adding a metric: declare it in its family and list it there, write test/metrics/<id>.check.sql and its
// words in src/format/locales/<language>/<family>.ts, then run `npx tsx loaders/definitions/recordFormulas.ts`.

import {activities} from "./activities.js";
import {adoption} from "./adoption.js";
import {contacts} from "./contacts.js";
import {contracts} from "./contracts.js";
import {customerValue} from "./customerValue.js";
import {dueMetrics} from "./due.js";
import {forecasts} from "./forecast.js";
import {forecastScores} from "./forecastAccuracy.js";
import {forecastReplays} from "./forecastReplayed.js";
import type {Metric} from "./define.js";
import {leadOutcomes} from "./leadOutcomes.js";
import {leadResponse} from "./leadResponse.js";
import {leads} from "./leads.js";
import {opportunities} from "./opportunities.js";
import {orderMetrics} from "./orders.js";
import {owners} from "./owners.js";
import {pipeline} from "./pipeline.js";
import {waterfallMetrics} from "./pipelineWaterfall.js";
import {purchases} from "./purchases.js";
import {quotes} from "./quotes.js";
import {relationship} from "./relationship.js";
import {retention} from "./retention.js";
import {sellingCost} from "./sellingCost.js";
import {service} from "./service.js";
import {subscriptions} from "./subscriptions.js";
import {velocity} from "./velocity.js";


/** Every declared metric, in reading order; those marked internal are parts of others and not listed for readers. */
export const metrics: readonly Metric[] = [
  ...leads,
  ...leadResponse,
  ...leadOutcomes,
  ...opportunities,
  ...pipeline,
  ...velocity,
  ...dueMetrics,
  ...waterfallMetrics,
  ...forecasts,
  ...forecastScores,
  ...forecastReplays,
  ...quotes,
  ...owners,
  ...orderMetrics,
  ...purchases,
  ...customerValue,
  ...sellingCost,
  ...contracts,
  ...subscriptions,
  ...retention,
  ...relationship,
  ...service,
  ...adoption,
  ...activities,
  ...contacts
];
