// npm run report of sources that are pulled: from settings and environment to exit code, kept folder and site.

import {execFileSync} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeEach, describe, expect, it} from "vitest";
import {filesIn} from "../../loaders/build/filesIn.js";
import {pullSources} from "../../loaders/pull/pull.js";
import {declareSettings} from "../../loaders/settings.js";
import {kpi} from "../../loaders/kpi/command.js";
import {report} from "../../loaders/report/command.js";
import type {ReportDocument} from "../../loaders/report/document.js";
import {deals, smallReport, type SmallReport} from "../pipeline/smallReport.js";
import {badServer, type BadServer} from "./badServer.js";

const token = "t0ken/with+signs=";
const environment = {CRM_TOKEN: token, CRM_KEY: "k3y&more", PATH: process.env.PATH};
const body = `${deals.join("\n")}\n`;

/** What the server does next. */
let behave: (path: string) => {status?: number; text?: string; headers?: Record<string, string>};
const server: BadServer = await badServer({
  "/deals": (response, request) => {
    const {status = 200, text = body, headers = {}} = behave(request.url ?? "");
    response.writeHead(status, {"content-type": "text/csv", ...headers}).end(text);
  }
});
afterAll(() => server.close());
beforeEach(() => {
  behave = () => ({});
  server.asked.length = 0;
});

const pulling = (files: string, extra = "") => (settings: string) => settings.replace("    folder: exports\n", `    pull: {files: ${files}${extra}}\n`);
const deal = `{deals.csv: {url: "${server.url}/deals?key=\${CRM_KEY}", headers: {Authorization: "Bearer \${CRM_TOKEN}"}}}`;

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly steps: string[];
}

interface Run {
  readonly now?: string;
  readonly argv?: readonly string[];
  readonly given?: Readonly<Record<string, string | undefined>>;
}

/** Runs the command up to the site: a check of grade stop that always fails keeps it from building pages. */
async function say({config, folder, cache}: SmallReport, {now = "2026-08-01T12:00:00Z", argv = [], given = environment}: Run = {}): Promise<Said> {
  const [out, err, steps]: [string[], string[], string[]] = [[], [], []];
  const code = await report(["--config", config, "--out", join(folder, "site"), ...argv], {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: (text) => void steps.push(text),
    done: () => {},
    colour: false,
    now,
    environment: given,
    pipeline: {cache},
    timing: {clock: () => performance.now(), now: () => Date.parse(now), wait: async () => {}}
  });
  return {code, out: out.join(""), err: err.join(""), steps};
}

/** Pulls alone. */
async function pullNow({config}: SmallReport, now = "2026-08-01T12:00:00Z"): Promise<unknown> {
  const timing = {clock: () => performance.now(), now: () => Date.parse(now), wait: async () => {}};
  return pullSources(declareSettings(config, {}, environment), {now, environment, progress: () => {}, timing});
}

const gated = (edit: (text: string) => string) => (text: string) => `${edit(text)}checks: {freshness: {grade: stop, days: 1}}\n`;
const small = (files = deal, extra = ""): SmallReport => smallReport({edit: gated(pulling(files, extra))});
const kept = ({folder}: SmallReport, ...path: string[]) => join(folder, "exports/deals", ...path);
const read = (one: SmallReport, ...path: string[]) => readFileSync(kept(one, ...path), "utf8");

async function ask(one: SmallReport, argv: readonly string[] = ["opportunities_won", "--format", "csv"]): Promise<{code: number; out: string; err: string}> {
  let [out, err] = ["", ""];
  const code = await kpi([...argv, "--config", one.config], {out: (text) => (out += text), err: (text) => (err += text), environment: {}, pipeline: {cache: one.cache}});
  return {code, out, err};
}

