import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {preparePulls} from "../../loaders/pull/prepare.js";
import {declareSettings, readSettings, SettingsError, type Settings} from "../../loaders/settings.js";

const folder = mkdtempSync(join(tmpdir(), "pull-settings-"));

/** Writes settings of a source that is pulled; `pull` is YAML behind that key, `extra` stands beside it. */
function written(pull: string, extra = ""): string {
  const path = join(folder, "report.yaml");
  writeFileSync(path, `title: T\ntime_zone: Europe/Budapest\ncurrency: EUR\nsources:\n  - id: crm\n    type: hubspot\n${extra}    pull: ${pull}\n`);
  return path;
}

const declared = (pull: string, extra = ""): Settings => declareSettings(written(pull, extra), {}, {});

/** The faults of settings, without the file's name. */
function faults(pull: string, environment?: Record<string, string>): string[] {
  try {
    const {pulls} = declared(pull);
    if (environment) preparePulls(pulls, environment, "report.yaml");
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/^.*report\.yaml:/, ""));
  }
}

describe("pull in report.yaml", () => {
  it("is an address or a command a file, with limits where none are written", () => {
    const {pulls, sources} = declared('{headers: {Accept: text/csv}, files: {deals.csv: {url: "https://crm.example/d", headers: {Authorization: "Bearer ${T}"}}, contacts.csv: {command: [node, export.mjs]}}}');
    expect(pulls).toEqual([
      {
        source: "crm", cwd: folder, folder: join(folder, "exports/crm"), sizeLimit: 4e9, timeLimit: 900_000, silenceLimit: 120_000, tries: 5, allowHttp: false, keepDays: null,
        files: [
          {name: "deals.csv", url: "https://crm.example/d", headers: {Accept: "text/csv", Authorization: "Bearer ${T}"}, line: 7},
          {name: "contacts.csv", command: ["node", "export.mjs"], headers: {}, line: 7}
        ]
      }
    ]);
    expect(sources[0]).toMatchObject({folder: join(folder, "exports/crm"), dated: {vanished: "deleted"}});
  });

  it("takes limits in their units, and another folder", () => {
    const {pulls} = declared("{files: {d.csv: {command: [x]}}, size_limit: 1.5MB, time_limit: 2h, silence_limit: 90s, tries: 1, keep: 400d}", "    folder: kept\n");
    expect(pulls[0]).toMatchObject({sizeLimit: 1.5e6, timeLimit: 7_200_000, silenceLimit: 90_000, tries: 1, keepDays: 400, folder: join(folder, "kept")});
  });

  it.each([
    ["{}", "7: missing key: files (sources[0].pull.files); expected record"],
    ["{files: {}}", "7: missing key: files (pull.files); expected what is pulled, such as deals.csv: {url: …}"],
    ["{files: {d.csv: {ulr: x}}}", "7: unknown key: ulr (sources[0].pull.files.d.csv.ulr); did you mean url?; allowed: url, headers, command"],
    ["{file: {d.csv: {url: x}}}", "7: unknown key: file (sources[0].pull.file); did you mean files?; allowed: files, headers, size_limit, time_limit, silence_limit, tries, allow_http, keep"],
    ["{files: {d.csv: {}}}", "7: missing key: url or command (pull.files.d.csv); expected where the file comes from"],
    ['{files: {d.csv: {url: "https://a/", command: [x]}}}', "7: settings contradict each other: d.csv has both url and command (pull.files.d.csv)"],
    ["{files: {d.csv: {command: x}}}", '7: wrong type: "x" (sources[0].pull.files.d.csv.command); expected array'],
    ["{files: {d.csv: {command: [x]}}, time_limit: 15 min}", '7: wrong value: "15 min" (sources[0].pull.time_limit); expected a time such as 90s, 15m or 2h, at most 24h'],
    ["{files: {d.csv: {command: [x]}}, silence_limit: 999h}", '7: wrong value: "999h" (sources[0].pull.silence_limit); expected a time such as 90s, 15m or 2h, at most 24h'],
    ["{files: {d.csv: {command: [x]}}, size_limit: 4 gigs}", '7: wrong value: "4 gigs" (sources[0].pull.size_limit); expected a size such as 500MB or 4GB'],
    ["{files: {d.csv: {command: [x]}}, tries: 0}", "7: wrong value: 0 (sources[0].pull.tries); expected at least 1"],
    ["{files: {../d.csv: {command: [x]}}}", "7: wrong value: ../d.csv (pull.files.../d.csv); expected a file name such as deals.csv, without folders, and not pull.json"],
    ["{files: {pull.json: {command: [x]}}}", "7: wrong value: pull.json (pull.files.pull.json); expected a file name such as deals.csv, without folders, and not pull.json"],
    ["{files: {d.csv: {command: [x]}, D.csv: {command: [x]}}}", "7: settings contradict each other: d.csv and D.csv are one file where case does not count (pull.files.D.csv)"],
    ["{files: {d.csv: {url: crm.example/d}}}", "7: wrong value: crm.example/d (pull.files.d.csv.url); expected an address that begins with https://"],
    ['{files: {d.csv: {url: "https://a/"}, e.csv: {url: "https://b/"}}, headers: {Accept: x}}', "7: settings contradict each other: headers of all addresses would go to several hosts (a, b); write them beside each url (pull.headers)"],
    ['{files: {d.csv: {url: "https://a/", headers: {Host: b}}}}', "7: wrong value: Host (pull.files.d.csv.headers.Host); expected a header of your own; this one is set by the request"]
  ])("%s is one fault with its line and the right word", (pull, fault) => expect(faults(pull)).toEqual([fault]));

  it("refuses secrets that are written out, without repeating them", () => {
    const found = faults('{files: {d.csv: {url: "https://a/?api_key=abc123&page=2", headers: {Authorization: Bearer abc123}}, e.csv: {url: "https://me:abc123@a/"}}, headers: {X-Api-Key: abc123}}');
    expect(found.length).toBe(4);
    expect(found.join("\n")).toContain('Authorization is written out (pull.files.d.csv.headers.Authorization); expected a secret from the environment: Authorization: "${CRM_TOKEN}"');
    expect(found.join("\n")).not.toContain("abc123");
  });

  it("without a folder is enough, and neither is a fault", () => {
    const path = join(folder, "neither.yaml");
    writeFileSync(path, "title: T\ntime_zone: UTC\ncurrency: EUR\nsources:\n  - id: crm\n    type: hubspot\n");
    expect(() => declareSettings(path)).toThrow("missing key: folder (folder); expected where the exports are, or pull: where they come from");
  });
});

