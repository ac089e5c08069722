// What a release is looked at for before readers see it.

import {existsSync, writeFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {gateRules, type GateId} from "../../loaders/publish/gates/define.js";
import {brokenLinks} from "../../loaders/publish/gates/links.js";
import {renderPages} from "../../loaders/publish/gates/render.js";
import {tooLarge} from "../../loaders/publish/gates/sizes.js";
import {filesIn} from "../../loaders/build/filesIn.js";
import {describeBrowser} from "../helpers/needs.js";
import {scratch} from "../helpers/sharedSite.js";
import {documentOf, say, wordOf, writeSite} from "./world.js";

let folder: string;
beforeEach(async () => {
  folder = await scratch();
});
afterEach(() => rm(folder, {recursive: true, force: true}));

/** Writes a site whose funnel page has something more in its body. */
const withBody = (more: string, edit: (text: string) => string = (text) => text): string => {
  writeSite(join(folder, "bad"), "bad", {edit: (files) => void (files["funnel.html"] = edit(files["funnel.html"]!.replace("</body>", `${more}</body>`)))});
  return join(folder, "bad");
};
const linksOf = async (site: string): Promise<string[]> => brokenLinks(site, new Set(await filesIn(site)));

describe("the gate of links", () => {
  it("passes what the build makes", async () => {
    writeSite(join(folder, "one"), "one");
    expect(await linksOf(join(folder, "one"))).toEqual([]);
  });
  it.each([
    ['<a href="./nope.html">x</a>', "funnel.html: ./nope.html leads to nope.html, which is not there"],
    ['<a href="deep/">x</a>', "funnel.html: deep/ leads to deep/index.html, which is not there"],
    ['<img src="/logo&#46;png">', "funnel.html: /logo.png leads to logo.png, which is not there"],
    ['<a href="deep/churn.html#gone">x</a>', "funnel.html: deep/churn.html#gone leads to a place that deep/churn.html does not have"],
    ['<a href="http://[x">x</a>', "funnel.html: http://[x is no address"]
  ])("finds %s", async (more, finding) => expect(await linksOf(withBody(more))).toEqual([finding]));
  it.each(['<a href="#top">x</a>', '<a href="https://example.com/x.html">x</a>', '<script type="application/json">" href="nope.html"</script>', '<a href="deep/churn.html?region=West#top">x</a>'])("takes no exception to %s", async (more) =>
    expect(await linksOf(withBody(more))).toEqual([]));
});

describe("the gate of sizes", () => {
  it("names what is larger than a limit, the largest first", () =>
    expect(tooLarge(new Map([["a.parquet", 3e6], ["b.parquet", 5e6], ["index.html", 2e6]]), {site_mb: 9, file_mb: 2, page_mb: 1})).toEqual([
      "the site has 10.0 MB, more than site_mb: 9", "b.parquet has 5.0 MB, more than file_mb: 2", "a.parquet has 3.0 MB, more than file_mb: 2", "index.html has 2.0 MB, more than page_mb: 1"
    ]));
  it("names nothing within them", () => expect(tooLarge(new Map([["a.html", 1e6]]), {site_mb: 1, page_mb: 1})).toEqual([]));
});

describe("the rules of gates", () => {
  it("are the declared ones, or what the settings say", () => {
    const {links, sizes, pages} = gateRules({links: "warn", sizes: {file_mb: 20}, pages: "off"} as never);
    expect([links.grade, sizes.grade, sizes.limits.file_mb, sizes.limits.site_mb, pages.grade]).toEqual(["warn", "warn", 20, 1000, "off"]);
  });
});

describe("npm run publish", () => {
  const settings = (gates: string): string => {
    const path = join(folder, "report.yaml");
    writeFileSync(path, `title: T\nlanguage: en\ntime_zone: UTC\ncurrency: EUR\nas_of: 2026-10-31\nsources: [{id: a, type: csv, folder: ., tables: {account: {file: a.csv, columns: {account_id: id}}}}]\n${gates}`);
    return path;
  };
  const web = (): string => join(folder, "web");

  it("refuses a release that fails a gate of grade stop, says which, and leaves the target as it was", async () => {
    writeSite(join(folder, "one"), "one");
    await say(["--to", web(), "--from", join(folder, "one")]);
    const {code, out, err} = await say(["--to", web(), "--from", withBody('<a href="./nope.html">x</a>')]);
    expect([code, await wordOf(web())]).toEqual([4, "one"]);
    expect(out).toContain("stop      links\n            funnel.html: ./nope.html leads to nope.html, which is not there");
    expect(err).toContain("A gate of grade stop was not passed.");
  });
  it("tells a failed gate of grade warn, and publishes", async () => {
    const {code, out} = await say(["--config", settings("gates: {links: warn}\n"), "--to", web(), "--from", withBody('<a href="./nope.html">x</a>')]);
    expect([code, await wordOf(web())]).toEqual([0, "bad"]);
    expect(out).toContain("warn      links");
  });
  it("has every gate in its document, also those that could not be looked at", async () => {
    writeSite(join(folder, "one"), "one");
    const said = documentOf(await say(["--to", web(), "--from", join(folder, "one"), "--json"], {render: async () => "No browser was found."}));
    expect(said.gates!.map(({id, status, findings}): [GateId, string, number] => [id, status, findings.length])).toEqual([["links", "passed", 0], ["sizes", "passed", 0], ["pages", "unknown", 1], ["requests", "unknown", 1]]);
  });
  it("does not look for what is off", async () => {
    writeSite(join(folder, "one"), "one");
    const said = documentOf(await say(["--config", settings("gates: {pages: off, requests: off, sizes: off}\n"), "--to", web(), "--from", join(folder, "one"), "--json"], {render: async () => { throw new Error("looked"); }}));
    expect(said.gates!.map(({id}) => id)).toEqual(["links"]);
    expect(existsSync(join(web(), "index.html"))).toBe(true);
  });
});

describeBrowser("the gate of pages", () => {
  it("finds errors of scripts, files that are missing, what the policy blocks, pages that show nothing; and passes the others", async () => {
    const site = withBody('<script src="boom.js"></script><script src="gone.js"></script><img src="https://example.com/x.png">');
    writeFileSync(join(site, "boom.js"), "throw new Error('boom');");
    writeFileSync(join(site, "empty.html"), "<!doctype html><title>x</title>");
    const told = await renderPages(site, ["index.html", "funnel.html", "empty.html"]);
    expect(typeof told).toBe("object");
    const {faults} = told as Exclude<typeof told, string>;
    expect(faults.filter((fault) => fault.startsWith("index.html"))).toEqual([]);
    for (const part of [/^funnel\.html: Error: boom/, /^funnel\.html: 404 for gone\.js/, /^funnel\.html: its policy blocks img-src https:\/\/example\.com\/x\.png/, /^empty\.html: it shows nothing/]) expect(faults.some((fault) => part.test(fault)), `${part} in ${faults.join("\n")}`).toBe(true);
  }, 60_000);
  it("tells what is asked of another host where no policy blocks it", async () => {
    const site = withBody('<img src="http://reports.example.com/x.png">', (text) => text.replace(/<meta http-equiv[^>]*>/, ""));
    const told = (await renderPages(site, ["funnel.html"])) as {readonly foreign: readonly string[]};
    expect(told.foreign.some((line) => line.includes("reports.example.com"))).toBe(true);
  }, 60_000);
});
