import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import {readModels, type MartModel} from "../../loaders/build/martModel.js";
import {boundValues} from "../../loaders/marts.js";
import {buildWorld, type BuiltWorld} from "./world.js";

const asOf = "2025-06-20";
const start = Date.parse("2024-09-01");
const iso = (day: number) => new Date(start + day * 86_400_000).toISOString().slice(0, 10);
const last = (Date.parse(asOf) - start) / 86_400_000;
const accounts = ["a", "b", "c"];

let built: BuiltWorld;
let models: readonly MartModel[];
beforeAll(async () => {
  models = (await readModels()).filter(({name}) => ["int_health_input", "fct_customer_health_span"].includes(name));
  built = await buildWorld({
    asOf,
    tables: {
      account: accounts.map((account_id) => ({account_id})),
      subscription: accounts.map((account_id, k) => ({subscription_id: account_id, account_id, started_on: iso(30 * k), ended_on: k === 2 ? iso(last - 20) : null, mrr: 100 * (k + 1)})),
      product_usage: [{account_id: "a", product_id: "p", date: iso(0), active_users: 1}], ticket: [{ticket_id: "t", account_id: "a", type: "question", created_at: iso(0)}],
      survey_response: [{response_id: "r", account_id: "a", kind: "nps", score: 1, responded_at: iso(0)}], invoice: [{invoice_id: "i", account_id: "a", invoice_date: iso(0), due_date: iso(9)}],
      activity: [{activity_id: "v", account_id: "a", type: "call", done: true, done_at: iso(0)}], contract: [{contract_id: "c", account_id: "a", signed_at: iso(0), start_date: iso(0), end_date: iso(300)}]
    }
  });
});
afterAll(() => built.native.close());

const tables = ["product_usage", "ticket", "survey_response", "invoice", "activity", "contract"] as const;

/** Something that happened on a day, and for tickets and invoices what came of it `later`. */
interface Event {
  readonly table: (typeof tables)[number];
  readonly account: string;
  readonly day: number;
  readonly size: number;
  readonly later: number;
}

const events: fc.Arbitrary<Event[]> = fc.array(fc.record({
  table: fc.constantFrom(...tables), account: fc.constantFrom(...accounts), day: fc.integer({min: 0, max: last}), size: fc.integer({min: 0, max: 10}), later: fc.integer({min: 0, max: 90})
}), {minLength: 20, maxLength: 120});

const day = (number: number) => `date '${iso(number)}'`;

/** Returns how a CRM exported on the day `known` has the event as a row: what came of it later is not in it. */
function rowOf({table, account, day: on, size, later}: Event, id: number, known: number): string {
  const after = on + later <= known ? `timestamp '${iso(on + later)} 10:00'` : "null";
  const at = `timestamp '${iso(on)} 09:00'`;
  const by: Record<Event["table"], string> = {
    product_usage: `insert into product_usage (account_id, product_id, date, active_users) values ('${account}', 'p${id}', ${day(on)}, ${size})`,
    ticket: `insert into ticket (ticket_id, account_id, type, created_at, solved_at) values ('${id}', '${account}', '${size % 3 ? "question" : "complaint"}', ${at}, ${after})`,
    survey_response: `insert into survey_response (response_id, account_id, kind, score, responded_at) values ('${id}', '${account}', 'nps', ${size}, ${at})`,
    invoice: `insert into invoice (invoice_id, account_id, invoice_date, due_date, paid_at) values ('${id}', '${account}', ${day(on)}, ${day(on + 3 * size - 6)}, ${after})`,
    activity: `insert into activity (activity_id, account_id, type, done, done_at) values ('${id}', '${account}', 'call', true, ${at})`,
    contract: `insert into contract (contract_id, account_id, signed_at, start_date, end_date) values ('${id}', '${account}', ${at}, ${day(on)}, ${day(on + 40 * size)})`
  };
  return by[table];
}

/** Returns the scores of the days up to `until`, of a company whose events are those that an export of the day `known` has. */
async function scoresOf(all: readonly Event[], known: number, until: number) {
  await built.native.exec([...tables.map((table) => `delete from ${table}`), ...all.flatMap((event, id) => (event.day <= known ? [rowOf(event, id, known)] : []))].join(";\n"));
  for (const {name, sql} of models) await built.native.exec(`create or replace table ${name} as ${sql}`, boundValues(sql, {asOf, currency: "EUR"}));
  return built.native.run({sql: `select customer, valid_from, score, confidence, band, usage, support, sentiment, payment, relation, renewal, is_at_risk
    from fct_customer_health_span where valid_from <= ${day(until)} order by customer, valid_from`, params: []});
}

it("scores a past day by what was known then: what is added, solved or paid later changes nothing", async () => {
  let [scored, moved] = [0, 0];
  await fc.assert(fc.asyncProperty(events, fc.integer({min: 3, max: 8}), async (all, months) => {
    // A month end.
    const then = (Date.UTC(2024, 8 + months, 0) - start) / 86_400_000;
    const [early, now] = [await scoresOf(all, then, then), await scoresOf(all, last, then)];
    expect(now).toEqual(early);
    scored += early.filter(({score}) => score !== null).length;
    moved += all.filter((event) => event.day > then).length;
  }), {numRuns: 25, seed: 31, endOnFailure: true});
  // Neither of the two was empty.
  expect([scored > 100, moved > 100]).toEqual([true, true]);
}, 60_000);
