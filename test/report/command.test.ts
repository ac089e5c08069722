import {existsSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {stripVTControlCharacters} from "node:util";
import {z} from "zod";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {report, type ExitCode, type ReportEffects} from "../../loaders/report/command.js";
import {reportSchema, type ReportDocument} from "../../loaders/report/document.js";
import {deals, smallReport, type SmallReport} from "../pipeline/smallReport.js";

interface Told {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the command on a report, in its own folder's site. */
async function say({config, folder, cache}: SmallReport, argv: readonly string[] = [], effects: Partial<ReportEffects> = {}): Promise<Told> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await report(["--config", config, "--out", join(folder, "site"), ...argv], {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: () => {},
    done: () => {},
    colour: false,
    now: "2025-04-02T12:00:00Z",
    environment: {},
    pipeline: {cache},
    ...effects
  });
  return {code, out: out.join(""), err: err.join("")};
}

const checks = (text: string) => (settings: string) => `${settings}checks: ${text}\n`;
const zero = deals.map((line) => line.replace("100.50", "0"));
const document = ({out}: Told): ReportDocument => z.strictObject(reportSchema.shape).parse(JSON.parse(out));

describe("npm run report, where no site is built", () => {
  it("exits with 1 for settings and options, and says where", async () => {
    const wrong = await say(smallReport({edit: checks("{amounts_not_zro: stop}")}));
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/report\.yaml:16: unknown key: amounts_not_zro .*did you mean amounts_not_zero\?[^]*No site was written\.\n$/);
    expect((await say(smallReport(), ["--alert-on", "blue"])).code).toBe(1);
    expect((await say(smallReport(), ["--jsn"])).code).toBe(1);
  });

  it("refuses a grade or a limit that there is not, and off where a failure has to be dealt with", async () => {
    for (const [text, message] of [["{references: loud}", "stop, warn, note, off"], ["{freshness: {day: 3}}", "did you mean days?"], ["{unique_keys: off}", "stop, warn, note"]] as const) {
      expect((await say(smallReport({edit: checks(text)}))).err).toContain(message);
    }
  });

  it("exits with 2 for exports that cannot be trusted", async () => {
    const {code, err} = await say(smallReport({lines: [...deals, "6,Ana,Wonn,2025-01-10T09:00:00Z,,1,2025-02-20T12:00:00Z"]}));
    expect(code).toBe(2);
    expect(err).toContain("did you mean Won?");
  });

  it("exits with 4 when a check of grade stop fails, says which, and writes nothing", async () => {
    const small = smallReport({lines: zero, edit: checks("{amounts_not_zero: stop}")});
    const {code, out, err} = await say(small);
    expect(code).toBe(4);
    expect(out).toContain("Small report, as of 2025-03-31: not published");
    expect(out).toContain("  stop      No zero amounts: opportunity.amount, 1 of 3: 1 0.00\n            Fill in the amount in the CRM");
    expect(err).toBe("A check of grade stop failed.\nNo site was written.\n");
    expect(existsSync(join(small.folder, "site"))).toBe(false);
  });

  it("ages sources by the clock where as-of is the newest record", async () => {
    const stale = checks("{freshness: {grade: stop, days: 3}}");
    expect((await say(smallReport({edit: stale}), [], {now: "2025-04-10T12:00:00Z"})).out).toContain("stop      Fresh sources: deals today (2025-03-30T22:30:00Z): deals 10 days");
    const set = smallReport({edit: (text) => stale(text).replace("as_of: newest", "as_of: 2025-03-31").replace("grade: stop", "grade: note")});
    expect(document(await say({...set, config: writeStop(set)}, ["--json"], {now: "2025-04-10T12:00:00Z"})).checks.filter(({id, column}) => id === "freshness" && column === "today")).toEqual([]);
  });

  it("prints one JSON document of its schema, whatever came of it", async () => {
    const gate = document(await say(smallReport({lines: zero, edit: checks("{amounts_not_zero: stop}")}), ["--json"]));
    expect(gate).toMatchObject({outcome: "gate", exitCode: 4, message: "A check of grade stop failed.", title: "Small report", asOf: "2025-03-31", site: null, rows: {files: 1, rows: 5, kept: 5}});
    expect(gate.checks[0]).toMatchObject({id: "amounts_not_zero", grade: "stop", status: "failed", count: 1, of: 3});
    const settings = document(await say(smallReport({edit: (text) => text.replace("title", "titel")}), ["--json"]));
    expect(settings).toMatchObject({outcome: "settings", exitCode: 1, title: null, rows: null, checks: []});
    expect(document(await say(smallReport({lines: [deals[0]!, "1,Ana,Wonn,,,,"]}), ["--json"]))).toMatchObject({outcome: "data", exitCode: 2});
  });

  it("prints the schema itself", async () => {
    const {code, out} = await say(smallReport(), ["--schema"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({type: "object", properties: {outcome: {enum: ["built", "unchanged", "settings", "data", "build", "gate"]}}});
  });

  it("has colours only in a terminal, and the same words in both", async () => {
    const small = smallReport({lines: zero, edit: checks("{amounts_not_zero: stop}")});
    const [plain, coloured] = [await say(small), await say(small, [], {colour: true})];
    expect(plain.out + plain.err).not.toContain("\u001b");
    expect(coloured.out).toContain("\u001b[31mstop\u001b[39m");
    expect(stripVTControlCharacters(coloured.out)).toBe(plain.out);
  });
});

/** The same report with a check that stops it, so that nothing is built. */
function writeStop({config, folder}: SmallReport): string {
  const path = join(folder, "stop.yaml");
  writeFileSync(path, readFileSync(config, "utf8").replace(/checks: .*/, "checks: {won_deals_priced: stop, freshness: {grade: stop, days: 3}}"));
  writeFileSync(join(folder, "exports/deals.csv"), `${deals.join("\n").replace("100.50", "")}\n`);
  return path;
}

describe("npm run report, over a site", () => {
  let small: SmallReport;
  let first: Told;
  const site = () => join(small.folder, "site");
  const write = (lines: readonly string[]) => writeFileSync(join(small.folder, "exports/deals.csv"), `${lines.join("\n")}\n`);

  beforeAll(async () => {
    small = smallReport();
    first = await say(small, ["--json"]);
  }, 600_000);
  afterAll(() => rmSync(small.folder, {recursive: true, force: true}));

  it("exits with 0 and tells rows, checks and the site", async () => {
    const told = document(first);
    expect({code: first.code, err: first.err, message: told.message}).toEqual({code: 0, err: "", message: null});
    expect(told).toMatchObject({outcome: "built", exitCode: 0, message: null, alerts: [], rows: {rows: 5, kept: 5}});
    expect(told.site!.files).toBe(readdirSync(site(), {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile()).length);
    expect(told.freshness).toEqual([{source: "deals", table: "opportunity", newest: "2025-03-30T22:30:00Z", ageDays: 0}]);
  });

  it("says when nothing changed, and still what fails", async () => {
    const {code, out} = await say(small);
    expect(code).toBe(0);
    expect(out).toMatch(/nothing changed\n {2}rows {6}5 in 1 files: 5 used, .*\n {2}newest {4}deals 2025-03-30\n {2}checks {4}\d+ passed, none failed/);
  }, 600_000);

  it("with --alert-on exits with 5 for a check that did not fail at the last run, once", async () => {
    write(deals.map((line) => line.replace("2025-02-20T12:00:00Z,100.50", "2025-01-02T12:00:00Z,100.50")));
    expect((await say(small, ["--alert-on", "stop"])).code).toBe(0);
    write(deals.map((line) => line.replace("2025-02-20T12:00:00Z,100.50", "2025-01-02T12:00:00Z,-1")));
    const told = await say(small, ["--alert-on", "warn", "--json"]);
    expect(told.code).toBe(5);
    expect(document(told)).toMatchObject({outcome: "built", exitCode: 5, alerts: ["amounts_not_negative opportunity amount"]});
    expect((await say(small, ["--alert-on", "warn"])).code).toBe(0);
  }, 600_000);

  it("compares rows with the last run, and leaves the site as it was when the gate holds", async () => {
    const before = readFileSync(join(site(), "report.json"), "utf8");
    write(deals.slice(0, 4));
    writeFileSync(small.config, `${readFileSync(small.config, "utf8")}checks: {row_count: {grade: stop, fall: 20%}}\n`);
    const {code, out, err} = await say(small);
    expect(code).toBe(4);
    expect(out).toContain("stop      new: Rows as at the last run: deals opportunity (2025-03-31), 2 of 5: deals 5 → 3");
    expect(err).toBe(`A check of grade stop failed.\n${site()} is as it was.\n`);
    expect(readFileSync(join(site(), "report.json"), "utf8")).toBe(before);
  });
});
