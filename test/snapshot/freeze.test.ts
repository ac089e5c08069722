import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {objectPath} from "../../loaders/snapshot/objects.js";
import {lastClosedMonth, lastDayOf} from "../../loaders/snapshot/month.js";
import {code, freeze, frozenReport, january, prove, publishedOf, snapshotOf, textOf, type FrozenReport} from "./frozenReport.js";

describe("months", () => {
  it("end on their last day, and are closed on it", () => {
    expect(lastDayOf("2024-02")).toBe("2024-02-29");
    expect(lastClosedMonth("2025-01-31")).toBe("2025-01");
    expect(lastClosedMonth("2025-01-30")).toBe("2024-12");
    expect(() => lastDayOf("2025-13")).toThrow("not a month");
  });
});

describe("npm run snapshot", () => {
  let report: FrozenReport;
  beforeAll(async () => {
    report = frozenReport();
    report.write(january, "2025-02-14");
    expect(await freeze(report, ["--month", "2025-01"])).toMatchObject({exitCode: 0, err: ""});
  });

  it("keeps the last closed month: values, definitions, settings, inputs, build and pages, each with its hash", async () => {
    const {asOf, files, definitions, publisher, settings, previous, replaces} = await snapshotOf(report, "2025-01");
    expect({asOf, publisher, previous, replaces, frozen: settings["asOf"]}).toEqual({asOf: "2025-01-31", publisher: "Ana", previous: null, replaces: null, frozen: "2025-01-31"});
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["inputs/report.yaml", "inputs/exports/deals.csv", "build/manifest.json", "build/marts/fct_opportunity.parquet", "site/index.html", "values.json", "ledger.json"]));
    expect(definitions["win_rate"]).toEqual({version: expect.any(Number), formula: expect.stringMatching(/^[0-9a-f]{16}$/)});
    const {values} = await publishedOf(report, "2025-01");
    expect([values["win_rate"]!["2025-01"], values["revenue_won"]!["2025-01"]]).toEqual([[2 / 3, 3], [400, 2]]);
  });

  it("says that nothing differs where nothing does, and writes nothing", async () => {
    const before = textOf(report, "2025-01", "snapshot.json");
    const again = await freeze(report, [], {now: "2025-07-01T00:00:00Z"});
    expect(again).toMatchObject({exitCode: 0, out: expect.stringContaining("2025-01 is already frozen from the same inputs")});
    expect(textOf(report, "2025-01", "snapshot.json")).toBe(before);
    expect(readdirSync(report.store).sort()).toEqual(["2025-01", "objects"]);
  });

  it("gives the same bytes from another folder into an empty store", async () => {
    const other = frozenReport();
    other.write(january, "2025-02-14");
    await freeze(other, ["--month", "2025-01"]);
    for (const file of ["snapshot.json", "values.json", "ledger.json"]) expect(textOf(other, "2025-01", file)).toBe(textOf(report, "2025-01", file));
  });

  it("refuses other inputs with exit code 4 and names them", async () => {
    const other = frozenReport(report.store);
    other.write([...january, ["D5", "Lost", "2025-01-09", "2025-01-30", "10"]], "2025-02-14", (text) => text.replace("title: Frozen", "title: Renamed"));
    const refused = await freeze(other, ["--month", "2025-01"], {build: {code: async () => ({...(await code()), hash: "beef".repeat(16)})}});
    expect(refused).toMatchObject({exitCode: 4, out: ""});
    expect(refused.err).toContain("export    exports/deals.csv changed since\n  settings  title changed since\n  code      another version: c0dec0dec0de then, beefbeefbeef now");
    expect(existsSync(join(report.store, "2025-01-r2"))).toBe(false);
  });

  it("refuses months that have not ended, that are none, and corrections of nothing", async () => {
    expect(await freeze(report, ["--month", "2025-02"])).toMatchObject({exitCode: 1, err: expect.stringContaining("2025-02 has not ended: the report's as-of day is 2025-02-14")});
    expect(await freeze(report, ["--month", "2025-1"])).toMatchObject({exitCode: 1, err: expect.stringContaining("is not a month")});
    expect(await freeze(report, ["--month", "2024-12", "--correct", "why"])).toMatchObject({exitCode: 1, err: expect.stringContaining("nothing to correct")});
  });

  it("writes a correction beside the month, which names what it replaces and why", async () => {
    const other = frozenReport(report.store);
    other.write([...january, ["D5", "Lost", "2025-01-09", "2025-01-30", "10"]], "2025-02-14");
    const first = textOf(report, "2025-01", "snapshot.json");
    expect(await freeze(other, ["--month", "2025-01", "--correct", "a loss was left out"])).toMatchObject({exitCode: 0, out: expect.stringContaining("replaces  2025-01: a loss was left out")});
    expect(await snapshotOf(report, "2025-01-r2")).toMatchObject({revision: 2, sequence: 2, previous: "2025-01", replaces: {id: "2025-01", reason: "a loss was left out", differs: ["export    exports/deals.csv changed since"]}});
    expect(textOf(report, "2025-01", "snapshot.json")).toBe(first);
    expect(await freeze(other, ["--month", "2025-01"])).toMatchObject({exitCode: 0, out: expect.stringContaining("2025-01-r2 is already frozen")});
  });
});

describe("npm run verify", () => {
  let report: FrozenReport;
  beforeAll(async () => {
    report = frozenReport();
    report.write(january, "2025-02-14");
    await freeze(report);
  });

  it("proves a month from its kept inputs, wherever they were", async () => {
    const elsewhere = frozenReport(report.store);
    elsewhere.write([], "2025-02-14");
    const proved = await prove(elsewhere, ["--month", "2025-01"]);
    expect(proved).toMatchObject({exitCode: 0, err: "", out: expect.stringContaining("Frozen, 2025-01: proved")});
    expect(proved.out).not.toContain("code");
  });

  it("says where the code is another, and that the bytes are not those of then", async () => {
    const other = await prove(report, [], {build: {code: async () => ({...(await code()), hash: "beef".repeat(16)}), pages: async (_built, _manifest, out) => void (await mkdir(out))}});
    expect(other).toMatchObject({exitCode: 4});
    expect(other.out).toContain("code      not that of then: 1.0.0 (c0dec0dec0de, Node v20) froze it, 1.0.0 (beefbeefbeef, Node v20) is here");
    expect(other.out).toContain("site/index.html");
  });

  it("names a month that is not frozen and those that are", async () => {
    expect(await prove(report, ["--month", "2024-03"])).toMatchObject({exitCode: 1, err: expect.stringContaining("There are 2025-01.")});
  });

  it("finds one flipped byte", async () => {
    const {files} = await snapshotOf(report, "2025-01");
    const name = "build/marts/fct_opportunity.parquet";
    const path = objectPath(report.store, files[name]!.sha256);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
    const red = await prove(report, ["--month", "2025-01"]);
    expect(red).toMatchObject({exitCode: 2, out: expect.stringContaining(`${name}: changed`)});
  });
});
