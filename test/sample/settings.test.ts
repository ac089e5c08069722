import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {intake, type Intake} from "../../loaders/canonical/intake.js";
import {canonicalTables} from "../../loaders/canonical/schema.js";
import {openNative, type Native} from "../../loaders/native.js";
import {generateSample} from "../../loaders/sample/generate.js";
import {readSettings} from "../../loaders/settings.js";
import {scratchFolder, silent} from "./sampleFiles.js";

const {folder, drop} = scratchFolder();
let native: Native;
let taken: Intake;
beforeAll(async () => {
  await generateSample({out: join(folder, "sample"), scale: 0.2}, silent);
  writeFileSync(join(folder, "report.yaml"), readFileSync("data/report.yaml", "utf8"));
  native = await openNative();
  taken = await intake(await readSettings(join(folder, "report.yaml")), native);
}, 120_000);
afterAll(() => {
  native?.close();
  drop();
});

describe("data/report.yaml on the sample", () => {
  it("feeds every canonical table but those for sets without records: tenure, case_event", () => {
    const fed = new Set(taken.fed.map((name) => name.split(".")[0]));
    expect(Object.keys(canonicalTables).filter((table) => !fed.has(table))).toEqual(["tenure", "case_event"]);
  });

  it("feeds every column of the tables it feeds, save those that nobody keeps", () => {
    const unfed = Object.entries(canonicalTables).flatMap(([table, {columns}]) => Object.keys(columns).map((column) => `${table}.${column}`)).filter((name) => !/^(tenure|case_event)\./.test(name) && !taken.fed.includes(name));
    expect(unfed).toEqual([
      "contact.phone", "lead.stage", "opportunity.segment", "opportunity.region", "opportunity.merged_into_id", "opportunity_stage_history.changed_after",
      "opportunity_stage_history.changed_until", "opportunity_field_history.changed_after", "opportunity_field_history.changed_until", "invoice.deleted",
      "subscription.amount", "subscription.discount", "subscription.discount_until", "subscription.deleted", "subscription_event.amount", "crm_user.full_time_share", "target.due", "target.relative_to", "target.goal", "target.parent", "forecast.team"
    ]);
  });

  it("takes the day of the export as the newest stamp", () => {
    expect(taken.newestStamp).toMatch(/^2026-11-03T17:42/);
  });

  it("rejects a few cells and counts every row", () => {
    expect(taken.files.some(({rejectedCells}) => rejectedCells > 0)).toBe(true);
    for (const {rows, kept, rejected, excluded, superseded} of taken.files) expect(kept + rejected + excluded + superseded).toBe(rows);
  });

  it("keeps the partner as a dimension of its own", () => {
    expect(taken.custom.map(({table, name, role}) => `${table}.${name} ${role}`)).toEqual(["opportunity.partner dimension"]);
  });
});
