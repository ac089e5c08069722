// Each hygiene list over a few records of which one reads at a glance which belong on it.

import {mkdtempSync, readFileSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {hygiene} from "../../loaders/quality/hygiene/hygiene.js";
import {parseList, readLists} from "../../loaders/quality/hygiene/readLists.js";
import type {Hygiene} from "../../src/query/manifest.js";
import {buildWorld} from "../marts/world.js";

const asOf = "2025-03-31";
const deal = (opportunity_id: string, more: Record<string, unknown> = {}) => ({opportunity_id, created_at: "2025-01-01 10:00:00", state: "open", stage: "Proposal", owner_id: "u1", source: "Web", amount: 100, expected_close_date: "2025-06-30", next_step: "call", ...more});
const lead = (lead_id: string, more: Record<string, unknown> = {}) => ({lead_id, created_at: "2025-03-01 10:00:00", state: "open", status: "New", owner_id: "u1", source: "Web", email: `${lead_id}@example.org`, next_follow_up_at: "2025-04-02 10:00:00", ...more});
/** Eleven deals that left Prospecting after 1 to 11 days: nine in ten after at most ten. */
const past = Array.from({length: 11}, (_, i) => `p${i + 1}`);
const lostAt = (i: number): string => `2025-02-${String(i + 2).padStart(2, "0")} 10:00:00`;
/** What records say of the day they closed, where that is not the day of the stage; of p5 only two exports tell that. */
const typed: Readonly<Record<string, Record<string, unknown>>> = {p3: {closed_at: "2025-02-20 23:00:00"}, p4: {closed_at: null}, p5: {closed_at: "2025-02-03 10:00:00"}};
const betweenExports: Readonly<Record<string, Record<string, unknown>>> = {p5: {changed_after: "2025-02-02 10:00:00", changed_until: "2025-02-06 10:00:00"}};
const entered = (opportunity_id: string, stage: string, entered_at: string) => ({history_id: `${opportunity_id}-${stage}`, opportunity_id, stage, state: stage === "Lost" ? "lost" : "open", entered_at});

const tables = {
  crm_user: [{user_id: "u1", name: "Ana", team: "West"}, {user_id: "u2", name: "=Ben", team: "East"}, {user_id: "u3", name: "Gone", left_on: "2025-03-01"}],
  training: [
    {training_id: "k1", user_id: "u1", course: "Basics", due_on: "2025-03-21"},
    {training_id: "k2", user_id: "u1", course: "Basics", due_on: "2025-03-21", completed_at: "2025-03-25 10:00:00"},
    {training_id: "k3", user_id: "u2", course: "Reports", due_on: "2025-04-10"},
    {training_id: "k4", user_id: "u3", course: "Reports", due_on: "2025-02-10"}
  ],
  account: [
    {account_id: "a1", name: "Müller & Söhne GmbH", country: "Germany", created_at: "2024-01-01 00:00:00"},
    {account_id: "a2", name: "MULLER, SOHNE", country: "germany", created_at: "2024-02-01 00:00:00", owner_id: "u2"},
    {account_id: "a6", name: "Muller Sohne", country: "Austria", created_at: "2024-03-01 00:00:00"},
    {account_id: "a3", name: "Other Ltd", created_at: "2024-01-01 00:00:00"},
    {account_id: "a4", name: "Ltd", created_at: "2024-01-01 00:00:00"},
    {account_id: "a5", name: null, created_at: "2024-01-01 00:00:00"}
  ],
  contact: [{contact_id: "c1", email: "x@example.org"}, {contact_id: "c2", email: " X@Example.org"}, {contact_id: "c3", email: null}, {contact_id: "c4", email: "n/a"}, {contact_id: "c5", email: "n/a"}],
  opportunity: [
    deal("good"),
    deal("late", {expected_close_date: "2025-03-21", amount: 900, account_id: "a2"}),
    deal("today", {expected_close_date: asOf}),
    deal("empty", {amount: null}),
    deal("zero", {amount: 0}),
    deal("nostep", {next_step: " "}),
    deal("planned", {next_step: null}),
    deal("orphan", {owner_id: null}),
    deal("origin", {source: null, owner_id: "u2"}),
    deal("dollar", {currency: "USD", expected_close_date: "2025-03-30"}),
    deal("stale", {stage: "Prospecting"}),
    deal("moving", {stage: "Prospecting"}),
    deal("won", {state: "won", stage: "Won", closed_at: "2025-02-01 10:00:00", expected_close_date: "2025-02-01", owner_id: null, source: null, amount: null, next_step: null}),
    ...past.map((id, i) => deal(id, {state: "lost", stage: "Lost", closed_at: lostAt(i), ...typed[id]}))
  ],
  opportunity_stage_history: [
    ...past.flatMap((id, i) => [entered(id, "Prospecting", "2025-02-01 10:00:00"), {...entered(id, "Lost", lostAt(i)), ...betweenExports[id]}]),
    entered("stale", "Prospecting", "2025-03-20 10:00:00"),
    entered("moving", "Prospecting", "2025-03-21 10:00:00")
  ],
  lead: [
    lead("l1"),
    lead("l2", {next_follow_up_at: null}),
    lead("l3", {next_follow_up_at: "2025-03-30 10:00:00"}),
    lead("l4", {next_follow_up_at: null}),
    lead("l5", {owner_id: null, source: null}),
    lead("l6", {email: "L1@EXAMPLE.ORG", created_at: "2025-03-02 10:00:00"}),
    lead("Jane Doe", {state: "lost", email: "l1@example.org", next_follow_up_at: null, owner_id: null}),
    lead("jo@example.org", {next_follow_up_at: "2025-03-01 10:00:00"})
  ],
  activity: [
    {activity_id: "t1", type: "task", opportunity_id: "planned", due_at: "2025-03-31 18:00:00", done: "false"},
    {activity_id: "t2", type: "task", opportunity_id: "nostep", due_at: "2025-03-30 18:00:00", done: "false"},
    {activity_id: "t3", type: "call", lead_id: "l4", due_at: "2025-04-10 18:00:00", done: "false"},
    {activity_id: "t4", type: "email", lead_id: "l1", done_at: "2025-03-05 10:00:00", done: "true", direction: "outbound"},
    {activity_id: "t5", type: "email", lead_id: "l2", done_at: "2025-03-05 10:00:00", done: "true", direction: "inbound"},
    {activity_id: "t6", type: "email", lead_id: "l3", done_at: "2025-03-05 10:00:00", done: "true", direction: "outbound", automated: "true"},
    {activity_id: "t7", type: "call", lead_id: "l4", done_at: "2025-04-05 10:00:00", done: "true", direction: "outbound"},
    {activity_id: "t8", type: "call", lead_id: "l5", done_at: "2025-03-05 10:00:00", done: "true"}
  ]
};
const fed = Object.entries(tables).flatMap(([table, rows]) => [...new Set(rows.flatMap((row) => Object.keys(row)))].map((column) => `${table}.${column}`));

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
afterAll(() => rmSync(folder, {recursive: true}));

async function lists(columns: readonly string[], to: string, uncontactedHours = 24): Promise<Hygiene> {
  const {native} = await buildWorld({tables, asOf});
  try {
    return await hygiene(native, {asOf, currency: "EUR", fed: columns, folder: join(folder, to), uncontactedHours});
  } finally {
    native.close();
  }
}

let found: Hygiene;
beforeAll(async () => {
  found = await lists(fed, "all");
});
const ids = (id: string) => found.lists.find((list) => list.id === id)!.first.map((record) => record.id);
const list = (id: string) => found.lists.find((one) => one.id === id)!;

describe("a hygiene list", () => {
  it.each([
    ["past_close_date", ["late", "dollar"]],
    ["no_amount", ["empty", "zero"]],
    ["no_next_step", ["nostep"]],
    ["stale_in_stage", ["stale"]],
    ["no_owner", ["orphan"]],
    ["no_source", ["origin"]],
    ["closed_on_another_day", ["p4", "p3"]],
    ["duplicate_accounts", ["a2"]],
    ["duplicate_contacts", ["c2"]],
    ["duplicate_leads", ["l6"]],
    ["leads_without_follow_up", ["l2"]],
    ["leads_without_owner", ["l5"]],
    ["leads_without_source", ["l5"]]
  ])("%s holds %o", (id, expected) => expect(ids(id)).toEqual(expected));

  it("of overdue follow-ups masks an id that is an address", () => expect(list("leads_overdue").first.map(({id, days}) => [id, days])).toEqual([["j…@…", 30], ["l3", 1]]));
  it("of uncontacted leads counts what people have sent or held by then", () => expect(ids("leads_uncontacted").sort()).toEqual(["j…@…", "l2", "l3", "l4", "l6"]));

  it("of uncontacted leads leaves out those younger than the hours that are allowed", async () => {
    const told = await lists(fed, "patient", 24 * 30);
    expect(told.lists.find(({id}) => id === "leads_uncontacted")!.first.map(({id}) => id).sort()).toEqual(["j…@…", "l2", "l3", "l4"]);
    expect(told.uncontactedHours).toBe(720);
  });
  it("of overdue training names the course, and nobody who has left", () =>
    expect(list("training_overdue")).toMatchObject({count: 1, of: 2, first: [{id: "k1", owner: "Ana", stage: "Basics", days: 10}]}));

  it("counts, sums and says how many amounts are missing", () => {
    expect(list("past_close_date")).toMatchObject({count: 2, of: 12, value: 900, unpriced: 1});
    expect(list("past_close_date").first[0]).toEqual({id: "late", owner: "Ana", team: "West", stage: "Proposal", amount: 900, days: 10});
    expect(list("stale_in_stage").first[0]).toMatchObject({days: 11, usual_days: 10, usual_n: 11, usual_of: "stage"});
    expect(list("closed_on_another_day")).toMatchObject({count: 2, of: 11, first: [{id: "p4", days: 145, stage: "Lost"}, {id: "p3", days: 16}]});
    expect(list("no_amount")).toMatchObject({value: null, unpriced: 0});
    expect(list("duplicate_accounts").first[0]).toMatchObject({same_as: "a1", amount: 900, owner: "=Ben"});
  });

  it("counts a deal once, however many lists it stands in", () => {
    expect(found.deals).toEqual({count: 8, of: 12, value: 900 + 4 * 100});
    expect(found.leads).toEqual({count: 6, of: 7});
  });

  it("holds the stays in a stage that few have left against those in all stages", async () => {
    const lone = {opportunity: [...tables.opportunity, deal("lone")], opportunity_stage_history: [...tables.opportunity_stage_history, entered("lone", "Proposal", "2025-03-15 10:00:00")]};
    const {native} = await buildWorld({tables: {...tables, ...lone}, asOf});
    const told = await hygiene(native, {asOf, currency: "EUR", fed, folder: join(folder, "lone"), uncontactedHours: 24}).finally(() => native.close());
    expect(told.lists.find(({id}) => id === "stale_in_stage")!.first).toMatchObject([{id: "lone", days: 16, usual_days: 10, usual_n: 11, usual_of: "all"}, {id: "stale", usual_of: "stage"}]);
  });

  it("is broken down by owner", () => {
    expect(found.ownerCount).toBe(found.owners.length);
    expect(found.owners[0]).toMatchObject({owner: "Ana", team: "West", deals: 6, value: 1100, counts: {past_close_date: 2, no_amount: 2}});
    expect(found.owners.find(({owner}) => owner === null)!.counts["no_owner"]).toBe(1);
  });

  it("stands in full in a file of its own, harmless for spreadsheets and without e-mail addresses", () => {
    expect(readFileSync(join(folder, "all/past_close_date.csv"), "utf8")).toBe("id,owner,team,stage,amount,days\nlate,Ana,West,Proposal,900.00,10\ndollar,Ana,West,Proposal,,1\n");
    expect(readFileSync(join(folder, "all/no_source.csv"), "utf8")).toContain("'=Ben");
    const all = readdirSync(join(folder, "all"));
    expect(all).toHaveLength(found.lists.filter(({count}) => count > 0).length);
    for (const file of all) expect(readFileSync(join(folder, "all", file), "utf8")).not.toContain("example");
  });

  it("says which column would feed it, and is not counted", async () => {
    const {lists: some} = await lists(fed.filter((column) => !["opportunity.expected_close_date", "opportunity.next_step", "activity.due_at"].includes(column)), "some");
    expect(some.find(({id}) => id === "past_close_date")).toMatchObject({lacks: ["opportunity.expected_close_date"], count: 0, first: []});
    expect(some.find(({id}) => id === "no_next_step")!.lacks).toEqual(["opportunity.next_step|activity.due_at"]);
    expect(readdirSync(join(folder, "some"))).not.toContain("past_close_date.csv");
  });
});

describe("a declaration", () => {
  it("stands in a file for each list", async () => expect((await readLists()).lists.length).toBeGreaterThan(10));
  it("names what it lacks", () => expect(() => parseList("x", "-- about: lead\nselect 1")).toThrow("lists/x.sql: the header has no line “-- among: …”."));
  it("is about something that pages know", () => expect(() => parseList("x", "-- about: deal\n-- among: a\n-- needs: b\n")).toThrow("about is one of opportunity, closed_opportunity, lead, account, contact, training, not “deal”."));
});