describe("npm run report of a source that is pulled", () => {
  it("keeps the export under the local day of the report's zone, says size and hash, and reads it", async () => {
    const one = small();
    const {code, out, steps} = await say(one, {now: "2026-08-01T22:30:00Z"});
    const sha256 = createHash("sha256").update(body).digest("hex");
    expect(code).toBe(4);
    expect(out).toContain(`  pulled    deals 2026-08-02: deals.csv, ${body.length} bytes, sha256 ${sha256.slice(0, 16)}…\n`);
    expect(out).toContain("rows      5 in 1 files: 5 used");
    expect(steps[0]).toBe("pulling: deals, deals.csv");
    expect(readdirSync(kept(one))).toEqual(["2026-08-02"]);
    expect(read(one, "2026-08-02/deals.csv")).toBe(body);
    expect(JSON.parse(read(one, "2026-08-02/pull.json"))).toEqual({
      source: "deals", pulled_at: "2026-08-01T22:30:00Z", time_zone: "Europe/Budapest",
      files: [{file: "deals.csv", bytes: body.length, sha256, tries: 1, from: `${server.url}/deals?key=\${CRM_KEY}`}]
    });
    expect(server.asked).toMatchObject([{path: "/deals?key=k3y%26more", headers: {authorization: `Bearer ${token}`}}]);
  });

  it("replaces the folder of a day whole, and adds one for another day", async () => {
    const one = small();
    await pullNow(one);
    behave = () => ({text: body.replace("100.50", "999")});
    await pullNow(one, "2026-08-01T20:00:00Z");
    expect(readdirSync(kept(one))).toEqual(["2026-08-01"]);
    expect(read(one, "2026-08-01/deals.csv")).toContain("999");
    await pullNow(one, "2026-08-08T12:00:00Z");
    expect(readdirSync(kept(one))).toEqual(["2026-08-01", "2026-08-08"]);
  });

  it("says in --json what it pulled", async () => {
    const {out} = await say(small(), {argv: ["--json"]});
    expect((JSON.parse(out) as ReportDocument).pulled).toEqual([{source: "deals", day: "2026-08-01", files: [{file: "deals.csv", bytes: body.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), tries: 1}]}]);
  });

  it("takes a command's output as well", async () => {
    const one = small(`{deals.csv: {command: ["${process.execPath}", "export.mjs", "deals"]}}`);
    writeFileSync(join(one.folder, "export.mjs"), `process.stdout.write(process.argv[2] === "deals" && process.env.CRM_TOKEN ? ${JSON.stringify(body)} : "")`);
    expect((await say(one)).out).toContain("5 used");
  });

  it("removes what was pulled longer ago than keep says", async () => {
    const one = small(deal, ", keep: 5d");
    for (const now of ["2026-08-01T12:00:00Z", "2026-08-04T12:00:00Z", "2026-08-07T12:00:00Z"]) await pullNow(one, now);
    expect(readdirSync(kept(one))).toEqual(["2026-08-04", "2026-08-07"]);
  });

  it("asks again where the server is busy, and says so", async () => {
    let count = 0;
    behave = () => (++count < 3 ? {status: 429, headers: {"retry-after": "9"}} : {});
    const {out, steps} = await say(small());
    expect(steps.slice(0, 3)).toEqual(["pulling: deals, deals.csv", "pulling: deals, deals.csv answered 429; again in 9 s", "pulling: deals, deals.csv answered 429; again in 9 s"]);
    expect(out).toMatch(/deals\.csv, .*…, at try 3\n/);
  });
});

describe("a pull that fails", () => {
  it("is exit code 2; the kept exports and the site stay as they were", async () => {
    const one = small();
    await pullNow(one);
    mkdirSync(join(one.folder, "site"));
    writeFileSync(join(one.folder, "site/report.json"), "{}");
    behave = () => ({status: 401, headers: {"content-type": "application/json"}, text: `{"message":"token ${token} expired"}`});
    const {code, out, err} = await say(one, {now: "2026-08-09T12:00:00Z"});
    expect({code, out}).toEqual({code: 2, out: ""});
    expect(err).toBe(
      [
        `source deals: deals.csv could not be pulled from ${server.url}/deals?key=\${CRM_KEY}`,
        '  It answered 401: {"message":"token ••• expired"}',
        `  The key or token is missing, wrong or expired: look at CRM_TOKEN, CRM_KEY. Nothing of this pull was kept; the newest export is still that of 2026-08-01 in ${kept(one)}.`,
        `${join(one.folder, "site")} is as it was.`,
        ""
      ].join("\n")
    );
    expect(readdirSync(kept(one))).toEqual(["2026-08-01"]);
    expect(readdirSync(join(one.folder, "site"))).toEqual(["report.json"]);
    expect((JSON.parse((await say(one, {argv: ["--json"]})).out) as ReportDocument)).toMatchObject({outcome: "data", exitCode: 2, pulled: []});
  });

  it("keeps the day's earlier pull, also when only the second of two files fails", async () => {
    const one = small(`{deals.csv: {url: "${server.url}/deals"}, more.csv: {url: "${server.url}/deals?more"}}`);
    await pullNow(one);
    behave = (path) => (path.endsWith("more") ? {status: 500} : {text: body.replace("100.50", "999")});
    const {code, err} = await say(one);
    expect(code).toBe(2);
    expect(err).toContain("more.csv could not be pulled");
    expect(err).toContain("It answered 500 (after 5 tries)\n  The server is in trouble: run again later.");
    expect(readdirSync(kept(one))).toEqual(["2026-08-01"]);
    expect(read(one, "2026-08-01/deals.csv")).toBe(body);
  });

  it("of one source does not lose what came of another", async () => {
    const edit = (text: string) => `${pulling(`{deals.csv: {url: "${server.url}/nothing"}}`)(text)}  - id: more\n    type: csv\n    pull: {files: ${deal}}\n    tables:\n      account: {file: deals.csv, columns: {account_id: id}}\n`;
    const one = smallReport({edit});
    const {code, out, err} = await say(one);
    expect(code).toBe(2);
    expect(out).toContain("pulled    more 2026-08-01: deals.csv");
    expect(err).toMatch(/^source deals: deals\.csv could not be pulled from \S+\n  It answered 404\n  Nothing stands at this address: look at url\. Nothing was kept, and nothing is kept from before\.\nNo site was written\.\n$/);
    expect(readdirSync(join(one.folder, "exports/more"))).toEqual(["2026-08-01"]);
  });

  it("shows the last words of a command, masked", async () => {
    const one = small(`{deals.csv: {command: ["${process.execPath}", "export.mjs", "--token=\${CRM_TOKEN}"]}}`);
    writeFileSync(join(one.folder, "export.mjs"), 'console.error(`login failed for ${process.argv[2]} and ${encodeURIComponent(process.env.CRM_KEY)}`); process.exit(7)');
    const {code, err} = await say(one);
    expect(code).toBe(2);
    expect(err).toContain("  It ended with exit code 7; the last it said:\n    login failed for --token=••• and •••\n");
    expect(err).toContain("from " + process.execPath + " export.mjs --token=${CRM_TOKEN}\n");
  });

  it("for want of a variable is exit code 1, before anything is asked", async () => {
    const {code, err} = await say(small(), {given: {CRM_KEY: "k3y"}});
    expect(code).toBe(1);
    expect(err).toContain("environment variable is not set: CRM_TOKEN (deals.pull.files.deals.csv)");
    expect(server.asked).toEqual([]);
  });
});

