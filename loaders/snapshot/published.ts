// What stands beside snapshot.json in the store.

import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {SnapshotError} from "./fault.js";
import type {Ledger} from "./ledger.js";
import type {AlertReport} from "../alerts/rules.js";
import type {FrozenForecasts} from "./forecasts.js";
import {alertsFile, forecastsFile, ledgerFile, valuesFile, type Snapshot} from "./store.js";
import type {Published} from "./values.js";

/** Returns the values that a frozen month published. */
export const readPublished = (store: string, id: string): Promise<Published> => readBeside(join(store, id, valuesFile));

/** Returns the ledger of a frozen month. */
export const readLedger = (store: string, id: string): Promise<Ledger> => readBeside(join(store, id, ledgerFile));

/** Returns the alerts of a frozen month; null where it was frozen without. */
export const readAlerts = async (store: string, {id, files}: Pick<Snapshot, "id" | "files">): Promise<AlertReport | null> => (files[alertsFile] ? readBeside(join(store, id, alertsFile)) : null);

/** Returns what a frozen month forecast of the next; null where it was frozen without. */
export const readForecasts = async (store: string, {id, files}: Pick<Snapshot, "id" | "files">): Promise<FrozenForecasts | null> => (files[forecastsFile] ? readBeside(join(store, id, forecastsFile)) : null);

async function readBeside<Document>(path: string): Promise<Document> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Document;
  } catch (error) {
    throw new SnapshotError(`${path} cannot be read: ${(error as Error).message}`, 2);
  }
}
