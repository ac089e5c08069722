// What the intake stops at, where the settings grade it lower: dealt with in the one safe way, and told.

import {expect, it} from "vitest";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {deals, smallReport} from "../pipeline/smallReport.js";

async function build(lines: readonly string[], checks: string, edit = (text: string) => text) {
  const {config, cache} = smallReport({lines: [...lines], edit: (text) => `${edit(text)}${checks ? `checks: {${checks}}\n` : ""}`});
  const {manifest} = await runPipeline(await readSettings(config), {cache});
  return {files: manifest.files, failed: manifest.quality!.checks.filter(({status}) => status === "failed")};
}

it("unknown stages stop; of a lower grade their rows are excluded and counted", async () => {
  const lines = [...deals, "6,Ana,Wonn,2025-01-10T09:00:00Z,,1,2025-02-20T12:00:00Z", "7,Ana,Maybe,2025-01-10T09:00:00Z,,1,2025-02-20T12:00:00Z", "8,Ana,Maybe,2025-01-10T09:00:00Z,,1,2025-02-20T12:00:00Z"];
  await expect(build(lines, "")).rejects.toThrow("a stage that is in none of the lists");
  const {files, failed} = await build(lines, "known_stages: warn");
  expect(files).toMatchObject([{rows: 8, kept: 5, excluded: 3, excludedWhy: {unknown_stage: 3}}]);
  expect(failed).toMatchObject([{id: "known_stages", grade: "warn", count: 3, of: 8, examples: [{id: "Maybe", count: 2}, {id: "Wonn", count: 1}]}]);
});

it("rows of one key that differ stop; of a lower grade one of them counts, whatever their order", async () => {
  const twice = "1,Ben,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,999,2025-02-20T12:00:00Z";
  await expect(build([...deals, twice], "")).rejects.toThrow("1 key has rows of different content");
  const [one, other] = [await build([...deals, twice], "unique_keys: warn"), await build([deals[0]!, twice, ...deals.slice(1)], "unique_keys: warn")];
  expect(one.files).toMatchObject([{rows: 6, kept: 5, superseded: 1}]);
  expect(one.failed).toMatchObject([{id: "unique_keys", count: 1, of: 6, examples: [{id: "1"}]}]);
  expect(other.failed).toEqual(one.failed);
});

it("too many rejects stop; of a lower grade they are told", async () => {
  const lines = [...deals, "6,Ana,Won,no day,2025-03-01T09:00:00Z,1,2025-03-01T09:00:00Z"];
  const strict = (text: string) => text.replace("reject_limit: 50%", "reject_limit: 1%");
  await expect(build(lines, "", strict)).rejects.toThrow("more than reject_limit allows");
  const {failed} = await build(lines, "rejects_few: note", strict);
  expect(failed).toMatchObject([{id: "rejects_few", grade: "note", count: 1, of: 6, examples: [{id: "exports/deals.csv row 7", detail: "created"}]}]);
});
