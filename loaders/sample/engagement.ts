// Signs of life between sales: newsletter opens, clicks and replies, webinars; and use of the cloud product.

import {isSound, type Account} from "./accounts.js";
import type {Block} from "./block.js";
import {campaignOn} from "./campaigns.js";
import {csvTable} from "./csvTable.js";
import {dateText, dayOfSecond, firstDay, lastDay, lastSecond, monthsBetween, secondsPerDay, stampText, toWeekday} from "./days.js";
import {emptyReference} from "./recordId.js";
import {inEuro} from "./currencies.js";
import {seatPrice, type Subscription} from "./subscriptions.js";

export interface Engagement {
  readonly id: string;
  readonly type: "open" | "click" | "reply" | "webinar";
  readonly contactId: string;
  readonly accountId: string;
  readonly campaignId: string;
  readonly at: number;
}

/** A newsletter on the second Tuesday or so of each month: a third opens it, one in fourteen clicks, few reply. */
export function* makeEngagement(block: Block, accounts: readonly Account[]): Generator<Engagement> {
  const random = block.random("engagement");
  const {campaigns, serial} = block.world;
  for (const month of monthsBetween(firstDay, lastDay)) {
    const sent = toWeekday(month + 8);
    if (sent > lastDay) continue;
    const campaignId = campaignOn(campaigns, "Content Download", sent)?.id ?? emptyReference;
    const webinarId = campaignOn(campaigns, "Webinar", sent)?.id ?? emptyReference;
    for (const account of accounts) {
      if (!isSound(account) || dayOfSecond(account.created) >= sent) continue;
      for (const contact of account.contacts) {
        if (contact.optedOut || contact.deleted || !contact.email || contact.created > sent * secondsPerDay) continue;
        const event = (type: Engagement["type"], days: number, campaign = campaignId): Engagement => ({
          id: `EN-${String(serial("engagement")).padStart(8, "0")}`, type, contactId: contact.id, accountId: account.id, campaignId: campaign,
          at: Math.min(lastSecond, (sent + days) * secondsPerDay + random.int(23400, 68400))
        });
        const luck = random.next();
        if (luck < 0.3) yield event("open", random.int(0, 3));
        if (luck < 0.07) yield event("click", random.int(0, 3));
        if (luck < 0.008) yield event("reply", random.int(0, 5));
        if (luck > 0.985) yield event("webinar", random.int(9, 12), webinarId);
      }
    }
  }
}

export const engagementTable = csvTable<Engagement>("other/email_clicks.csv", {
  event_id: (row) => row.id,
  type: (row) => row.type,
  contact_id: (row) => row.contactId,
  account_id: (row) => row.accountId,
  campaign_id: (row) => row.campaignId,
  at: (row) => stampText(row.at)
});

export interface Usage {
  readonly accountId: string;
  readonly productId: string;
  readonly on: number;
  readonly users: number;
  readonly events: number;
}

/** Use on every Monday of a subscription; it fades in the ten weeks before notice is given. */
export function* makeUsage(block: Block, subscriptions: readonly Subscription[]): Generator<Usage> {
  const random = block.random("usage");
  for (const {account, product, started, ended, cancelled, events} of subscriptions) {
    const seats = Math.max(1, Math.round(inEuro(events[0]!.mrr, account.currency) / seatPrice(product)));
    const end = Math.min(lastDay, ended ?? lastDay);
    for (let on = nextMonday(Math.max(firstDay, started)); on <= end; on += 7) {
      const left = cancelled === undefined ? Infinity : dayOfSecond(cancelled) - on;
      const fade = left > 70 ? 1 : Math.max(0.08, left / 70);
      const users = Math.round(seats * 2.2 * fade * random.between(0.5, 1.1));
      if (users > 0) yield {accountId: account.id, productId: product.id, on, users, events: Math.max(users, Math.round(users * random.logNormal(22, 0.5)))};
    }
  }
}

/** The first Monday on or after a day. */
function nextMonday(of: number): number {
  return of + ((7 - ((of + 3) % 7)) % 7);
}

export const usageTable = csvTable<Usage>("other/product_usage.csv", {
  account_id: (row) => row.accountId,
  product_id: (row) => row.productId,
  date: (row) => dateText(row.on),
  active_users: (row) => row.users,
  events: (row) => row.events
});
