import {describe, expect, it} from "vitest";
import {canonicalTables} from "../../loaders/canonical/schema.js";
import {parseModel, readModels, otherTables} from "../../loaders/build/martModel.js";
import type {CustomMartColumn} from "../../loaders/marts.js";
import {buildWorld} from "./world.js";

const models = await readModels();
const names = new Set([...Object.keys(canonicalTables), ...models.map(({name}) => name), ...Object.keys(otherTables)]);
const statement = (sql: string) => sql.replaceAll(/--.*$/gm, "");

describe("loaders/marts", () => {
  it.each(models.map((model) => [model.name, model] as const))("%s states a grain with a key", (_, {grain}) => {
    expect(grain).toMatch(/^one row per .+; key \(.+\)$/);
  });

  it.each(models.map((model) => [model.name, model] as const))("%s reads what its header says and nothing else", (_, {sql, sources}) => {
    const read = [...statement(sql).matchAll(/\b(?:from|join)\s+([a-z_]+)\b(?!\()/g)].map(([, name]) => name!);
    expect([...new Set(read.filter((name) => names.has(name)))].sort()).toEqual(sources.map(({name}) => name).sort());
  });

  it.each(models.map((model) => [model.name, model] as const))("%s has no clock, no chance and no session zone", (_, {sql}) => {
    expect(statement(sql)).not.toMatch(/\b(now|today|current_date|current_timestamp|get_current_\w+|random|uuid|gen_random_uuid)\b/i);
    expect(statement(sql)).not.toMatch(/timestamptz|timezone\('(?!UTC)/i);
  });

  it("runs each model after what it reads", () => {
    for (const [index, {sources}] of models.entries()) {
      const later = models.slice(index).map(({name}) => name);
      expect(sources.filter(({name}) => later.includes(name))).toEqual([]);
    }
  });

  it("refuses a header without a grain", () => {
    expect(() => parseModel("fct_x", "-- sources: lead\nselect 1\n")).toThrow("loaders/marts/fct_x.sql: the header does not say what one row is");
  });
});

describe("published columns", () => {
  const tables = {opportunity: [{opportunity_id: "a", stage: "Won", state: "won", account_id: "c", custom_partner: "Acme", custom_signed: "2025-01-31 23:30"}], account: [{account_id: "c", custom_tier: "3"}]};
  const custom = (table: string, name: string, more: Partial<CustomMartColumn> = {}): CustomMartColumn => ({table, name, type: "text", privacy: "internal", role: "dimension", label: name, ...more});

  it("hold no ids and no personal column", async () => {
    const {marts, native} = await buildWorld({tables, custom: [custom("opportunity", "partner", {privacy: "personal"}), custom("opportunity", "signed"), custom("account", "tier")]});
    const columns = marts.flatMap(({columns}) => columns.map(({name}) => name));
    expect(columns.filter((name) => name.endsWith("_id"))).toEqual([]);
    expect(columns).not.toContain("partner");
    native.close();
  });

  it("end with the custom columns of the record and of its account, dimensions as text and moments as local days", async () => {
    const {rows, native} = await buildWorld({
      tables,
      timeZone: "Europe/Budapest",
      custom: [custom("opportunity", "partner"), custom("opportunity", "signed", {type: "timestamp", role: "measure"}), custom("account", "tier", {type: "integer"})]
    });
    expect(await rows("fct_opportunity", "partner", "signed", "tier")).toEqual([{partner: "Acme", signed: "2025-02-01", tier: "3"}]);
    native.close();
  });

  it("refuse a custom column with the name of another", async () => {
    await expect(buildWorld({tables: {...tables, account: [{account_id: "c", custom_team: "x"}]}, custom: [custom("account", "team"), custom("opportunity", "partner"), custom("opportunity", "signed")]})).rejects.toThrow(
      "custom column “team” of account: fct_opportunity has a column of that name already"
    );
  });
});
