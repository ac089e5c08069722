// Foreign money: most is in EUR, some in USD and HUF, a handful of deals in CHF, for which there is no rate.

import {csvTable} from "./csvTable.js";
import {dateText, day, lastDay, monthsBetween} from "./days.js";
import {createRandom} from "./random.js";

const perEuro: Readonly<Record<string, number>> = {EUR: 1, USD: 1.09, HUF: 392, CHF: 0.95};

/** An amount in EUR as the round amount somebody would have typed in another currency. */
export function inCurrency(euro: number, currency: string): number {
  const value = euro * perEuro[currency]!;
  const step = currency === "HUF" ? 1000 : currency === "EUR" ? 0.01 : 10;
  return currency === "EUR" ? euro : Math.max(step, Math.round(value / step) * step);
}

/** The reverse, at the mean rate: for amounts that must fit together, not for reports. */
export function inEuro(amount: number, currency: string): number {
  return amount / perEuro[currency]!;
}

export interface FxRate {
  readonly currency: string;
  readonly from: number;
  readonly rate: number;
}

/** Monthly rates in EUR for one unit from 2019 on: a slow walk around the mean. */
export function makeFxRates(seed: string): FxRate[] {
  return ["HUF", "USD"].flatMap((currency) => {
    const random = createRandom(seed, "fx", currency);
    let drift = 0;
    return monthsBetween(day("2019-01-01"), lastDay).map((from) => {
      drift = 0.86 * drift + 0.011 * random.normal();
      return {currency, from, rate: (1 + drift) / perEuro[currency]!};
    });
  });
}

export const fxRateTable = csvTable<FxRate>("other/fx_rates.csv", {
  currency: (row) => row.currency,
  date: (row) => dateText(row.from),
  rate: (row) => row.rate.toFixed(8)
});
