// What Harbour Lane Instruments sells.

import {bit, csvTable} from "./csvTable.js";
import {dateFieldText, day, dayOfSecond, stampText} from "./days.js";
import {emptyReference} from "./recordId.js";
import type {Random} from "./random.js";
import {newProduct, type Segment} from "./story.js";

export interface Product {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly family: "Sensors" | "Loggers" | "Cloud" | "Services";
  readonly price: number;
  /** Cost of goods as a share of the price. */
  readonly cost: number;
  /** Share of deals before the launch of the new product. */
  readonly share: number;
  readonly winFactor: number;
  readonly sizeFactor: number;
  readonly from: number;
  readonly active: boolean;
}

const start = day("2019-01-07");

const catalogue: readonly Omit<Product, "id">[] = [
  {code: "TG2", name: "Tidewell Gauge 200", family: "Sensors", price: 480, cost: 0.46, share: 0.2, winFactor: 1.05, sizeFactor: 0.9, from: start, active: true},
  {code: "TG4", name: "Tidewell Gauge 400", family: "Sensors", price: 1150, cost: 0.44, share: 0.17, winFactor: 1, sizeFactor: 1.15, from: start, active: true},
  {code: "BRP", name: "Breakwater Probe", family: "Sensors", price: 760, cost: 0.51, share: 0.08, winFactor: 0.9, sizeFactor: 0.95, from: start, active: false},
  {code: "LKL", name: "Larkspur Logger", family: "Loggers", price: 1900, cost: 0.42, share: 0.21, winFactor: 1, sizeFactor: 1.1, from: start, active: true},
  {code: newProduct.code, name: newProduct.name, family: "Loggers", price: 2900, cost: 0.36, share: 0, winFactor: 1.28, sizeFactor: 1.5, from: newProduct.from, active: true},
  {code: "HCB", name: "Harbour Cloud Basic", family: "Cloud", price: 89, cost: 0.2, share: 0.14, winFactor: 1.05, sizeFactor: 0.55, from: start, active: true},
  {code: "HCP", name: "Harbour Cloud Pro", family: "Cloud", price: 390, cost: 0.18, share: 0.12, winFactor: 0.95, sizeFactor: 1.2, from: start, active: true},
  {code: "CAL", name: "Calibration Service", family: "Services", price: 240, cost: 0.62, share: 0.08, winFactor: 1.2, sizeFactor: 0.5, from: start, active: true}
];

export function makeProducts(id: (kind: "product") => string): Product[] {
  return catalogue.map((product) => ({...product, id: id("product")}));
}

/** The main product of a deal begun on a day: the new one takes its share from all others as it ramps up. */
export function drawProduct(products: readonly Product[], of: number, segment: Segment, random: Random): Product {
  const ramped = Math.min(1, Math.max(0, (of - newProduct.from) / newProduct.rampDays));
  if (random.chance(newProduct.share * ramped)) return products.find((product) => product.code === newProduct.code)!;
  return random.weighted(products, ({code, share}) =>
    code === "HCB" ? share * (segment === "SMB" ? 1.6 : 0.4) : code === "HCP" ? share * (segment === "SMB" ? 0.4 : 1.4) : share
  );
}

export const productTable = csvTable<{product: Product; madeBy: string}>("salesforce/Product2.csv", {
  Id: ({product}) => product.id,
  Name: ({product}) => product.name,
  ProductCode: ({product}) => product.code,
  Description: () => "",
  IsActive: ({product}) => bit(product.active),
  CreatedDate: ({product}) => stampText(product.from * 86400 + 32400),
  CreatedById: ({madeBy}) => madeBy || emptyReference,
  LastModifiedDate: ({product}) => stampText(product.from * 86400 + 32400),
  LastModifiedById: ({madeBy}) => madeBy || emptyReference,
  SystemModstamp: ({product}) => stampText(product.from * 86400 + 32400),
  Family: ({product}) => product.family,
  CurrencyIsoCode: () => "EUR",
  IsDeleted: () => 0,
  IsArchived: () => 0,
  StockKeepingUnit: ({product}) => `HLI-${product.code}`,
  List_Price__c: ({product}) => product.price,
  Launched_On__c: ({product}) => dateFieldText(dayOfSecond(product.from * 86400))
});
