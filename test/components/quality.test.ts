// What the data quality page shows, from a manifest of a few lines, hostile ones among them.

import {describe, expect, it} from "vitest";
import {asOfNote} from "../../src/components/asOfNote.js";
import {checkList} from "../../src/components/checkList.js";
import {freshnessTable, freshnessWords, historyWords, sourceAges} from "../../src/components/freshness.js";
import {hygieneLists} from "../../src/components/hygieneLists.js";
import {ledger} from "../../src/components/ledger.js";
import {qualityTitle} from "../../src/components/qualityTitle.js";
import {reconcileTable} from "../../src/components/reconcileTable.js";
import {hygieneIds} from "../../src/query/hygiene.js";
import type {FileLedger, Hygiene, HygieneList, Manifest, QualityCheck, Reconciliation, RejectSample} from "../../src/query/manifest.js";
import {blank, formatterOf} from "./world.js";

const document = blank();
const evil = "<img src=x onerror=alert(1)>\u202Ecod";
const check = (part: Partial<QualityCheck>): QualityCheck => ({id: "references", table: "activity", column: "contact_id", grade: "warn", status: "failed", count: 12, of: 3400, limits: {}, lacks: [], examples: [{id: evil, count: 4}], ...part});
const list = (part: Partial<HygieneList>): HygieneList => ({id: "past_close_date", about: "opportunity", lacks: [], count: 42, of: 455, value: 1389367, unpriced: 3, columns: ["id", "owner", "stage", "amount", "days"], first: Array.from({length: 10}, (_, i) => ({id: i ? `o${i}` : evil, owner: i === 1 ? null : "Ana", stage: "Won", amount: i === 2 ? null : 1000 - i, days: i})), ...part});
const hygiene: Hygiene = {
  lists: [
    list({}),
    list({id: "no_owner", count: 0, value: 0, unpriced: 0, first: []}),
    list({id: "no_next_step", lacks: ["opportunity.next_step|activity.due_at"], count: 0, of: 0, value: null, first: [], columns: []}),
    list({id: "leads_overdue", about: "lead", value: null, unpriced: 0, columns: ["id", "owner", "stage", "days"]})
  ],
  owners: [{owner: evil, team: "West", counts: {past_close_date: 2}, deals: 2, value: 900}, {owner: null, team: null, counts: {leads_overdue: 1}, deals: 0, value: 0}],
  ownerCount: 120,
  uncontactedHours: 24,
  deals: {count: 42, of: 455, value: 1389367},
  leads: {count: 3, of: 10}
};
const file = (part: Partial<FileLedger>): FileLedger => ({source: "crm", table: "lead", file: "Lead.csv", sha256: "", bytes: 1, rows: 10, kept: 10, rejected: 0, excluded: 0, superseded: 0, rejectedCells: 0, excludedWhy: {}, ...part});
const files = [file({}), file({file: evil, rows: 20, kept: 10, rejected: 1, excluded: 7, superseded: 2, excludedWhy: {deleted: 6, test: 1}})];
const rejects: RejectSample[] = [{file: "Lead.csv", table: "lead", column: "Closed", rule: "date", count: 3, examples: [{row: 2, value: evil}, {row: 3, value: "", masked: true}, {row: 4, value: null}]}];
const freshness = [
  {source: "b", table: "lead", newest: "2025-03-20T10:00:00Z", ageDays: 11},
  {source: "b", table: "account", newest: "2025-03-01T10:00:00Z", ageDays: 30},
  {source: "a", table: "lead", newest: "2025-03-31T10:00:00Z", ageDays: 0},
  {source: "c", table: "cost", newest: null, ageDays: null}
];
const difference = (part: Partial<Reconciliation>): Reconciliation => ({line: 2, metric: "revenue_won", period: "2025-03", where: [{dimension: "region", values: [evil]}], theirs: 1000, ours: 900, difference: 100, tolerance: 0.5, agrees: false, ...part});
const manifest = {title: "T", asOf: "2025-03-31", asOfRule: "set", currency: "EUR", fictional: false, calendar: {timeZone: "UTC"}, files, quality: {checks: [check({}), check({id: "unique_keys", status: "passed"})], freshness, reconcile: [], hygiene, rejects}} as unknown as Manifest;

describe.each(["en", "hu"])("the data quality page in %s", async (locale) => {
  const format = await formatterOf(locale);
  const options = {format, document};
  const made = {
    title: qualityTitle(manifest, options),
    hygiene: hygieneLists(hygiene, {...options, fileHref: (id) => `/data/hygiene/${id}.csv`}),
    checks: checkList([check({}), check({id: "dates_in_order", limits: {}, beside: evil}), check({id: "freshness", status: "passed", limits: {days: 7}}), check({id: "reconcile", status: "absent"}), check({id: "row_count", status: "off", limits: {fall: 0.2, rise: 0.5}})], options),
    ledger: ledger(files, {rejects}, options),
    freshness: freshnessTable(manifest.quality!, options),
    totals: reconcileTable([difference({records: {onlyTheirs: {count: 6, difference: 100, examples: [{id: evil, theirs: 100, ours: null, why: "deleted"}]}, onlyOurs: {count: 0, difference: 0, examples: []}, different: {count: 0, difference: 0, examples: []}}})], {...options, period: (key) => key, unit: () => "currency"}),
    note: asOfNote(manifest, options)
  };

  it.each(Object.entries(made))("shows hostile text as text in %s", (_name, root) => {
    expect(root.querySelectorAll("img, script")).toHaveLength(0);
    expect(root.outerHTML).not.toMatch(/[\u202a-\u202e]/);
    for (const node of root.querySelectorAll("*")) for (const {name} of node.attributes) expect(name).not.toMatch(/^on|^style$/);
  });
  it("has words for every list", () => {
    for (const id of hygieneIds) for (const part of ["label", "meaning", "remedy"]) expect(format.has(`hygiene.${id}.${part}`), `${id}.${part}`).toBe(true);
  });
});

