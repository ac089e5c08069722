import {mkdtempSync, mkdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {SettingsError, readSettings} from "../../loaders/settings.js";
import type {SettingsProblem} from "../../loaders/settings.js";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(folder, {recursive: true}));
mkdirSync(join(folder, "exports"));
writeFileSync(join(folder, "exports", "leads.csv"), "Id,Created,Origin\n1,2025-01-01,web\n");
writeFileSync(join(folder, "off.csv"), "date,name\n2025-12-25,Christmas\n2025-01-01,New Year\n");

const source = `sources:
  - id: shop
    type: csv
    folder: exports
    tables:
      lead: {file: LEADS.csv, columns: {lead_id: id, created_at: created, source: origin}}
`;
const head = "title: T\ntime_zone: Europe/Budapest\ncurrency: EUR\n";

function written(text: string): string {
  const path = join(folder, "report.yaml");
  writeFileSync(path, text);
  return path;
}

async function problems(text: string, environment: Record<string, string> = {}): Promise<readonly SettingsProblem[]> {
  const error = await readSettings(written(text), {}, environment).then(
    () => undefined,
    (error: unknown) => error
  );
  expect(error).toBeInstanceOf(SettingsError);
  return (error as SettingsError).problems;
}

describe("readSettings(path)", () => {
  it("fills in what is left out", async () => {
    const settings = await readSettings(written(head + source));
    expect(settings).toMatchObject({language: "en", asOf: "newest", defaultPeriod: "closed:month", rejectLimit: 0.01, fictional: false, windows: {}, folder});
    expect(settings.calendar).toEqual({timeZone: "Europe/Budapest", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []});
  });

  it("reads months, weekdays, shares and windows", async () => {
    const settings = await readSettings(written(`${head}fiscal_year_start: april\nweek_start: sunday\nworking_days: [sunday, monday]\nreject_limit: 2.5%\nmetrics: {lead_conversion_rate: {window: 30d}, sales_value: {variant: constant_currency}}\n${source}`));
    expect(settings.calendar).toMatchObject({fiscalYearStart: 4, weekStart: 7, workingDays: [1, 7]});
    expect(settings.rejectLimit).toBeCloseTo(0.025);
    expect(settings.windows).toEqual({lead_conversion_rate: 30});
    expect(settings.variants).toEqual({sales_value: "constant_currency"});
  });

  it("reads weights and bands of the customers' health, the declared ones where nothing is said", async () => {
    const {health} = await readSettings(written(`${head}health: {weights: {usage: 50, renewal: 0}, bands: {green: 80}}\n${source}`));
    expect(health).toEqual({weights: {usage: 50, support: 15, sentiment: 15, payment: 15, relation: 15, renewal: 0}, bands: {red: 0, amber: 40, green: 80}});
    const none = "weights: {usage: 0, support: 0, sentiment: 0, payment: 0, relation: 0, renewal: 0}";
    await expect(readSettings(written(`${head}health: {${none}}\n${source}`))).rejects.toThrow(/at least one weight above 0/);
    await expect(readSettings(written(`${head}health: {bands: {amber: 75}}\n${source}`))).rejects.toThrow(/health\.bands\.amber/);
  });

  it("reads whose opportunities are and which lost ones were none, the shipped words where nothing is said", async () => {
    const usual = await readSettings(written(`${head}${source}`));
    expect([usual.ownerCredit, usual.noLoss.duplicate.includes("duplicate")]).toEqual(["at_event", true]);
    const own = await readSettings(written(`${head}owner_credit: current\nlost_reasons: {duplicate: [Twice]}\n${source}`));
    expect([own.ownerCredit, own.noLoss.duplicate, own.noLoss.test]).toEqual(["current", ["Twice"], usual.noLoss.test]);
    await expect(readSettings(written(`${head}owner_credit: mine\n${source}`))).rejects.toThrow(/owner_credit/);
  });

  it("reads the points of activities, the declared ones where nothing is said", async () => {
    expect((await readSettings(written(`${head}activity_points: {call: 3, task: 0}\n${source}`))).activityPoints).toEqual({email: 1, call: 3, meeting: 5, task: 0});
    await expect(readSettings(written(`${head}activity_points: {fax: 1}\n${source}`))).rejects.toThrow(/fax/);
  });

  it("reads the hours of work, 9 to 17 on working days where nothing is said", async () => {
    const hours = async (text: string) => (await readSettings(written(`${head}${text}${source}`))).businessHours;
    expect(await hours("working_days: [sunday, monday]\n")).toEqual([{weekday: 1, from: 540, to: 1020}, {weekday: 7, from: 540, to: 1020}]);
    expect(await hours('business_hours: {friday: ["13:00-15:00", "08:00-12:30"], monday: 00:00-24:00}\n')).toEqual([
      {weekday: 1, from: 0, to: 1440}, {weekday: 5, from: 480, to: 750}, {weekday: 5, from: 780, to: 900}
    ]);
    await expect(hours("business_hours: {monday: 17:00-09:00}\n")).rejects.toThrow(/business_hours\.monday.*end after they begin/s);
    await expect(hours('business_hours: {monday: ["08:00-12:00", "11:00-15:00"]}\n')).rejects.toThrow(/do not run into each other/);
    await expect(hours("business_hours: {mondey: 08:00-12:00}\n")).rejects.toThrow(/mondey/);
    await expect(hours("business_hours: {monday: 8-12}\n")).rejects.toThrow(/business_hours/);
    await expect(hours("business_hours: {}\n")).rejects.toThrow(/at least one day/);
  });

  it("reads holidays from a list or from a file with a date column, sorted", async () => {
    expect((await readSettings(written(`${head}holidays: [2025-05-01, 2025-01-01]\n${source}`))).calendar.holidays).toEqual(["2025-01-01", "2025-05-01"]);
    expect((await readSettings(written(`${head}holidays: off.csv\n${source}`))).calendar.holidays).toEqual(["2025-01-01", "2025-12-25"]);
  });

  it("lets an override replace a key before it is checked", async () => {
    expect((await readSettings(written(head + source), {as_of: "2025-06-30"})).asOf).toBe("2025-06-30");
    await expect(readSettings(written(head + source), {as_of: "2025-06-31"})).rejects.toThrow(/as_of/);
  });

  it("puts environment variables into folders", async () => {
    const settings = await readSettings(written((head + source).replace("folder: exports", "folder: ${HERE}/exports")), {}, {HERE: folder});
    expect(settings.sources[0]?.folder).toBe(join(folder, "exports"));
    expect(await problems((head + source).replace("folder: exports", "folder: ${HERE}/exports"))).toMatchObject([{code: "missing_variable", value: "HERE", line: 7}]);
  });
});

