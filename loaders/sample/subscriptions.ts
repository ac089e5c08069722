// Cloud subscriptions and their changes: upgrades, downgrades, pauses, renewals, the price rise, ends and returns.

import {isSound, type Account} from "./accounts.js";
import type {Block} from "./block.js";
import {amountText, bit, csvTable} from "./csvTable.js";
import {inCurrency} from "./currencies.js";
import {dateText, dayOfSecond, firstDay, lastDay, lastSecond, monthStart, secondsPerDay, stampText} from "./days.js";
import type {Product} from "./products.js";
import type {Random} from "./random.js";
import {priceRise} from "./story.js";

export type SubscriptionChange = "start" | "upgrade" | "downgrade" | "price_change" | "renewal" | "pause" | "resume" | "cancel" | "end";

export interface SubscriptionEvent {
  readonly type: SubscriptionChange;
  readonly at: number;
  readonly plan: string;
  readonly mrr: number;
}

export interface Subscription {
  readonly id: string;
  readonly account: Account;
  readonly product: Product;
  readonly billing: "month" | "quarter" | "year";
  readonly events: SubscriptionEvent[];
  readonly started: number;
  cancelled: number | undefined;
  /** First day without service; may lie ahead of the export. */
  ended: number | undefined;
  reason: string;
  involuntary: boolean;
}

const reasons = ["Too expensive", "Not used", "Moved to a competitor", "Company closed", "Missing feature"] as const;

/** What one seat of a plan costs a month, after the usual discount. */
export const seatPrice = (product: Product): number => product.price * 0.35;

/** The subscriptions of about half of the accounts; one in twelve that ended comes back with a new one. */
export function makeSubscriptions(block: Block, accounts: readonly Account[]): Subscription[] {
  const random = block.random("subscription");
  return accounts.flatMap((account) => {
    if (!isSound(account) || !random.chance(0.56)) return [];
    const since = Math.max(dayOfSecond(account.created) + random.int(10, 120), firstDay - random.int(20, 900));
    const first = since <= lastDay - 3 ? [live(block, account, since, random)] : [];
    const gone = first[0]?.ended;
    const again = gone !== undefined && gone + 60 < lastDay - 30 && random.chance(0.09) ? [live(block, account, random.int(gone + 40, Math.min(lastDay - 5, gone + 240)), random)] : [];
    return [...first, ...again];
  });
}

function live(block: Block, account: Account, started: number, random: Random): Subscription {
  const small = account.segment === "SMB";
  const basic = random.chance(small ? 0.82 : 0.3);
  const product = block.world.products.find(({code}) => code === (basic ? "HCB" : "HCP"))!;
  const seats = small ? random.int(1, 6) : account.segment === "Enterprise" ? random.int(8, 40) : random.int(3, 14);
  const billing = random.weighted(["month", "quarter", "year"] as const, (name) => (name === "month" ? (small ? 5 : 2) : name === "year" ? (small ? 2 : 6) : 1));
  const factor = started >= priceRise.at && basic ? priceRise.factor : 1;
  let mrr = inCurrency(Math.round(seats * seatPrice(product) * factor), account.currency);
  const subscription: Subscription = {
    id: `SUB-${String(block.world.serial("subscription")).padStart(6, "0")}`, account, product, billing, events: [], started,
    cancelled: undefined, ended: undefined, reason: "", involuntary: false
  };
  let pausedUntil = 0;
  const add = (type: SubscriptionChange, on: number) => {
    const at = Math.min(lastSecond, on * secondsPerDay + 28800);
    subscription.events.push({type, at, plan: product.name, mrr: pausedUntil || type === "end" ? 0 : mrr});
  };
  const change = (type: SubscriptionChange, on: number, by: number) => {
    mrr = Math.max(1, Math.round(mrr * by));
    add(type, on);
  };
  add("start", started);
  const leavesRise = basic && account.segment === priceRise.segment && random.chance(priceRise.churnShare) ? random.int(priceRise.churnFrom, priceRise.churnTo) : undefined;
  const hazard = small ? 0.013 : account.segment === "Enterprise" ? 0.004 : 0.008;
  for (let month = monthStart(started, 1), age = 1; month <= lastDay; month = monthStart(month, 1), ++age) {
    if (pausedUntil && month >= pausedUntil) {
      pausedUntil = 0;
      add("resume", month);
    }
    if (basic && month === priceRise.at) change("price_change", month, priceRise.factor);
    if (age % 12 === 0) add("renewal", month);
    const on = month + random.int(1, 27);
    const rises = leavesRise !== undefined && month >= monthStart(leavesRise) && started < priceRise.at;
    if (rises || random.chance(hazard)) return leave(subscription, rises ? Math.max(leavesRise, month) : on, add, rises ? "Too expensive" : random.pick(reasons), random);
    if (pausedUntil || on > lastDay) continue;
    const luck = random.next();
    if (luck < 0.016) change("upgrade", on, random.between(1.15, 1.7));
    else if (luck < 0.023) change("downgrade", on, random.between(0.55, 0.88));
    else if (luck < 0.0255) {
      pausedUntil = monthStart(month, random.int(2, 3));
      add("pause", on);
    }
  }
  return subscription;
}

