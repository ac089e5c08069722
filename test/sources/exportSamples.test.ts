// Header rows and small exports of real CRMs: what the declarations find in them.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, it} from "vitest";
import {describeRealData} from "../helpers/needs.js";
import {loaded, type Loaded} from "./loaded.js";

/** Takes in one source of real files; `source` is YAML in flow style without folder. */
async function withSource(folder: string, source: string, body: (data: Loaded) => void | Promise<void>): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "quarterdeck-samples-"));
  const path = join(scratch, "report.yaml");
  writeFileSync(path, `title: Samples\ntime_zone: Europe/Budapest\ncurrency: EUR\nreject_limit: 60%\nsources: [{id: crm, folder: ${JSON.stringify(folder)}, ${source}}]\n`);
  try {
    const data = await loaded(path);
    try {
      await body(data);
    } finally {
      data.close();
    }
  } finally {
    rmSync(scratch, {recursive: true});
  }
}

const fedOf = ({intake}: Loaded, table: string): string[] => intake.fed.flatMap((name) => (name.startsWith(`${table}.`) ? [name.slice(table.length + 1)] : []));

describeRealData("SuiteCRM Leads export", "crm_export_samples/suitecrm", (folder) => {
  it("finds every column that a lead needs", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "quarterdeck-header-"));
    const [header = ""] = readFileSync(join(folder, "leads_export.csv"), "utf8").split("\n");
    writeFileSync(join(scratch, "Leads.csv"), `${header}\n`);
    await withSource(scratch, "type: suitecrm", (data) => {
      expect(fedOf(data, "lead")).toEqual(["campaign_id", "company", "converted_account_id", "converted_opportunity_id", "created_at", "deleted", "email", "lead_id", "name", "owner_id", "region", "source", "state", "status", "updated_at"]);
    });
    rmSync(scratch, {recursive: true});
  });

  it("tells of rows that have a cell more than the header", async () => {
    const reading = withSource(folder, "type: suitecrm, files: {Leads: leads_export.csv}", () => {});
    await expect(reading).rejects.toThrow("leads_export.csv: 1 of 2 rows have more cells than the header has names (one has 62, the header has 61), so that values stand under the wrong names.");
  });
});

describeRealData("Redmine issue list header", "crm_export_samples/redmine", (folder) => {
  it("finds every column that a deal needs, but for an amount", () =>
    withSource(folder, "type: redmine, files: {Opportunity: issues_export_header.csv}", (data) => {
      expect(fedOf(data, "opportunity")).toEqual(["closed_at", "created_at", "expected_close_date", "name", "opportunity_id", "owner_id", "source", "stage", "state", "updated_at"]);
    }));

  it("takes leads and deals from one list by its tracker", () =>
    withSource(folder, "type: redmine, only: {lead: {Tracker: Lead}, opportunity: {Tracker: Deal}}, files: {Lead: issues_export_header.csv, Opportunity: issues_export_header.csv}", ({intake}) => {
      expect(intake.files.map(({table, rows}) => [table, rows])).toEqual([["lead", 0], ["opportunity", 0]]);
    }));
});

describeRealData("ClickUp task export header", "crm_export_samples/clickup", (folder) => {
  it("finds leads, deals, accounts, contacts and subtasks in one file", () =>
    withSource(folder, "type: clickup", (data) => {
      expect([...new Set(data.intake.files.map(({table}) => table))]).toEqual(["account", "contact", "lead", "opportunity", "activity"]);
      expect(fedOf(data, "opportunity")).toEqual(["created_at", "expected_close_date", "name", "opportunity_id", "owner_id", "stage", "state"]);
    }));
});

describeRealData("Salesforce weekly export headers", "crm_export_samples/salesforce", (folder) => {
  it("finds every column that it reads of the standard objects", () => {
    const objects = ["Account", "Campaign", "Case", "Contact", "Lead", "Opportunity", "OpportunityHistory"];
    return withSource(folder, `type: salesforce, files: {${objects.map((object) => `${object}: weekly_export_${object}_header.csv`).join(", ")}}`, (data) => {
      expect(fedOf(data, "opportunity")).toEqual(["account_id", "amount", "campaign_id", "closed_at", "created_at", "currency", "deleted", "expected_close_date", "forecast_category", "name", "next_step", "opportunity_id", "owner_id", "probability", "source", "stage", "state", "type", "updated_at"]);
      expect(fedOf(data, "opportunity_stage_history")).toEqual(["amount", "currency", "entered_at", "expected_close_date", "forecast_category", "history_id", "opportunity_id", "probability", "stage", "state"]);
      expect(fedOf(data, "lead")).toEqual(["company", "converted_account_id", "converted_at", "converted_opportunity_id", "created_at", "deleted", "email", "lead_id", "merged_into_id", "name", "owner_id", "region", "source", "state", "status", "updated_at"]);
      expect(data.intake.files.map(({table}) => table)).toEqual(["account", "contact", "lead", "opportunity", "opportunity_stage_history", "campaign", "ticket"]);
    });
  });
});
