// Which cohort an element shows, and what it asks in a reader's state.

import {describe, expect, it} from "vitest";
import {cohorts} from "../../src/metrics/cohorts.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {ReaderState} from "../../src/query/state.js";
import {cohortOf, cohortQuestion, unfedCohort} from "../../src/elements/cohorts.js";
import type {ReportContext} from "../../src/elements/definition.js";
import {calendar} from "../components/cohortWorld.js";
import {blank, formatterOf} from "../components/world.js";

const fed = ["sales_order.order_date", "sales_order.account_id", "subscription.started_on", "subscription.account_id"];
const manifest = {
  cohorts, fed, calendar, asOf: "2026-11-22", firstDay: "2024-01-01", defaultPeriod: "all",
  marts: [{name: "fct_customer_event", columns: [{name: "region", type: "VARCHAR"}, {name: "source", type: "VARCHAR"}]}],
  dimensions: ["region", "source", "stage"].map((id) => ({id, members: ["West"], marts: []}))
} as unknown as Manifest;
const context = {manifest, format: await formatterOf("en"), document: blank()} as unknown as ReportContext;
const state = (cohort: ReaderState["cohort"] = {}, rest: Partial<ReaderState> = {}): ReaderState => ({filters: [], ...rest, cohort});

describe("a cohort element", () => {
  it("shows the one that it names, else the reader's, else the first that is fed", () => {
    expect(cohortOf("subscriptions", state({cohort: "purchases"}), context)?.id).toBe("subscriptions");
    expect(cohortOf(undefined, state({cohort: "subscriptions"}), context)?.id).toBe("subscriptions");
    expect(cohortOf(undefined, state({cohort: "activity"}), context)?.id).toBe("purchases");
    expect(cohortOf("wins", state(), context)).toBeUndefined();
  });

  it("leaves out what this cohort does not offer, so that a choice made of another does no harm", () => {
    const asked = state({measure: "repeat", grain: "day", span: "rolling", key: "stage", form: "absolute"});
    expect(cohortQuestion("purchases", asked, context)).toEqual([{id: "purchases", choices: {measure: "repeat", grain: "day", span: "rolling", form: "absolute"}}]);
    expect(cohortQuestion("subscriptions", asked, context)).toEqual([{id: "subscriptions", choices: {form: "absolute"}}]);
  });

  it("takes the reader's period as that of the starts, the filters, and the first dimension for segments", () => {
    const asked = state({key: "source"}, {period: "2025", filters: [{dimension: "region", values: ["West"]}]});
    expect(cohortQuestion("purchases", asked, context)[0]!.choices).toEqual({key: "source", range: "2025", filters: asked.filters});
    expect(cohortQuestion("purchases", asked, context, {segments: true})[0]!.choices).toMatchObject({key: "start", by: expect.stringMatching(/^(region|source)$/)});
  });

  it("says which columns one lacks that is not fed", () => {
    const note = unfedCohort("wins", context);
    expect(note.getAttribute("data-why")).toBe("not_in_data");
    expect(note.textContent).toContain("opportunity.account_id");
  });
});
