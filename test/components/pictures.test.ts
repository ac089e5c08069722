import {describe, it} from "vitest";
import {asOfNote} from "../../src/components/asOfNote.js";
import {barChart} from "../../src/components/barChart.js";
import {dataTable} from "../../src/components/dataTable.js";
import {emptyState} from "../../src/components/emptyState.js";
import {filterBar} from "../../src/components/filterBar.js";
import {headline} from "../../src/components/headline.js";
import {kpiCard} from "../../src/components/kpiCard.js";
import {trendChart} from "../../src/components/trendChart.js";
import type {Manifest} from "../../src/query/manifest.js";
import {expectPicture} from "./snapshot.js";
import {answerOf, blank, faces, formatterOf, month} from "./world.js";

const regions = ["East", "North", "South", "West"];
const stages = ["Prospecting", "Proposal", "Negotiation"];

describe("pictures", async () => {
  const document = blank();
  const en = await formatterOf("en");
  const hu = await formatterOf("hu");
  const all = Object.values(faces);
  const total = answerOf({metrics: ["revenue_won", "win_rate", "sales_cycle_days", "open_pipeline", "new_leads"], targets: true});
  const running = answerOf({metrics: ["revenue_won", "win_rate"], part: true});
  const byRegion = answerOf({metrics: ["revenue_won", "win_rate"], by: "region", members: regions, targets: true});

  it("card of money with three comparisons", () => expectPicture("card-money", kpiCard(total, {metric: faces.revenue_won, definitionHref: "definitions#revenue_won", format: en, document})));
  it("card of a rate, last year leading", () => expectPicture("card-rate", kpiCard(total, {metric: faces.win_rate, compare: "last_year", format: en, document})));
  it("card of days, where down is good", () => expectPicture("card-days", kpiCard(total, {metric: faces.sales_cycle_days, format: en, document})));
  it("card of a part period", () => expectPicture("card-part", kpiCard(running, {metric: faces.revenue_won, format: en, document})));
  it("card in Hungarian", () => expectPicture("card-hungarian", kpiCard(total, {metric: faces.revenue_won, format: hu, document})));
  it("columns beside last year, with targets", () => expectPicture("trend-columns", trendChart(answerOf({metrics: ["revenue_won"], periods: 25, targets: true}), {metric: faces.revenue_won, show: 13, format: en, document})));
  it("columns with a part period", () => expectPicture("trend-part", trendChart(running, {metric: faces.revenue_won, format: en, document})));
  it("line of a rate", () => expectPicture("trend-line", trendChart(total, {metric: faces.win_rate, format: en, document})));
  it("lines by region", () => expectPicture("trend-region", trendChart(byRegion, {metric: faces.revenue_won, domain: regions, format: en, document})));
  it("bars by region", () => expectPicture("bars-region", barChart(byRegion, {metric: faces.revenue_won, format: en, document})));
  it("bars by stage stay in stage order", () => expectPicture("bars-stage", barChart(answerOf({metrics: ["open_pipeline"], by: "stage", members: stages}), {metric: faces.open_pipeline, format: en, document})));
  it("table by region", () => expectPicture("table-region", dataTable(byRegion, {metrics: [faces.revenue_won, faces.win_rate], compare: ["previous", "last_year", "target"], format: en, document})));
  it("table of all numbers", () => expectPicture("table-all", dataTable(total, {metrics: all, format: en, document})));
  it("headline", () => expectPicture("headline", headline(total, {metrics: [faces.revenue_won, faces.win_rate, faces.sales_cycle_days], format: en, document})));
  it("headline in Hungarian", () => expectPicture("headline-hungarian", headline(total, {metrics: [faces.revenue_won, faces.win_rate], format: hu, document})));
  it("empty state", () => expectPicture("empty", emptyState({why: "not_in_data", columns: ["opportunity.amount"], format: en, document})));

  it("filter bar as the build writes it", () =>
    expectPicture(
      "filters",
      filterBar(
        {dimensions: [{id: "region", members: regions, marts: []}], periods: [month(2026, 11, 22), month(2026, 10)], period: month(2026, 10), state: {filters: [{dimension: "region", values: ["West"]}]}},
        {format: en, document}
      )
    ));

  it("source note", () => {
    const file = {source: "salesforce", table: "account", file: "Account.csv", sha256: "", bytes: 1, rows: 912, kept: 900, rejected: 2, excluded: 4, superseded: 6, rejectedCells: 0, excludedWhy: {}};
    const manifest = {asOf: "2026-11-22", asOfRule: "newest", currency: "EUR", fictional: true, calendar: {timeZone: "Europe/Budapest"}, files: [file]};
    expectPicture("note", asOfNote(manifest as unknown as Manifest, {format: en, document}));
  });
});
