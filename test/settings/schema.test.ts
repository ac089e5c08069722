import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {settingsJsonSchema} from "../../loaders/settings/schema.js";

it("data/report.schema.json is what the settings grammar says", () => {
  const written = JSON.parse(readFileSync("data/report.schema.json", "utf8")) as unknown;
  expect(written, "run npx tsx loaders/settings/writeSchema.ts").toEqual(JSON.parse(JSON.stringify(settingsJsonSchema())));
});
