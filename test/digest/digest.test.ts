// The digest of a real store: two months of one small company, told as mail, text, JSON and feed.

import {createServer, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {digest, type DigestExit} from "../../loaders/digest/command.js";
import type {Digest} from "../../loaders/digest/digest.js";
import {postDigest, webhookFault} from "../../loaders/digest/webhook.js";
import {freeze, frozenReport, january, textOf, type FrozenReport} from "../snapshot/frozenReport.js";

const hostile = `<img src=x onerror=alert(1)>`;
const settings = (text: string): string => `${text.replace("title: Frozen", `title: "Frozen ${hostile}"`).replace("publisher: Ana", `publisher: "Ana ${hostile}"`)}
digest: {url: "https://reports.example.com/crm/", kpis: [revenue_won, opportunities_won, win_rate, mrr]}
alerts: {won: {metric: revenue_won, below: 350}}
`;

interface Told {
  readonly exitCode: DigestExit;
  readonly out: string;
  readonly err: string;
}

async function told({config, store}: FrozenReport, argv: readonly string[] = []): Promise<Told> {
  let [out, err] = ["", ""];
  const exitCode = await digest(["--config", config, ...argv], {out: (text) => (out += text), err: (text) => (err += text), environment: {STORE: store}, webhook: {fetch: globalThis.fetch, wait: async () => {}, limit: 2000}});
  return {exitCode, out, err};
}

describe("digest", () => {
  const report = frozenReport();
  const out = join(report.folder, "mail");
  const read = (name: string): string => readFileSync(join(out, name), "utf8");
  let server: Server;
  let posted: {readonly body: string; readonly key: unknown}[] = [];
  let answers: number[] = [];
  beforeAll(async () => {
    report.write(january, "2025-01-31", settings);
    expect(await freeze(report, ["--month", "2025-01"])).toMatchObject({exitCode: 0, err: ""});
    // A win of January that was entered in February.
    report.write([...january, ["D5", "Won", "2025-01-07", "2025-01-30", "60"], ["D6", "Won", "2025-02-02", "2025-02-20", "340"]], "2025-02-28", settings);
    expect(await freeze(report, ["--month", "2025-02"])).toMatchObject({exitCode: 0, err: ""});
    expect(await told(report, ["--out", out])).toMatchObject({exitCode: 0});
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        posted.push({body, key: request.headers["idempotency-key"]});
        response.statusCode = answers.shift() ?? 200;
        response.end();
      });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  });
  afterAll(() => server?.close());
  const hook = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?token=secret`;

  it("tells the numbers that the month published, with their changes", () => {
    const {kpis, month, url, snapshot} = JSON.parse(read("digest.json")) as Digest;
    const published = JSON.parse(textOf(report, "2025-02", "values.json")) as {readonly values: Record<string, Record<string, [number | null, number]>>};
    // There is no recurring revenue in the data: nothing stands in its place.
    expect(kpis.map(({metric}) => metric)).toEqual(["revenue_won", "opportunities_won", "win_rate"]);
    for (const {metric, value} of kpis) expect([metric, value]).toEqual([metric, published.values[metric]!["2025-02"]![0]]);
    expect([snapshot, month, url]).toEqual(["2025-02", "2025-02", "https://reports.example.com/crm/snapshots/2025-02/"]);
    expect(kpis[0]!.changes.find(({against}) => against === "previous")).toMatchObject({text: expect.stringContaining("January")});
  });

  it("says what was restated of the KPIs that it tells, and how much of all", () => {
    const {restated, restatedCount} = JSON.parse(read("digest.json")) as Digest;
    const ledger = JSON.parse(textOf(report, "2025-02", "ledger.json")) as {readonly lines: readonly {readonly metric: string; readonly period: string}[]};
    expect(restatedCount).toBe(ledger.lines.length);
    expect(restated.find(({metric, period}) => metric === "revenue_won" && period === "2025-01")).toMatchObject({old: 400, new: 460, text: "Revenue won of January 2025: €400, now €460"});
  });

  it("names the alerts of the month, with what is to be done", () => {
    const {alerts} = JSON.parse(read("digest.json")) as Digest;
    expect(alerts.map(({state, text, task, entry}) => [state, text, typeof task, entry.since])).toEqual([["new", "Revenue won: €340", "string", "2025-02-28"]]);
  });

  it("is a mail without script, fetches nothing, and takes no name for markup", () => {
    const html = read("digest.html");
    const {document} = new JSDOM(html).window;
    expect(document.querySelectorAll("script, link, img, iframe, object, svg, form").length).toBe(0);
    expect(html).not.toMatch(/url\(|@import|javascript:| on[a-z]+=["']/i);
    expect([...document.querySelectorAll("a")].map(({href}) => href)).toEqual(["https://reports.example.com/crm/snapshots/2025-02/"]);
    expect(document.body.textContent).toContain(`Ana ${hostile}`);
    for (const node of document.body.querySelectorAll("h1, h2, p, td, th, li")) expect(node.getAttribute("style") ?? node.parentElement!.getAttribute("style"), node.outerHTML.slice(0, 80)).toBeTruthy();
    expect(document.querySelector("style")!.textContent).toContain("prefers-color-scheme: dark");
  });

  it("says the same in plain text as in the mail", () => {
    const text = read("digest.txt");
    const mail = new JSDOM(read("digest.html")).window.document.body.textContent!.replace(/\s+/g, " ");
    const {headline, sentences, kpis} = JSON.parse(read("digest.json")) as Digest;
    for (const part of [headline, sentences, ...kpis.flatMap(({label, shown, note, changes}) => [label, shown, note, ...changes.map((one) => one.text)])]) {
      expect(text).toContain(part);
      expect(mail).toContain(part);
    }
    expect(text).not.toMatch(/<\/|&amp;/);
  });

  it("is a feed of all months, the newest first, each with its own numbers", () => {
    const {document} = new JSDOM(read("feed.xml"), {contentType: "application/xml"}).window;
    const text = (node: Element, name: string): string => node.querySelector(name)!.textContent!;
    const entries = [...document.querySelectorAll("entry")];
    expect(entries.map((entry) => [text(entry, "id"), text(entry, "summary").split("; ")[0]])).toEqual([
      ["https://reports.example.com/crm/snapshots/2025-02/", "Revenue won €340"], ["https://reports.example.com/crm/snapshots/2025-01/", "Revenue won €400"]
    ]);
    expect(text(document.documentElement, "feed > title")).toBe(`Frozen ${hostile}`);
    expect(text(document.documentElement, "feed > updated")).toMatch(/^\d{4}-\d\d-\d\dT00:00:00Z$/);
  });

  it("tells an earlier month as it was, with the same bytes each time", async () => {
    const first = await told(report, ["--month", "2025-01", "--json"]);
    expect([first.exitCode, (JSON.parse(first.out) as Digest).kpis[0]!.value]).toEqual([0, 400]);
    expect(await told(report, ["--month", "2025-01", "--json"])).toEqual(first);
  });

  it("posts the JSON, again where the other side is overloaded, and never tells the address", async () => {
    answers = [503, 200];
    posted = [];
    const {exitCode, out: printed, err} = await told(report, ["--json", "--webhook", hook()]);
    expect([exitCode, posted.map(({body}) => body), new Set(posted.map(({key}) => key)).size]).toEqual([0, [printed, printed], 1]);
    expect(err).toContain("at the second try");
    expect(err).not.toContain("secret");
  });

  it("says that nobody took it, without the secret in the address", async () => {
    answers = [403];
    expect(await told(report, ["--webhook", hook()])).toMatchObject({exitCode: 3, err: expect.stringMatching(/^The digest was not taken: 127\.0\.0\.1:\d+ answered 403\./)});
    answers = [500, 500, 500];
    const {exitCode, err} = await told(report, ["--webhook", hook()]);
    expect([exitCode, err.includes("secret")]).toEqual([3, false]);
    await expect(postDigest("http://127.0.0.1:9/in", {json: "{}", key: "k"}, {fetch: globalThis.fetch, wait: async () => {}, limit: 500})).rejects.toThrow("could not be reached, 3 times");
  });

  it.each([["ftp://x/in", false], ["http://example.com/in", false], ["nothing", false], ["https://example.com/in", true], ["http://localhost:1/in", true]])("takes %s as an address to post to: %s", (address, right) =>
    expect(webhookFault(address) === undefined).toBe(right));

  it("names a month that is not frozen, and those that are", async () => {
    expect(await told(report, ["--month", "2024-12"])).toMatchObject({exitCode: 1, err: expect.stringContaining("2024-12 is not frozen. In")});
    const empty = frozenReport();
    empty.write(january, "2025-01-31");
    expect(await told(empty)).toMatchObject({exitCode: 1, err: expect.stringContaining("npm run snapshot freezes the first")});
  });

  it("names a KPI or an address in the settings that is none", async () => {
    const wrong = frozenReport();
    wrong.write(january, "2025-01-31", (text) => `${text}digest: {kpis: [revenu_won], url: "reports.example.com"}\n`);
    const {exitCode, err} = await told(wrong);
    expect(exitCode).toBe(1);
    for (const part of ["digest.kpis[0]", "revenue_won", "digest.url"]) expect(err).toContain(part);
  });
});
