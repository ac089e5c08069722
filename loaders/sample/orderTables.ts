import {amountText, bit, csvTable} from "./csvTable.js";
import {dateFieldText, lastSecond, secondsPerDay, stampText} from "./days.js";
import {orderStamp, type Order, type OrderLine, type Quote} from "./orders.js";
import {emptyReference} from "./recordId.js";

const quoteStamp = (row: Quote) => stampText(Math.min(lastSecond, row.ordered ?? row.created));

export const quoteTable = csvTable<Quote>("salesforce/Quote.csv", {
  Id: (row) => row.id,
  OwnerId: (row) => row.opportunity.owner.id,
  IsDeleted: () => 0,
  Name: (row) => `${row.family}-${row.revision}`,
  CurrencyIsoCode: (row) => row.opportunity.currency,
  CreatedDate: (row) => stampText(row.created),
  CreatedById: (row) => row.opportunity.owner.id,
  LastModifiedDate: quoteStamp,
  LastModifiedById: (row) => row.opportunity.owner.id,
  SystemModstamp: quoteStamp,
  OpportunityId: (row) => row.opportunity.id,
  ContactId: (row) => row.opportunity.contactId,
  QuoteNumber: (row) => `${row.family.slice(2)}${row.revision}`,
  Status: (row) => row.status,
  ExpirationDate: (row) => dateFieldText(row.expires),
  TotalPrice: (row) => amountText(row.amount),
  GrandTotal: (row) => amountText(row.amount),
  AccountId: (row) => row.opportunity.account.id,
  Quote_Family__c: (row) => row.family,
  Revision__c: (row) => row.revision,
  Ordered_At__c: (row) => (row.ordered === undefined ? "" : stampText(row.ordered))
});

export const orderTable = csvTable<Order>("salesforce/Order.csv", {
  Id: (row) => row.id,
  OwnerId: (row) => row.ownerId,
  AccountId: (row) => row.account.id,
  OpportunityId: (row) => row.opportunityId || emptyReference,
  QuoteId: (row) => row.quoteId || emptyReference,
  EffectiveDate: (row) => dateFieldText(row.on),
  IsReductionOrder: (row) => bit(row.returned),
  Status: (row) => (row.cancelled === undefined ? "Activated" : "Cancelled"),
  CurrencyIsoCode: (row) => row.currency,
  TotalAmount: (row) => amountText(row.net),
  OrderNumber: (row) => row.number,
  CreatedDate: (row) => stampText(Math.min(lastSecond, row.on * secondsPerDay + 36000)),
  CreatedById: (row) => row.ownerId,
  LastModifiedDate: (row) => stampText(orderStamp(row)),
  LastModifiedById: (row) => row.ownerId,
  IsDeleted: () => 0,
  SystemModstamp: (row) => stampText(orderStamp(row)),
  Cancelled_At__c: (row) => (row.cancelled === undefined ? "" : stampText(row.cancelled)),
  Cancel_Reason__c: (row) => (row.cancelled === undefined ? "" : row.cancelReason)
});

interface OrderItem {
  readonly order: Order;
  readonly line: OrderLine;
}

export function* orderItems(orders: Iterable<Order>): Generator<OrderItem> {
  for (const order of orders) for (const line of order.lines) yield {order, line};
}

export const orderItemTable = csvTable<OrderItem>("salesforce/OrderItem.csv", {
  Id: ({line}) => line.id,
  Product2Id: ({line}) => line.product.id,
  IsDeleted: () => 0,
  OrderId: ({order}) => order.id,
  CurrencyIsoCode: ({order}) => order.currency,
  Quantity: ({line}) => `${line.quantity}.0`,
  UnitPrice: ({line}) => amountText(Math.round((line.net / line.quantity) * 100) / 100),
  TotalPrice: ({line}) => amountText(line.net),
  CreatedDate: ({order}) => stampText(Math.min(lastSecond, order.on * secondsPerDay + 36000)),
  CreatedById: ({order}) => order.ownerId,
  LastModifiedDate: ({order}) => stampText(orderStamp(order)),
  LastModifiedById: ({order}) => order.ownerId,
  SystemModstamp: ({order}) => stampText(orderStamp(order)),
  Cost__c: ({line}) => (isNaN(line.cost) ? "" : amountText(line.cost))
});