describe("a wrong word is named with its line, what is allowed and the nearest right word", () => {
  const cases: readonly (readonly [string, string, Partial<SettingsProblem>])[] = [
    ["an unknown key", head.replace("title", "titel") + source, {code: "unknown_key", line: 1, value: "titel", nearest: "title"}],
    ["a value outside a closed set", `${head}week_start: munday\n${source}`, {code: "wrong_value", line: 4, nearest: "monday"}],
    ["a wrong type", `${head}fictional: yes please\n${source}`, {code: "wrong_type", line: 4, key: "fictional", expected: "boolean"}],
    ["a time zone", head.replace("Budapest", "Budapset") + source, {code: "wrong_value", line: 2, nearest: "Europe/Budapest"}],
    ["a currency", head.replace("EUR", "EURO") + source, {code: "wrong_value", line: 3, nearest: "EUR"}],
    ["a day that does not exist", `${head}as_of: 2025-02-30\n${source}`, {code: "wrong_value", line: 4, key: "as_of"}],
    ["an unknown table", (head + source).replace("lead:", "leed:"), {code: "unknown_key", line: 9, value: "leed", nearest: "lead"}],
    ["an unknown canonical column", (head + source).replace("created_at:", "craeted_at:"), {code: "unknown_key", line: 9, nearest: "created_at"}],
    ["a missing key column", (head + source).replace("lead_id: id, ", ""), {code: "missing_key", line: 9, value: "lead_id"}],
    ["a column that the file lacks", (head + source).replace("origin", "orgin"), {code: "missing_column", line: 9, value: "orgin", nearest: "Origin", allowed: ["Id", "Created", "Origin"]}],
    ["a file that is not there", (head + source).replace("LEADS", "leeds"), {code: "missing_file", line: 9, nearest: "leads.csv"}],
    ["a folder that is not there", (head + source).replace("folder: exports", "folder: export"), {code: "missing_folder", line: 7, value: "export"}],
    ["an encoding", (head + source).replace("    tables", "    encoding: windows-12522\n    tables"), {code: "wrong_value", line: 8, nearest: "windows-1252"}],
    ["a date format", (head + source).replace("    tables", "    dates: [DD/MM]\n    tables"), {code: "wrong_value", line: 8, value: "DD/MM"}],
    ["two date formats that read a cell differently", (head + source).replace("    tables", "    dates: [DD/MM/YYYY, M/D/YYYY]\n    tables"), {code: "conflict", line: 8}],
    ["a type of source", (head + source).replace("type: csv", "type: cvs"), {code: "wrong_value", line: 6, nearest: "csv"}],
    ["text that is no YAML", `${head}a: [\n`, {code: "syntax"}],
    ["a tab before a key, without what the parser trips over behind it", (head + source).replace("    type", "\ttype"), {code: "syntax", line: 6}],
    ["a key written twice", `${head}currency: USD\n${source}`, {code: "syntax", line: 4, value: "the key currency is written twice"}],
    ["a share above the whole", `${head}reject_limit: 200%\n${source}`, {code: "wrong_value", line: 4, key: "reject_limit"}],
    ["a KPI that is none", `${head}metrics:\n  lead_conversion_rat: {window: 30d}\n${source}`, {code: "unknown_key", line: 5, nearest: "lead_conversion_rate"}],
    ["a variant of a KPI with one definition", `${head}metrics: {lead_close_rate: {variant: cohort}}\n${source}`, {code: "unknown_key", line: 4, value: "lead_close_rate"}],
    ["a variant that a KPI does not have", `${head}metrics: {sales_value: {variant: constant_curency}}\n${source}`, {code: "unknown_key", line: 4, nearest: "constant_currency"}],
    ["a window for a KPI without one", `${head}metrics: {win_rate: {window: 30d}}\n${source}`, {code: "unknown_key", line: 4, value: "win_rate"}],
    ["a stage that is both won and lost", (head + source).replace("lead: {file: LEADS.csv, columns: {lead_id: id, created_at: created, source: origin}}", "opportunity: {file: LEADS.csv, columns: {opportunity_id: id, stage: origin}, stages: {won: [web], lost: [web]}}"), {code: "conflict", value: "the stage web is listed twice"}],
    ["a missing key", head.replace("currency: EUR\n", "") + source, {code: "missing_key", value: "currency"}]
  ];

  it.each(cases)("%s", async (_, text, expected) => {
    const found = await problems(text);
    expect(found[0]).toMatchObject(expected);
    expect(found).toHaveLength(1);
  });

  it("names every fault at once, in the order of the lines", async () => {
    const found = await problems(`titel: x\n${head.replace("EUR", "EURO")}${source.replace("lead:", "leed:")}`);
    expect(found.map(({line}) => line)).toEqual([1, 4, 10]);
  });

  it("prints the first ten faults and the total", async () => {
    const many = Array.from({length: 14}, (_, index) => `wrong_${index}: 1\n`).join("");
    const error = await readSettings(written(many + head + source)).catch((error: Error) => error);
    const lines = (error as Error).message.split("\n");
    expect(lines.filter((line) => /^\S*report\.yaml:\d+: /.test(line))).toHaveLength(10);
    expect(lines.at(-1)).toBe("and 4 more: 14 problems in all");
  });

  it("lists every column of a wide file once, the nearest first, in lines that can be read", async () => {
    const wide = ["Id", ...Array.from({length: 40}, (_, k) => `Some long column ${k}`), "Created On", "Lead Origin"];
    writeFileSync(join(folder, "exports", "wide.csv"), `${wide.join(",")}\n`);
    const text = head + source.replace("LEADS.csv", "wide.csv");
    const {message} = (await readSettings(written(text)).catch((error: Error) => error)) as Error;
    const lines = message.split("\n");
    expect(lines[0]).toMatch(/no such column: origin in wide\.csv \(shop\.lead\.source\); did you mean Lead Origin\?; 43 allowed, the nearest first:$/);
    expect(lines[1]).toMatch(/^ {2}Lead Origin, /);
    for (const column of wide) expect(message).toContain(column);
    expect(Math.max(...lines.slice(1, -1).map(({length}) => length))).toBeLessThanOrEqual(110);
    expect(lines.at(-1)).toMatch(/no such column: created in wide\.csv .*; did you mean Created On\?; allowed: as above$/);
  });

  it("says file, line, key, what is allowed and what was meant in one line", async () => {
    const error = await readSettings(written(`${head}language: eng\n${source}`)).catch((error: Error) => error);
    expect((error as Error).message).toMatch(/report\.yaml:4: wrong value: "eng" \(language\); did you mean en\?; allowed: en, hu$/);
  });
});

