// Offers, orders with their cost, and what is ordered again without a deal.

import {isSound, type Account} from "./accounts.js";
import type {Block} from "./block.js";
import {inCurrency} from "./currencies.js";
import {dayOfSecond, firstDay, lastDay, lastSecond, officeSecond, secondsPerDay, toWeekday} from "./days.js";
import {counts, isWon, lastChange, type Opportunity} from "./opportunities.js";
import type {Product} from "./products.js";
import type {Random} from "./random.js";
import {demand, type Segment} from "./story.js";

export interface Quote {
  readonly id: string;
  readonly family: string;
  readonly revision: number;
  readonly opportunity: Opportunity;
  readonly status: "Draft" | "Presented" | "Accepted" | "Rejected" | "Expired";
  readonly amount: number;
  readonly created: number;
  readonly expires: number;
  readonly ordered: number | undefined;
}

export interface OrderLine {
  readonly id: string;
  readonly product: Product;
  readonly quantity: number;
  readonly net: number;
  /** NaN where the cost was never entered. */
  readonly cost: number;
}

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly account: Account;
  readonly opportunityId: string;
  readonly quoteId: string;
  readonly on: number;
  readonly ownerId: string;
  readonly currency: string;
  readonly net: number;
  readonly cancelled: number | undefined;
  readonly cancelReason: string;
  readonly returned: boolean;
  readonly lines: readonly OrderLine[];
}

const reorderSize: Readonly<Record<Segment, number>> = {SMB: 650, "Mid-market": 1500, Enterprise: 4200};
const cancelReasons = ["Delivery too late", "Ordered twice", "Budget withdrawn", "Wrong product"] as const;

/** Offers of all deals that came as far as a proposal; each revision is a row, the last one tells the outcome. */
export function makeQuotes(block: Block, opportunities: readonly Opportunity[]): Quote[] {
  const random = block.random("quote");
  return opportunities.flatMap((opportunity) => {
    const proposed = opportunity.changes.find(({stage}) => stage === "Proposal/Price Quote" || stage === "Negotiation/Review");
    const last = lastChange(opportunity);
    if (!proposed || isNaN(last.amount) || opportunity.deleted) return [];
    const family = `Q-${String(block.world.serial("quote")).padStart(6, "0")}`;
    const count = random.weighted([1, 2, 3], (n) => [0.62, 0.28, 0.1][n - 1]!);
    const end = last.stage.startsWith("Closed") ? last.at : lastSecond;
    return Array.from({length: count}, (_, i): Quote => {
      const created = Math.min(lastSecond, proposed.at + 3600 + Math.round((i / count) * Math.max(0, end - proposed.at)));
      const isLast = i === count - 1;
      const won = isLast && last.stage === "Closed Won";
      const expires = dayOfSecond(created) + 30;
      const status = won ? "Accepted" : !isLast || last.stage === "Closed Lost" ? "Rejected" : expires < lastDay ? "Expired" : random.chance(0.2) ? "Draft" : "Presented";
      const amount = isLast ? last.amount : Math.round(last.amount * random.between(1.02, 1.15));
      return {id: block.world.id("quote"), family, revision: i + 1, opportunity, status, amount, created, expires, ordered: won ? Math.max(created, last.at) : undefined};
    });
  });
}