describe("the data quality page", async () => {
  const format = await formatterOf("en");
  const options = {format, document};
  const lists = (part: Partial<Parameters<typeof hygieneLists>[1]> = {}) => hygieneLists(hygiene, {...options, fileHref: (id) => `/data/hygiene/${id}.csv`, ...part});

  it("says in its title what needs a look", () => {
    expect(qualityTitle(manifest, options).querySelector("h1")!.textContent).toBe("42 of 455 open deals, worth €1.39M, lack something or are overdue. 1 of 2 data checks fail.");
    expect(qualityTitle({...manifest, quality: undefined} as never, options).querySelector("h1")!.textContent).toBe("All 0 data checks pass.");
  });
  it("links each list that holds records to its card and its file", () => {
    const root = lists();
    expect([...root.querySelectorAll(".card > .qd-table a")].map((link) => link.getAttribute("href"))).toEqual(["#past_close_date", "/data/hygiene/past_close_date.csv", "#leads_overdue", "/data/hygiene/leads_overdue.csv"]);
    expect([...root.querySelectorAll("section")].map(({id}) => id)).toEqual(["past_close_date", "leads_overdue"]);
    expect(root.querySelector("a[download]")!.getAttribute("download")).toBe("past_close_date.csv");
  });
  it("says what a list would need that no source feeds", () => expect(lists().textContent).toContain("No next step: not in your data. It needs opportunity.next_step or activity.due_at."));
  it("shows the first records, and only the lists asked for", () => {
    const root = lists({lists: ["past_close_date"], rows: 3});
    expect(root.querySelectorAll("section")).toHaveLength(1);
    expect(root.querySelectorAll("section tbody tr")).toHaveLength(3);
    expect(root.querySelector("section")!.textContent).toContain("42 deals · €1.39M · 3 without an amount");
  });
  it("is broken down by owner, and says how many there are", () => expect(lists().textContent).toContain("2 of 120 shown"));
  it("tells what fails with place, number, examples and remedy; what passes is folded", () => {
    const root = checkList([check({examples: [{id: "c9", count: 4}, {id: "c12", detail: "2025"}]}), check({id: "freshness", status: "passed", limits: {days: 7}})], options);
    expect(root.querySelector("li[data-grade]")!.textContent).toMatch(/^References lead to a record warning.*activity\.contact_id 12 of 3,400 c9 ×4, c12 2025 ….*What to do: Export the missing records too/);
    expect(root.querySelector("details")!.textContent).toContain("1 check passes");
  });
  it("says that every check passes", () => expect(checkList([check({status: "passed", id: "unique_keys"})], options).querySelector("p")!.textContent).toBe("Every check passes."));
  it("tells rows by file, those with losses first, with the reasons", () => {
    const first = ledger(files, {}, options).querySelector("tbody tr")!;
    expect([...first.children].slice(2).map(({textContent}) => textContent)).toEqual(["20", "10", "1", "7", "2", "0", "deleted 6, test 1, older row of the same id 2"]);
  });
  it("hides rejected values that may name a person", () => expect(ledger(files, {rejects}, options).textContent).toMatch(/row 2: “.*”, row 3: not shown, row 4: empty/));
  it("takes the newest record of a source, the stalest source first", () => {
    expect(sourceAges(freshness).map(({id, ageDays}) => [id, ageDays])).toEqual([["b", 11], ["a", 0]]);
    expect(freshnessWords(freshness, {format})).toBe("Newest records: b 20 March 2025, 11 days before as-of; a 31 March 2025.");
    expect(freshnessWords([], {format})).toBe("");
    const history = {source: "crm", exports: 52, first: "2025-01-03", last: "2025-12-26", repeated: 1, medianGapDays: 7, longestGapDays: 14, changes: 1234};
    expect(historyWords(history, {format})).toBe("crm: history of stages, amounts, close dates and owners comes from comparing 52 exports, 3 January 2025 to 26 December 2025. A change lies between two of them: mostly 7 days apart, at most 14 days. 1,234 changes found. 1 export is the same as the one before it.");
    expect(freshnessTable({checks: [], freshness, reconcile: [], history: [history]}, options).textContent).toContain("mostly 7 days apart, at most 14 days");
  });
  it("marks what is older than the check allows", () => {
    const root = freshnessTable({checks: [check({id: "freshness", limits: {days: 7}})], freshness, reconcile: []}, options);
    expect([...root.querySelectorAll('[data-tone="bad"]')].map(({textContent}) => textContent)).toEqual(["11 older than 7 days", "30 older than 7 days", "11 older than 7 days"]);
  });
  it("sets the CRM's totals beside ours, or says how to", () => {
    const to = {...options, period: (key: string) => key, unit: () => "currency" as const};
    expect(reconcileTable([difference({})], to).querySelector("tbody")!.textContent).toMatch(/€1,000.*€900.*€100.*differs/);
    expect(reconcileTable([], to).textContent).toContain("reconcile.csv");
  });
});