function leave(subscription: Subscription, on: number, add: (type: SubscriptionChange, on: number) => void, reason: string, random: Random): Subscription {
  if (on > lastDay) return subscription;
  subscription.involuntary = reason !== "Too expensive" && random.chance(0.14);
  subscription.reason = subscription.involuntary ? "Not paid" : reason;
  subscription.cancelled = Math.min(lastSecond, on * secondsPerDay + 28800);
  subscription.ended = monthStart(on, subscription.billing === "quarter" ? 2 : 1);
  add("cancel", on);
  if (subscription.ended <= lastDay) add("end", subscription.ended);
  return subscription;
}

function statusOf({ended, events, involuntary}: Subscription): string {
  if (ended === undefined) return events.at(-1)!.mrr === 0 ? "paused" : "active";
  if (ended > lastDay) return "cancelling";
  return involuntary ? "unpaid" : "cancelled";
}

export const subscriptionTable = csvTable<Subscription>("other/subscriptions.csv", {
  subscription_id: (row) => row.id,
  account_id: (row) => row.account.id,
  product_id: (row) => row.product.id,
  plan: (row) => row.product.name,
  status: statusOf,
  started_on: (row) => dateText(row.started),
  cancelled_at: (row) => (row.cancelled === undefined ? "" : stampText(row.cancelled)),
  ended_on: (row) => (row.ended === undefined ? "" : dateText(row.ended)),
  billing_period: (row) => row.billing,
  mrr: (row) => amountText(row.events.at(-1)!.mrr),
  cancel_reason: (row) => row.reason,
  involuntary: (row) => bit(row.involuntary),
  currency: (row) => row.account.currency,
  created_at: (row) => stampText(row.events[0]!.at),
  updated_at: (row) => stampText(row.events.at(-1)!.at)
});

interface EventRow {
  readonly id: string;
  readonly subscription: Subscription;
  readonly event: SubscriptionEvent;
}

export function* subscriptionEventRows(block: Block, subscriptions: readonly Subscription[]): Generator<EventRow> {
  for (const subscription of subscriptions) {
    for (const event of subscription.events) yield {id: `SE-${String(block.world.serial("subscription event")).padStart(7, "0")}`, subscription, event};
  }
}

export const subscriptionEventTable = csvTable<EventRow>("other/subscription_events.csv", {
  event_id: (row) => row.id,
  subscription_id: (row) => row.subscription.id,
  type: (row) => row.event.type,
  at: (row) => stampText(row.event.at),
  plan: (row) => row.event.plan,
  mrr: (row) => amountText(row.event.mrr),
  currency: (row) => row.subscription.account.currency
});
