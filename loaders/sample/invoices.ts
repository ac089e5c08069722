// Bills and what was paid on them, from the accounting system: two files with one key.

import type {Block} from "./block.js";
import {amountText, csvTable} from "./csvTable.js";
import {dateText, lastDay, lastSecond, officeSecond, stampText, toWeekday} from "./days.js";
import type {Order} from "./orders.js";

export interface Invoice {
  readonly id: string;
  readonly order: Order;
  readonly on: number;
  readonly due: number;
  readonly net: number;
  /** When it was paid in full; undefined while anything is open. */
  readonly paid: number | undefined;
  readonly paidAmount: number;
}

/** One or two bills for each order that was not cancelled; late payers are late again. */
export function makeInvoices(block: Block, orders: readonly Order[]): Invoice[] {
  const random = block.random("invoice");
  return orders.flatMap((order) => {
    if (order.cancelled !== undefined) return [];
    const parts = order.net > 20000 && !order.returned && random.chance(0.4) ? [0.3, 0.7] : [1];
    let rest = order.net;
    return parts.flatMap((part, i): Invoice[] => {
      const on = toWeekday(order.on + 3 + i * 30 + random.int(0, 12));
      if (on > lastDay) return [];
      const net = i === parts.length - 1 ? rest : Math.round(order.net * part * 100) / 100;
      rest = Math.round((rest - net) * 100) / 100;
      const late = order.account.appetite < 0.55 ? 18 : 0;
      const paidOn = toWeekday(on + late + Math.round(random.logNormal(27, 0.4)));
      const paid = paidOn <= lastDay && !random.chance(0.02) ? Math.min(lastSecond, officeSecond(paidOn, random)) : undefined;
      const paidAmount = paid !== undefined ? net : random.chance(0.15) ? Math.round(net * 50) / 100 : 0;
      return [{id: `INV-${String(block.world.serial("invoice")).padStart(7, "0")}`, order, on, due: on + 30, net, paid, paidAmount}];
    });
  });
}

export const invoiceTable = csvTable<Invoice>("other/invoices.csv", {
  invoice_id: (row) => row.id,
  account_id: (row) => row.order.account.id,
  order_id: (row) => row.order.id,
  invoice_date: (row) => dateText(row.on),
  due_date: (row) => dateText(row.due),
  net_amount: (row) => amountText(row.net),
  currency: (row) => row.order.currency,
  created_at: (row) => `${dateText(row.on)} 12:00:00`,
  updated_at: (row) => (row.paid === undefined ? `${dateText(row.on)} 12:00:00` : stampText(row.paid))
});

/** One row for each invoice on which anything was paid. */
export const paymentTable = csvTable<Invoice>("other/payments.csv", {
  invoice_id: (row) => row.id,
  paid_in_full_at: (row) => (row.paid === undefined ? "" : stampText(row.paid)),
  paid_amount: (row) => amountText(row.paidAmount),
  currency: (row) => row.order.currency
});
