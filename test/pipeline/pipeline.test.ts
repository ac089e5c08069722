import {execFileSync, spawn} from "node:child_process";
import {once} from "node:events";
import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {describe, expect, it} from "vitest";
import {pruneBuilds} from "../../loaders/build/buildCache.js";
import {openBuilt} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {idsOf} from "../../src/query/manifest.js";
import {deals, smallReport, type SmallReport} from "./smallReport.js";

const build = async ({config, cache}: SmallReport, overrides = {}) => runPipeline(await readSettings(config, overrides), {cache});
const header = deals[0]!;
const buildOnce = fileURLToPath(new URL("buildOnce.ts", import.meta.url));

/** Hashes of what a build publishes. */
function bytesOf(folder: string): Record<string, string> {
  const files = ["manifest.json", ...readdirSync(join(folder, "marts")).map((name) => `marts/${name}`)];
  return Object.fromEntries(files.map((file) => [file, createHash("sha256").update(readFileSync(join(folder, file))).digest("hex")]));
}

const martsOf = ({"manifest.json": _, ...marts}: Record<string, string>) => marts;

describe("runPipeline", () => {
  it("writes marts, manifest, rejects and timings", async () => {
    const {folder, manifest, cached} = await build(smallReport());
    expect(cached).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(["hygiene", "manifest.json", "marts", "rejects.csv", "timings.json"]);
    expect(readdirSync(join(folder, "marts")).sort()).toEqual([...manifest.marts.map(({name}) => name), ...Object.keys(manifest.records!).map(idsOf)].map((name) => `${name}.parquet`).sort());
    expect(manifest).toMatchObject({title: "Small report", asOf: "2025-03-31", asOfRule: "newest", firstDay: "2025-01-10", currency: "EUR"});
    expect(manifest.files).toMatchObject([{file: "exports/deals.csv", rows: 5, kept: 5}]);
  });

  it("takes as-of from the newest stamp, as a day of the report's zone", async () => {
    expect((await build(smallReport())).manifest.asOf).toBe("2025-03-31");
    expect((await build(smallReport({edit: (text) => text.replace("Europe/Budapest", "UTC")}))).manifest.asOf).toBe("2025-03-30");
  });

  it("asks for as-of where no record carries a stamp", async () => {
    const report = smallReport({edit: (text) => text.replace(", updated_at: updated", "")});
    await expect(build(report)).rejects.toThrow("no file holds a modification stamp to take it from");
    expect((await build(report, {as_of: "2025-03-31"})).manifest).toMatchObject({asOf: "2025-03-31", asOfRule: "set"});
  });

  it("says so where a stamp is mapped and no record has one", async () => {
    const report = smallReport({lines: [header, "1,Ana,Won,2025-01-10T09:00:00Z,2025-02-01,10,"]});
    await expect(build(report)).rejects.toThrow("opportunity.updated_at is mapped, but no record that is kept has a value in it");
  });

  it("lists dimensions that have members, none last, and the marts that carry them", async () => {
    const {dimensions} = (await build(smallReport())).manifest;
    expect(dimensions.map(({id, members}) => ({id, members}))).toEqual([
      {id: "owner", members: ["Ana", "Ben", null]},
      {id: "stage", members: ["Proposal", "Won", "Lost", null]},
      {id: "type", members: ["opportunity"]},
      {id: "size_band", members: ["50-100", "100-200", "200-", null]},
      {id: "cycle_band", members: ["31-60", null]}
    ]);
    for (const {marts} of dimensions.slice(0, 2)) expect(marts).toEqual(expect.arrayContaining(["fct_opportunity", "fct_opportunity_span"]));
    expect(dimensions[0]!.marts).toContain("fct_owner_day");
  });

  it("gives the same bytes twice, without the cache", async () => {
    const [one, other] = [await build(smallReport()), await build(smallReport())];
    expect(one.folder).not.toBe(other.folder);
    expect(bytesOf(other.folder)).toEqual(bytesOf(one.folder));
  });

  it("gives the same marts whatever the order of the rows", async () => {
    const shuffled = [header, ...deals.slice(1).reverse()];
    const [one, other] = [await build(smallReport()), await build(smallReport({lines: shuffled}))];
    expect(martsOf(bytesOf(other.folder))).toEqual(martsOf(bytesOf(one.folder)));
  });

  it("gives the same bytes in any zone of the machine", () => {
    const [auckland, pago] = ["Pacific/Auckland", "Pacific/Pago_Pago"].map((TZ) => {
      const {config, cache} = smallReport();
      return execFileSync(process.execPath, ["--import", "tsx", buildOnce, config, cache], {encoding: "utf8", env: {...process.env, TZ}}).trim();
    });
    expect(bytesOf(auckland!)).toEqual(bytesOf(pago!));
  });

  it("opens for questions with one table a mart", async () => {
    const {folder} = await build(smallReport());
    const {run, close} = await openBuilt(folder);
    expect(await run({sql: "select state, count(*) as n, sum(amount) as amount from fct_opportunity where state <> ? group by all order by all", params: ["lost"]})).toEqual([
      {state: "open", n: 2, amount: 75},
      {state: "won", n: 2, amount: 300.5}
    ]);
    close();
  });

  it("writes rejects that no spreadsheet runs, sorted", async () => {
    const bad = `6,"=HYPERLINK(""x"")",Won,not a day,2025-03-01T09:00:00Z,@1,2025-03-01T09:00:00Z`;
    const {folder, manifest} = await build(smallReport({lines: [...deals, bad]}));
    expect(readFileSync(join(folder, "rejects.csv"), "utf8").split("\n").slice(1, -1)).toEqual([
      expect.stringMatching(/^deals,opportunity,exports\/deals\.csv,7,amount,'@1,/),
      expect.stringMatching(/^deals,opportunity,exports\/deals\.csv,7,created,not a day,/)
    ]);
    expect(manifest.files[0]).toMatchObject({rows: 6, rejectedCells: 2});
  });
});

describe("the cache of builds", () => {
  it("finds a build again when nothing changed", async () => {
    const report = smallReport();
    const first = await build(report);
    expect(await build(report)).toEqual({...first, cached: true});
  });

  it("builds again when a byte of an export, a setting or as-of changes", async () => {
    const report = smallReport();
    const hashes = new Set([(await build(report)).manifest.hash]);
    hashes.add((await build(report, {as_of: "2025-03-30"})).manifest.hash);
    writeFileSync(join(report.folder, "exports/deals.csv"), `${deals.join("\n").replace("100.50", "100.51")}\n`);
    hashes.add((await build(report)).manifest.hash);
    writeFileSync(report.config, readFileSync(report.config, "utf8").replace("EUR", "USD"));
    hashes.add((await build(report)).manifest.hash);
    expect(hashes.size).toBe(4);
  });

  it("does not care for comments in the settings nor for where the report stands", async () => {
    const hashes = await Promise.all([smallReport(), smallReport({edit: (text) => `# mine\n${text}`})].map(async (report) => (await build(report)).manifest.hash));
    expect(hashes[0]).toBe(hashes[1]);
  });

  it("does not find a build whose files are damaged, and mends it", async () => {
    const report = smallReport();
    const {folder} = await build(report);
    writeFileSync(join(folder, "marts/fct_opportunity.parquet"), "");
    expect((await build(report)).cached).toBe(false);
    expect((await build(report)).cached).toBe(true);
  });

  it("refuses exports that change while they are read", async () => {
    const report = smallReport();
    const touch = (step: string, detail?: string) => {
      if (step === "read" && detail) writeFileSync(join(report.folder, "exports/deals.csv"), `${deals.join("\n")}\n\n`);
    };
    await expect(runPipeline(await readSettings(report.config), {cache: report.cache, step: touch})).rejects.toThrow("an export changed while it was being read");
    expect(readdirSync(report.cache)).toEqual([]);
  });

  it("lets two pipelines build the same report at once", async () => {
    const report = smallReport();
    const [one, other] = await Promise.all([build(report), build(report)]);
    expect(other!.folder).toBe(one!.folder);
    expect(readdirSync(report.cache)).toEqual([one!.manifest.hash]);
  });

  it("holds nothing half-made after a kill at any step, and is tidied by the next build", async () => {
    const report = smallReport();
    for (const step of ["read", "marts", "write"]) {
      const child = spawn(process.execPath, ["--import", "tsx", buildOnce, report.config, report.cache, step], {stdio: ["ignore", "pipe", "inherit"]});
      await once(child.stdout, "data");
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(readdirSync(report.cache)).toEqual([expect.stringMatching(/^\.aside-/)]);
    }
    const {manifest} = await build(report);
    expect(readdirSync(report.cache)).toEqual([manifest.hash]);
  });

  it("keeps the builds used last, and any used within the hour", async () => {
    const cache = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
    const hour = 3_600_000;
    const names = Array.from({length: 9}, (_, k) => String(k).repeat(64));
    for (const [k, name] of names.entries()) {
      mkdirSync(join(cache, name));
      utimesSync(join(cache, name), 1000 + k, 1000 + k);
    }
    await pruneBuilds(cache, 1_000_000 + hour / 2);
    expect(readdirSync(cache).sort()).toEqual(names);
    await pruneBuilds(cache, 1_000_000 + 2 * hour);
    expect(readdirSync(cache).sort()).toEqual(names.slice(3));
  });
});
