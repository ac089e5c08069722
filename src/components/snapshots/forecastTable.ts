// What each frozen month forecast of the next, beside what was won: how far off each way to forecast was, and which way came nearest.

import type {FrozenForecast} from "../../query/manifest.js";
import type {Period} from "../../query/question.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";
import {table, type TableCell} from "../table.js";

export interface ForecastTableData {
  /** Oldest first. */
  readonly forecasts: readonly FrozenForecast[];
  /** Ids of the ways to forecast that any of them used. */
  readonly ways: readonly string[];
  readonly periodOf: (key: string) => Period;
  /** What was won, by period, of those that are over. */
  readonly won: ReadonlyMap<string, number | null>;
  /** Months are frozen at all. */
  readonly begun: boolean;
}

/** Returns (F − A) ÷ A: how far a forecast was off what was won; null without either, and where nothing was won. */
export const offBy = (forecast: number | null | undefined, won: number | null | undefined): number | null =>
  forecast === null || forecast === undefined || !won ? null : (forecast - won) / won;

/** Returns the finding and the table, the newest month first; a sentence where no month is over. */
export function forecastTable(data: ForecastTableData, {format, document}: ComponentOptions): HTMLElement {
  const {forecasts, ways, periodOf, won} = data;
  if (forecasts.length === 0) return element(document, "p", {class: "qd-caveats"}, format.message(data.begun ? "snapshots.forecast.none" : "snapshots.forecast.early"));
  const money = (value: number | null | undefined): TableCell => ({text: format.value(value ?? null, "currency", {precise: true}), sort: value ?? null});
  const rows = [...forecasts].reverse().map(({period, statedOn, values}): TableCell[] => {
    const actual = won.get(period);
    return [
      {text: format.period(periodOf(period)), sort: period},
      {text: format.date(statedOn), sort: statedOn},
      actual === undefined ? {text: "–", sort: null, note: format.message("snapshots.forecast.running")} : money(actual),
      ...ways.flatMap((way): TableCell[] => {
        const off = offBy(values[way], actual);
        return [money(values[way]), {text: format.value(off, "percent"), sort: off}];
      })
    ];
  });
  const columns = [
    {label: format.message("snapshots.period")}, {label: format.message("snapshots.forecast.stated"), numeric: true}, {label: format.message("snapshots.forecast.won"), numeric: true},
    ...ways.flatMap((way) => [{label: format.metric(way), numeric: true}, {label: format.message("snapshots.forecast.off"), numeric: true}])
  ];
  return element(document, "div", {}, element(document, "p", {}, findingOf(data, {format})), table({caption: format.message("snapshots.forecast.caption"), columns, rows, max: 24}, {format, document}));
}

/** "Forecast, stage history in period, came nearest: off by 12% of what was won in 7 months". Misses to either side add up. */
function findingOf({forecasts, ways, won}: ForecastTableData, {format}: Pick<ComponentOptions, "format">): string {
  const scored = ways.flatMap((way) => {
    const over = forecasts.flatMap(({period, values}) => (won.get(period) != null && values[way] != null ? [[values[way], won.get(period)!] as const] : []));
    const total = over.reduce((sum, [, actual]) => sum + actual, 0);
    return total > 0 ? [{way, count: over.length, share: over.reduce((sum, [forecast, actual]) => sum + Math.abs(forecast - actual), 0) / total}] : [];
  });
  const [best] = scored.sort((a, b) => b.count - a.count || a.share - b.share);
  if (!best) return format.message("snapshots.forecast.early");
  return format.message("snapshots.forecast.finding", {metric: format.metric(best.way), share: format.percent(best.share), count: best.count});
}
