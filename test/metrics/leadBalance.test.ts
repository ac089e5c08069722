import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {readModels} from "../../loaders/build/martModel.js";
import {createCanonicalTables} from "../../loaders/canonical/tables.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative} from "../../loaders/native.js";
import {leadsLost, leadsOpen, leadsOpened, leadsReopened, leadsWon} from "../../src/metrics/leadOutcomes.js";
import {askMany} from "../../src/query/ask.js";
import type {Manifest} from "../../src/query/manifest.js";

const first = Date.UTC(2025, 0, 1) / 86_400_000;
const iso = (day: number) => new Date((first + day) * 86_400_000).toISOString().slice(0, 10);
const asOf = "2025-05-20";
const day = fc.option(fc.integer({min: 0, max: 170}));
const states = ["open", "won", "lost", null] as const;
const sources = ["web", "fair", null] as const;

const leads = fc.array(
  fc.record({source: fc.constantFrom(...sources), state: fc.constantFrom(...states), created: fc.integer({min: 0, max: 150}), converted: day, lost: day, reopened: day}),
  {minLength: 1, maxLength: 25}
);
type Leads = typeof leads extends fc.Arbitrary<infer T> ? T : never;

const models = (await readModels()).filter(({name}) => /^(dim_owner|fct_lead|fct_lead_span)$/.test(name));
const metrics = [leadsOpen, leadsOpened, leadsReopened, leadsWon, leadsLost];
const months = ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05"];

/** What leads are joined with, empty here. */
const others = `create table fct_opportunity (opportunity_id text, created_date date, closed_date date, is_won boolean);
  create table int_purchase (customer integer, day date); create table int_customer_dimension (customer integer, customer_id text);
  create table int_customer (customer_id text, account_id text); create table int_lead_response (lead_id text, responded_at timestamp)`;

/** Value by month, member ("" in total) and metric. */
async function compiled(of: Leads): Promise<Map<string, number>> {
  const native = await openNative({threads: 1});
  const text = (value: string | null) => (value === null ? "null" : `'${value}'`);
  const stamp = (on: number | null) => text(on === null ? null : `${iso(on)} 09:00:00`);
  try {
    await createCanonicalTables(native);
    await native.exec(others);
    await native.exec(`insert into lead (lead_id, source, state, created_at, converted_at, lost_at, reopened_at) values ${of.map((lead, k) =>
      `('${k}', ${text(lead.source)}, ${text(lead.state)}, ${[lead.created, lead.converted, lead.lost, lead.reopened].map(stamp).join(", ")})`).join(", ")}`);
    const fed = ["source", "state", "created_at", "converted_at", "lost_at", "reopened_at"].map((name) => `lead.${name}`);
    const marts = await runMarts(native, {asOf, timeZone: "UTC", currency: "EUR", fed, models});
    const manifest = {
      asOf, firstDay: "2024-12-01", fed, windows: {}, measures: [], files: [],
      calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
      dimensions: [{id: "source", members: [...sources], marts: ["fct_lead", "fct_lead_span"]}],
      marts: marts.map(({name, grain, columns}) => ({name, grain, columns, rows: 0, bytes: 0}))
    } as unknown as Manifest;
    const answers = await askMany(months.map((period) => ({metrics: metrics.map(({id}) => id), period, by: ["source"]})), {manifest, run: native.run, catalogue: metrics});
    return new Map(answers.flatMap(({rows}, k) => rows.map((row) => [`${months[k]} ${row.total ? "" : String(row.members[0])} ${row.metric}`, row.value ?? 0] as const)));
  } finally {
    native.close();
  }
}

describe("the balance of open leads", () => {
  it("ties in every month, in total and by source: start + opened + reopened − won − lost is the end", async () => {
    await fc.assert(fc.asyncProperty(leads, async (of) => {
      const found = await compiled(of);
      for (const [k, month] of months.entries())
        for (const member of ["", ...sources.map(String)]) {
          if (k === 0) continue;
          const value = (metric: string, on = month) => found.get(`${on} ${member} ${metric}`) ?? 0;
          const end = value("leads_open", months[k - 1]) + value("leads_opened") + value("leads_reopened") - value("leads_won") - value("leads_lost");
          expect({month, member, end}).toEqual({month, member, end: value("leads_open")});
        }
    }), {numRuns: 20});
  });
});
