// Every check, in the order in which reports list them.

import {actionsReadable} from "./checks/actions.js";
import {amountsNotExtreme, amountsNotNegative, amountsNotZero, wonDealsPriced} from "./checks/amounts.js";
import {currenciesKnown, ratesKnown} from "./checks/currencies.js";
import {closedDealsDated, datesInOrder, datesNotAhead, datesNotAncient} from "./checks/dates.js";
import {exportsComplete, exportsWhole, idsNotReused, recordsTimely} from "./checks/exports.js";
import {filesFilled, filesRead, knownStages, rejectsFew} from "./checks/files.js";
import {forecastsReadable} from "./checks/forecasts.js";
import {idsInOneSource, uniqueKeys} from "./checks/keys.js";
import {references} from "./checks/references.js";
import {smallGroups} from "./checks/smallGroups.js";
import {subscriptionsNotMoved} from "./checks/subscriptions.js";
import {reconcileAgrees, rowCount} from "./checks/totals.js";
import {targetsReadable} from "./checks/targets.js";
import {asOfNearRecords, freshness, stampsPlausible} from "./checks/stamps.js";
import type {Check} from "./define.js";

export const checks: readonly Check[] = [
  rejectsFew,
  uniqueKeys,
  knownStages,
  filesFilled,
  filesRead,
  rowCount,
  reconcileAgrees,
  exportsWhole,
  exportsComplete,
  recordsTimely,
  idsNotReused,
  freshness,
  asOfNearRecords,
  stampsPlausible,
  idsInOneSource,
  references,
  datesInOrder,
  datesNotAhead,
  datesNotAncient,
  closedDealsDated,
  subscriptionsNotMoved,
  currenciesKnown,
  ratesKnown,
  amountsNotNegative,
  amountsNotExtreme,
  amountsNotZero,
  wonDealsPriced,
  forecastsReadable,
  actionsReadable,
  targetsReadable,
  smallGroups
];
