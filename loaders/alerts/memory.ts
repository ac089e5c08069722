// The memory of alerts: what the newest snapshot in the store knew.

import {readAlerts} from "../snapshot/published.js";
import {readStore, standing, type Snapshot} from "../snapshot/store.js";
import {memoryOf} from "./compare.js";
import type {LastAlerts} from "./makeAlerts.js";

/** Returns what the newest month of the store knew; nothing where there is none. */
export async function lastAlerts(store: string): Promise<LastAlerts> {
  return alertsOf(store, standing(await readStore(store)).at(-1));
}

/** Returns what a snapshot knew; nothing without one, or of one older than alerts. */
export async function alertsOf(store: string, snapshot: Snapshot | undefined): Promise<LastAlerts> {
  if (!snapshot) return {previous: null, memory: []};
  const report = await readAlerts(store, snapshot);
  return {previous: snapshot.id, memory: report ? memoryOf(report) : []};
}