describe("what was kept last", () => {
  it("is read with --no-pull, without any variable, and asks nobody", async () => {
    const one = small();
    await pullNow(one);
    server.asked.length = 0;
    expect((await say(one, {argv: ["--no-pull"], given: {}})).out).toContain("5 used");
    expect(server.asked).toEqual([]);
  });

  it("is what npm run kpi reads; it never pulls", async () => {
    const one = small();
    expect(await ask(one)).toMatchObject({code: 1, err: expect.stringContaining("nothing has been pulled yet for source deals; npm run report pulls it")});
    await pullNow(one);
    server.asked.length = 0;
    expect(await ask(one)).toMatchObject({code: 0, out: expect.stringMatching(/opportunities_won.*,2/)});
    expect(server.asked).toEqual([]);
  });

  it("has no part in the hash of a build but its own bytes: when and how it was pulled changes nothing", async () => {
    const one = small();
    await say(one);
    const builds = () => readdirSync(one.cache).filter((name) => !name.startsWith("."));
    const before = builds();
    writeFileSync(one.config, readFileSync(one.config, "utf8").replace("}}}}", "}}}, tries: 3}"));
    await say(one, {now: "2026-08-01T13:00:00Z", given: {...environment, CRM_TOKEN: "another-token"}});
    expect(before.length).toBe(1);
    expect(builds()).toEqual(before);
  });
});

describe("a secret", () => {
  it("stands in nothing that is written, kept, told or published", async () => {
    const one = small();
    const said = [await say(one), await say(one, {argv: ["--json"]})];
    behave = () => ({status: 403, headers: {"content-type": "text/plain"}, text: `no right: ${token} k3y&more ${encodeURIComponent(token)} ${Buffer.from(token).toString("base64")}`});
    said.push(await say(one), await say(one, {argv: ["--json"]}));
    const files = await filesIn(one.folder);
    const texts = [...said.flatMap(({out, err, steps}) => [out, err, ...steps]), ...files.map((file) => readFileSync(join(one.folder, file), "latin1"))].join("\n");
    expect(files.some((file) => file.endsWith("manifest.json"))).toBe(true);
    for (const secret of [token, "k3y&more", "k3y%26more", encodeURIComponent(token), Buffer.from(token).toString("base64")]) expect(texts).not.toContain(secret);
    expect(texts).toContain("no right: ••• ••• ••• •••");
  });
});

it("data/exports is kept out of git", () => {
  if (!existsSync(".git")) return;
  expect(execFileSync("git", ["check-ignore", "data/exports/crm/2026-08-01/deals.csv"], {encoding: "utf8"}).trim()).toBe("data/exports/crm/2026-08-01/deals.csv");
});
