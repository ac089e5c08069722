import {existsSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {report} from "../../loaders/report/command.js";
import {deals, smallReport} from "../pipeline/smallReport.js";

it("a report that would publish an address is not published: exit code 4, with mart, column and rows", async () => {
  const {config, cache, folder} = smallReport({lines: [...deals, "6,anna.kovacs@example.com,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,1,2025-02-20T12:00:00Z"]});
  const out: string[] = [];
  const err: string[] = [];
  const code = await report(["--config", config, "--out", join(folder, "site")], {
    out: (text) => out.push(text), err: (text) => err.push(text), progress: () => {}, done: () => {}, colour: false, now: "2025-04-01T00:00:00Z", environment: {}, pipeline: {cache}
  });
  expect(code).toBe(4);
  expect(err.join("")).toContain("marts/dim_owner, column owner: 1 row holds what looks like an e-mail address (a…@…)");
  expect(err.join("")).toContain("marts/fct_opportunity, column owner: 1 row ");
  expect(err.join("")).not.toContain("kovacs");
  expect(existsSync(join(folder, "site"))).toBe(false);
});
