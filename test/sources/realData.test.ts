// Exports that nobody on this project wrote, by mapping alone. The figures are those of the files' own descriptions.

import {expect, it} from "vitest";
import {describeRealData} from "../helpers/needs.js";
import {loaded} from "./loaded.js";
import type {Loaded} from "./loaded.js";

async function withData<T>(name: string, body: (data: Loaded) => Promise<T>, overrides = {}): Promise<T> {
  const data = await loaded(`test/fixtures/${name}.yaml`, overrides);
  try {
    return await body(data);
  } finally {
    data.close();
  }
}

describeRealData("Maven sales pipeline", "maven_crm", () => {
  it("keeps every row and finds won, lost, open, undated", () =>
    withData("maven", async ({intake, rows, failed}) => {
      expect(intake.files.map(({table, rows, kept}) => [table, rows, kept])).toEqual([["account", 85, 85], ["opportunity", 8800, 8800], ["product", 7, 7], ["crm_user", 35, 35]]);
      expect(await rows("select state, count(*) as n, sum(amount) as amount, count(*) - count(created_at) as undated from opportunity group by state order by state")).toEqual([
        {state: "lost", n: 2473, amount: 0, undated: 0},
        {state: "open", n: 2089, amount: null, undated: 500},
        {state: "won", n: 4238, amount: 10005534, undated: 0}
      ]);
      expect(intake.newestStamp).toBeNull();
      expect((await failed()).filter(({grade}) => grade !== "note")).toEqual([]);
      expect(await rows("from reject")).toEqual([]);
    }));

  it("mends misspelt products and sectors through value maps", () =>
    withData("maven", async ({rows}) => {
      expect(await rows("select count(*) as n from opportunity semi join product using (product_id)")).toEqual([{n: 8800}]);
      expect(await rows("select count(*) as n from account where segment = 'technology'")).toEqual([{n: 12}]);
      expect(await rows("select crm_user.region, sum(amount) as won from opportunity join crm_user on owner_id = user_id where state = 'won' group by all order by all")).toEqual([
        {region: "Central", won: 3346293},
        {region: "East", won: 3090594},
        {region: "West", won: 3568647}
      ]);
    }));
});

describeRealData("Olist marketing funnel", "olist_funnel", () => {
  it("joins closed deals to leads and fills empty sources", () =>
    withData("olist", async ({intake, rows, failed}) => {
      expect(await rows("select count(*) as leads, count(converted_at) as converted, count(*) filter (state = 'won') as won from lead")).toEqual([{leads: 8000, converted: 842, won: 842}]);
      expect(await rows("select count(*) as n, count(converted_at) as converted from lead where source = 'paid_search'")).toEqual([{n: 1586, converted: 195}]);
      expect(await rows("select count(*) as n from lead where source = 'unknown'")).toEqual([{n: 1159}]);
      expect((await failed()).filter(({grade}) => grade !== "note")).toMatchObject([{id: "dates_in_order", table: "lead", count: 1}]);
      expect(intake.files).toMatchObject([{rows: 8000, kept: 8000}]);
    }));
});

describeRealData("Data Loader extracts", "crm_export_samples", () => {
  it("reads UPPER-CASE headers and a named code page", () =>
    withData("dataloader", async ({intake, rows}) => {
      expect(intake.files.map(({table, kept}) => [table, kept])).toEqual([["account", 423], ["opportunity", 38]]);
      expect(await rows("select state, count(*) as n from opportunity group by state order by state")).toEqual([{state: "open", n: 30}, {state: "won", n: 8}]);
      expect(await rows("select probability, closed_at, created_at from opportunity where opportunity_id = '006x0000001YtCrAAK'")).toEqual([{probability: 1, closed_at: "2005-11-09T05:00:00Z", created_at: "2006-06-15T20:47:07Z"}]);
      expect(await rows("select count(*) as n from account where name like '%\ufffd%'")).toEqual([{n: 0}]);
    }));
});

describeRealData("Fivetran Salesforce seeds", "fivetran_salesforce", () => {
  it("reads snake_case names, leaves out deleted records and says why", () =>
    withData("fivetran_salesforce", async ({intake, rows}) => {
      expect(intake.files.find(({table}) => table === "opportunity")).toMatchObject({rows: 10, kept: 0, excluded: 10, excludedWhy: {deleted: 10}});
      expect(intake.files.find(({table}) => table === "account")).toMatchObject({rows: 10, kept: 1, excludedWhy: {deleted: 8, merged: 1}});
      expect(await rows("select count(*) as n, count(name) as named from crm_user")).toEqual([{n: 10, named: 10}]);
    }));
});

describeRealData("Fivetran HubSpot seeds", "fivetran_hubspot", () => {
  it("finds the ticket that is closed before it was created", () =>
    withData("fivetran_hubspot", async ({rows, failed}) => {
      expect(await rows("select count(*) as n, count(solved_at) as solved from ticket")).toEqual([{n: 25, solved: 23}]);
      expect((await failed()).filter(({id}) => id === "dates_in_order")).toMatchObject([{table: "ticket", count: 1}]);
    }));
});
