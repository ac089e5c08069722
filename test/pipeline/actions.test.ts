import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {smallReport} from "./smallReport.js";

const table = "      action: {file: actions.csv, columns: {metric: metric, segment: segment, started_on: start, action: action, owner_role: role, expected: expected}}\n";

async function built(lines: readonly string[], edit = (text: string) => text) {
  const report = smallReport({edit: (text) => edit(text + table)});
  writeFileSync(join(report.folder, "exports/actions.csv"), `metric,segment,start,action,role,expected\n${lines.join("\n")}\n`);
  const {manifest, folder} = await runPipeline(await readSettings(report.config), {cache: report.cache});
  return {manifest, folder, checks: manifest.quality!.checks.filter(({id}) => id === "actions_readable")};
}

describe("actions.csv", () => {
  it("is in the manifest, the newest first, with part, role and expected effect", async () => {
    const {manifest, checks} = await built(["win_rate,,2025-01-15,Price list,head of sales,up", "win_rate,owner=Ana,2025-02-01,Coaching,,-0.05", "revenue_won,owner=,2025-02-03,Owners for all,,+3%"]);
    expect(manifest.actions).toEqual([
      {metric: "revenue_won", segment: {dimension: "owner", value: null}, start: "2025-02-03", action: "Owners for all", role: null, expected: {direction: "up", by: 0.03}},
      {metric: "win_rate", segment: {dimension: "owner", value: "Ana"}, start: "2025-02-01", action: "Coaching", role: null, expected: {direction: "down", by: -0.05}},
      {metric: "win_rate", segment: null, start: "2025-01-15", action: "Price list", role: "head of sales", expected: {direction: "up", by: null}}
    ]);
    expect(checks).toEqual([expect.objectContaining({status: "passed", count: 0, of: 3})]);
  });

  it("with a KPI, a part or an effect that nobody knows is told, not dropped", async () => {
    const {manifest, checks} = await built(["win_rat,,2025-01-15,One,,", "win_rate,owner=Cid,2025-01-15,Two,,", "win_rate,Ana,2025-01-15,Three,,", "win_rate,stage=Proposal,2025-01-15,Four,,", "win_rate,,2025-01-15,Five,,a lot"]);
    expect(manifest.actions!.map(({action, fault}) => [action, fault]).sort()).toEqual([["Five", "expected"], ["Four", "segment"], ["One", "metric"], ["Three", "segment"], ["Two", "segment"]]);
    expect(checks).toEqual([expect.objectContaining({status: "failed", grade: "warn", count: 5, of: 5})]);
  });

  it("without a day or a text is rejected and counted", async () => {
    const {manifest, folder} = await built(["win_rate,,soon,One,,", "win_rate,,2025-01-15,,,", "win_rate,,2025-01-15,Three,,", "win_rate,,2025-01-16,Four,,"]);
    expect(manifest.actions).toHaveLength(2);
    expect(manifest.files.find(({file}) => file.endsWith("actions.csv"))).toMatchObject({rows: 4, kept: 2, rejected: 2});
    expect(readFileSync(join(folder, "rejects.csv"), "utf8")).toContain("soon");
  });

  it("stands beside events.csv: what happened, by day up to as-of, a public report included", async () => {
    const report = smallReport({edit: (text) => `audience: public\n${text}      event_note: {file: events.csv, columns: {note_id: id, date: day, label: what}}\n`});
    writeFileSync(join(report.folder, "exports/events.csv"), "id,day,what\n1,2025-02-01, Outage \n2,2025-01-10,Fair\n3,2031-01-01,Not yet\n4,,Never\n");
    const {manifest} = await runPipeline(await readSettings(report.config), {cache: report.cache});
    expect(manifest.events).toEqual([{date: "2025-01-10", label: "Fair"}, {date: "2025-02-01", label: "Outage"}]);
    expect(manifest.files.find(({file}) => file.endsWith("events.csv"))).toMatchObject({rows: 4, kept: 3, rejected: 1});
  });

  it("is in no public report", async () => {
    const {manifest, folder} = await built(["win_rate,,2025-01-15,Secret plan,,up"], (text) => `audience: public\n${text}`);
    expect(manifest.actions).toBeUndefined();
    expect(readFileSync(join(folder, "manifest.json"), "utf8")).not.toContain("Secret plan");
  });
});