/** Orders of won deals, repeat orders of customers, and returns; sorted by day. */
export function makeOrders(block: Block, opportunities: readonly Opportunity[], quotes: readonly Quote[], accounts: readonly Account[]): Order[] {
  const random = block.random("order");
  const accepted = new Map(quotes.filter(({ordered}) => ordered).map((quote) => [quote.opportunity.id, quote.id]));
  const orders: Order[] = [];
  const firstOrder = new Map<string, number>();
  for (const opportunity of opportunities) {
    const last = lastChange(opportunity);
    if (!isWon(opportunity) || !counts(opportunity) || isNaN(last.amount)) continue;
    const on = Math.min(lastDay, dayOfSecond(last.at) + random.int(0, 5));
    const {account, product, owner, currency} = opportunity;
    orders.push(makeOrder(block, random, {account, product, on, currency, net: last.amount, ownerId: owner.id, opportunityId: opportunity.id, quoteId: accepted.get(opportunity.id) ?? ""}));
    firstOrder.set(account.id, Math.min(on, firstOrder.get(account.id) ?? Infinity));
  }
  for (const account of accounts) {
    const isOld = dayOfSecond(account.created) < firstDay && random.chance(0.62);
    const start = isOld ? firstDay : firstOrder.get(account.id);
    if (isSound(account) && start !== undefined) orders.push(...reorders(block, account, start, random));
  }
  const returns = orders.flatMap((order) => (order.cancelled === undefined && random.chance(0.016) ? giveBack(block, order, random) : []));
  return [...orders, ...returns].sort((a, b) => a.on - b.on || (a.id < b.id ? -1 : 1));
}

/** A customer orders again and again until, one day, it does not. */
function reorders(block: Block, account: Account, start: number, random: Random): Order[] {
  const gap = 92 / account.appetite;
  const orders: Order[] = [];
  for (let on = start; ; ) {
    on = toWeekday(on + Math.max(3, Math.round(random.logNormal(gap / Math.max(0.5, demand(toWeekday(on))), 0.7))));
    if (on > lastDay || random.chance(0.055)) return orders;
    const product = random.pick(block.world.products.filter((one) => one.family !== "Cloud" && one.from <= on && (one.active || on < start + 400)));
    const net = inCurrency(Math.round(random.logNormal(reorderSize[account.segment], 0.7) * 100) / 100, account.currency);
    orders.push(makeOrder(block, random, {account, product, on, net, currency: account.currency, ownerId: account.ownerId, opportunityId: "", quoteId: ""}));
  }
}

type Sale = Pick<Order, "account" | "on" | "currency" | "net" | "ownerId" | "opportunityId" | "quoteId"> & {readonly product: Product};

function makeOrder(block: Block, random: Random, {product, ...sale}: Sale): Order {
  const cancelled = random.chance(0.022) ? officeSecond(sale.on + random.int(1, 20), random) : undefined;
  const others = block.world.products.filter((one) => one.active && one.id !== product.id && one.from <= sale.on);
  const split = random.chance(0.35) ? Math.round(sale.net * random.between(0.65, 0.9) * 100) / 100 : sale.net;
  const lines = [orderLine(block, random, product, split, sale)];
  if (split < sale.net) lines.push(orderLine(block, random, random.pick(others), Math.round((sale.net - split) * 100) / 100, sale));
  return {
    id: block.world.id("order"), number: String(block.world.serial("order")).padStart(8, "0"), ...sale, lines, returned: false,
    cancelled: cancelled !== undefined && cancelled < lastSecond ? cancelled : undefined, cancelReason: random.pick(cancelReasons)
  };
}

function orderLine(block: Block, random: Random, product: Product, net: number, {on}: {on: number}): OrderLine {
  const share = product.cost * random.between(0.93, 1.07) * (1 + (0.05 * (on - firstDay)) / 1000);
  return {
    id: block.world.id("order_line"), product, net, quantity: Math.max(1, Math.round(net / product.price)),
    cost: random.chance(0.03) ? NaN : Math.round(net * share * 100) / 100
  };
}

function giveBack(block: Block, order: Order, random: Random): Order[] {
  const on = toWeekday(order.on + random.int(5, 40));
  const line = order.lines[0]!;
  if (on > lastDay) return [];
  const back = {...line, id: block.world.id("order_line"), net: -line.net, cost: -line.cost, quantity: line.quantity};
  return [{...order, id: block.world.id("order"), number: String(block.world.serial("order")).padStart(8, "0"), on, net: -line.net, returned: true, lines: [back], quoteId: ""}];
}

export const orderStamp = (order: Order): number => Math.min(lastSecond, order.cancelled ?? order.on * secondsPerDay + 50400);
