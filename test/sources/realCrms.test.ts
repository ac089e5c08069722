// Exports and tables of HubSpot, Pipedrive and Zoho that nobody on this project wrote, through their declarations.

import {expect, it} from "vitest";
import {describeRealData} from "../helpers/needs.js";
import {loaded} from "./loaded.js";
import type {Loaded} from "./loaded.js";

async function withData<T>(name: string, body: (data: Loaded) => Promise<T>): Promise<T> {
  const data = await loaded(`test/fixtures/${name}.yaml`);
  try {
    return await body(data);
  } finally {
    data.close();
  }
}

const counts = ({intake}: Loaded) => intake.files.map(({table, rows, kept}) => [table, rows, kept]);
const fedBy = ({intake}: Loaded, table: string) => intake.fed.filter((name) => name.startsWith(`${table}.`)).map((name) => name.slice(table.length + 1));

describeRealData("HubSpot's own exports", "crm_export_samples", () => {
  it("are read with their ids, stamps to the minute and blanks before numbers", () =>
    withData("hubspot_samples", async (data) => {
      expect(counts(data)).toEqual([["account", 25, 25], ["contact", 25, 25], ["opportunity", 0, 0]]);
      expect(await data.rows("select count(*) as n, count(created_at) as dated, min(created_at) as first, max(updated_at) as newest from account")).toEqual([{n: 25, dated: 25, first: "2023-10-25T06:47:00Z", newest: "2023-11-15T20:12:00Z"}]);
      expect(await data.rows("from reject")).toEqual([]);
    }));

  it("hold in a header of deals what a pipeline needs", () =>
    withData("hubspot_samples", async (data) => {
      expect(fedBy(data, "opportunity")).toEqual(["amount", "closed_at", "custom_pipeline", "expected_close_date", "name", "opportunity_id", "owner_id", "stage", "state"]);
    }));
});

describeRealData("Pipedrive's header of a deals list", "crm_export_samples", () => {
  it("feeds state, stage, amounts, currencies, dates and ids of linked records", () =>
    withData("pipedrive_samples", async (data) => {
      expect(fedBy(data, "opportunity")).toEqual(["account_id", "amount", "closed_at", "created_at", "currency", "custom_pipeline", "expected_close_date", "lost_reason", "name", "opportunity_id", "owner_id", "probability", "source", "stage", "state", "updated_at"]);
    }));
});

describeRealData("Zoho CRM's modules", "crm_export_samples", () => {
  it("are read with written dates, money in dollars and no ids where a table has none", () =>
    withData("zoho_samples", async (data) => {
      expect(Object.fromEntries(counts(data).map(([table, ...n]) => [table, n]))).toMatchObject({account: [20, 20], contact: [20, 20], lead: [20, 20], opportunity: [20, 20], activity: [20, 20], campaign: [20, 20], quote: [20, 20], crm_user: [11, 11]});
      expect(await data.rows("select amount, created_at, expected_close_date from opportunity where name = 'Lewis, James'")).toEqual([{amount: 22700, created_at: "2021-04-15T00:02:00Z", expected_close_date: "2021-04-16"}]);
      expect(await data.rows("select state, count(*) as n from lead group by all")).toEqual([{state: "won", n: 20}]);
      expect(await data.rows("select type, count(*) as n, count(done_at) as done from activity group by all order by all")).toEqual([{type: "call", n: 20, done: 20}, {type: "meeting", n: 20, done: 20}]);
      expect(await data.rows("select count(*) as n from reject where table_name not in ('campaign_cost')")).toEqual([{n: 0}]);
    }));
});

describeRealData("Fivetran HubSpot seeds through the declaration", "fivetran_hubspot", () => {
  it("give companies, contacts, tickets, engagements and owners by internal names", () =>
    withData("fivetran_hubspot_crm", async (data) => {
      expect(counts(data)).toEqual([["account", 24, 24], ["contact", 22, 22], ["opportunity", 44, 0], ["activity", 1, 1], ["activity", 100, 100], ["activity", 2, 1], ["activity", 1, 1], ["ticket", 25, 25], ["crm_user", 100, 100]]);
      expect(await data.rows("select count(*) as n, count(solved_at) as solved, count(first_reply_at) as replied from ticket")).toMatchObject([{n: 25, solved: 23}]);
    }));

  it("reject deals without any stage, by the name of the stage's column", () =>
    withData("fivetran_hubspot_crm", async ({rows}) => {
      expect(await rows("select column_name, rule, count(*) as n from reject where table_name = 'opportunity' group by all")).toEqual([{column_name: "label", rule: "required", n: 44}]);
    }));
});