describe("settings of a CRM source", () => {
  const crm = (extra: string): string => `${head}sources:\n  - id: sf\n    type: salesforce\n    folder: crm\n${extra}`;
  mkdirSync(join(folder, "crm"));
  writeFileSync(join(folder, "crm", "opportunity.CSV"), "ID,STAGENAME,CLOSEDATE,SEGMENT__C\n");

  it("finds the usual files without case and takes what is there", async () => {
    const settings = await readSettings(written(crm("")));
    expect(settings.sources[0]).toMatchObject({zone: "UTC", type: "salesforce"});
  });

  it("replaces and adds columns", async () => {
    const settings = await readSettings(written(crm("    columns: {opportunity: {segment: Segment__c}}\n")));
    expect(settings.sources[0]?.mappings.find(({table}) => table === "opportunity")?.columns["segment"]).toMatchObject({column: "Segment__c"});
    expect(await problems(crm("    columns: {opportunity: {segment: Segmnt__c}}\n"))).toMatchObject([{code: "missing_column", line: 8, nearest: "SEGMENT__C"}]);
  });

  it("names objects, stages and tables that it does not know", async () => {
    expect(await problems(crm("    files: {Oportunity: x.csv}\n"))).toMatchObject([{code: "unknown_key", line: 8, nearest: "Opportunity"}]);
    expect(await problems(crm("    probability: {Prospectin: 10%}\n"))).toMatchObject([{code: "wrong_value", line: 8, nearest: "Prospecting"}]);
    expect(await problems(crm("    custom: {invoice: {a: {column: b, label: c}}}\n"))).toMatchObject([{code: "unknown_key", line: 8, value: "invoice"}]);
  });

  it("says so when the folder holds none of its files", async () => {
    mkdirSync(join(folder, "none"));
    expect(await problems(crm("").replace("folder: crm", "folder: none"))).toMatchObject([{code: "missing_file", line: 5}]);
  });
});