describe("preparePulls(pulls, environment, file)", () => {
  const one = (url: string, rest = "") => `{files: {d.csv: {url: "${url}"${rest}}}}`;

  it("fills in variables; behind the question mark percent-encoded", () => {
    const {pulls} = declared(one("${BASE}/d?key=${KEY}&day=1", ', headers: {Authorization: "Bearer ${TOKEN}"}'));
    const [ready] = preparePulls(pulls, {BASE: "https://crm.example/v1", KEY: "a&b=c d", TOKEN: "t/+="}, "report.yaml");
    expect(ready!.files[0]).toMatchObject({shown: "${BASE}/d?key=${KEY}&day=1", variables: ["TOKEN", "BASE", "KEY"], headers: {Authorization: "Bearer t/+="}});
    expect(ready!.files[0]!.url!.href).toBe("https://crm.example/v1/d?key=a%26b%3Dc%20d&day=1");
  });

  it("names every variable that is not set, once", () => {
    expect(faults('\n      headers: {Authorization: "${C}"}\n      files:\n        d.csv: {url: "https://crm.example/d"}\n        e.csv: {url: "https://crm.example/e"}', {})).toEqual(["10: environment variable is not set: C (crm.pull.files.d.csv)"]);
    expect(faults(one("https://crm.example/${A}?key=${B}&again=${B}", ', headers: {Authorization: "${C}"}'), {A: "", C: "c"})).toEqual(["A", "B"].map((name) => `7: environment variable is not set: ${name} (crm.pull.files.d.csv)`));
  });

  it("refuses a value that would break a header, without repeating it", () => {
    const [fault, ...others] = faults(one("https://crm.example/", ', headers: {Authorization: "Bearer ${T}"}'), {T: "abc\r\nX-Evil: 1"});
    expect(fault).toContain("wrong value: T (crm.pull.files.d.csv); expected an environment variable on one line");
    expect(fault + others.join("")).not.toMatch(/abc|Evil/);
  });

  it.each([
    ["http://crm.example/d", "", "expected https; where only http is to be had, say allow_http: true, and everybody on the way can read along"],
    ["${BASE}/d", "crm.example", "expected an address: https:// and a host"],
    ["${BASE}/d", "file:///etc", "expected an address that begins with https://"],
    ["${BASE}/d", "https://me:hidden@crm.example", "expected an address without a password"]
  ])("refuses %s with %s", (url, BASE, fault) => {
    const found = faults(one(url), {BASE: BASE || "x"}).join("\n");
    expect(found).toContain(fault);
    expect(found).not.toContain("hidden");
  });

  it.each([["http://localhost:8080/d"], ["http://127.0.0.1/d"], ["http://[::1]/d"]])("lets %s be: it never leaves the machine", (url) => expect(faults(one(url), {})).toEqual([]));

  it("lets http be where a setting allows it", () => expect(faults('{allow_http: true, files: {d.csv: {url: "http://crm.example/"}}}', {})).toEqual([]));
});

describe("readSettings of a source that is pulled", () => {
  it("needs no variable of the pull, but something kept", async () => {
    const path = written('{files: {all-deals.csv: {url: "https://crm.example/?key=${NOT_SET}"}}}');
    await expect(readSettings(path, {}, {})).rejects.toThrow("report.yaml:5: nothing has been pulled yet for source crm; npm run report pulls it (crm.pull)");
    mkdirSync(join(folder, "exports/crm/2026-01-31"), {recursive: true});
    mkdirSync(join(folder, "exports/crm/2026-02-01"), {recursive: true});
    const header = "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Amount,Last Modified Date\n";
    for (const day of ["2026-01-31", "2026-02-01"]) writeFileSync(join(folder, `exports/crm/${day}/all-deals.csv`), `${header}1,A,appointmentscheduled,2026-01-01,,5,2026-01-02 10:00\n`);
    expect((await readSettings(path, {}, {})).sources[0]!.folder).toBe(join(folder, "exports/crm"));
  });

  it("and not dated reads the newest day alone", async () => {
    const path = written("{files: {all-deals.csv: {command: [x]}}}", "    dated: false\n");
    expect((await readSettings(path, {}, {})).sources[0]).toMatchObject({folder: join(folder, "exports/crm/2026-02-01")});
  });
});
