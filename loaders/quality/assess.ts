// What is known of the quality of one build's data.

import type {Intake} from "../canonical/intake.js";
import type {Native} from "../native.js";
import type {Quality, Reconciliation} from "../../src/query/manifest.js";
import type {Settings} from "../settings.js";
import type {Facts} from "./define.js";
import {freshness} from "./freshness.js";
import {runChecks} from "./runChecks.js";

export interface Assessed {
  readonly settings: Pick<Settings, "timeZone" | "currency" | "checks">;
  readonly read: Pick<Intake, "fed" | "files" | "findings" | "newestStamp"> & Partial<Pick<Intake, "histories">>;
  /** Last day the report knows about. */
  readonly asOf: string;
  readonly reconcile?: readonly Reconciliation[];
  readonly published?: Facts["published"];
}

/** Returns the quality of the data whose canonical tables and marts stand in the database. The clock has no part in it. */
export async function assess(native: Native, {settings: {timeZone, currency, checks}, read: {fed, files, findings, newestStamp, histories = []}, asOf, reconcile = [], published}: Assessed): Promise<Quality> {
  const fresh = await freshness(native, {files, fed, asOf, timeZone});
  const results = await runChecks(native, {fed, files, findings, newestStamp, asOf, currency, freshness: fresh, reconcile, ...(published && {published})}, checks);
  return {checks: results, freshness: fresh, reconcile, ...(histories.length > 0 && {history: histories})};
}
