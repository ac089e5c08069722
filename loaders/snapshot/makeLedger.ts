// Makes the ledger of a month against the one published before it.

import type {Ledger} from "./ledger.js";
import {restatements} from "./ledger.js";
import {readPublished} from "./published.js";
import type {RebuildEffects} from "./rebuild.js";
import type {Snapshot} from "./store.js";
import type {Published} from "./values.js";

/** The month that is being frozen. */
export interface Draft extends Pick<Snapshot, "month" | "asOf" | "settings" | "definitions" | "code"> {
  readonly published: Published;
  /** Folder of its data build. */
  readonly built: string;
  /** Folder of its inputs. */
  readonly inputs: string;
}

/** Returns a line for every KPI and period that the earlier month published and that is another number now. */
export async function makeLedger(previous: Snapshot, draft: Draft, {store}: RebuildEffects & {readonly store: string}): Promise<Ledger> {
  const then = await readPublished(store, previous.id);
  return {lines: restatements(then, draft.published).map((line) => ({...line, from: previous.id, causes: []}))};
}
