import {createFormatter} from "../../src/format/formatter.js";
import en from "../../src/format/locales/en.js";
import hu from "../../src/format/locales/hu.js";
import {loadMessages} from "../../src/format/messages.js";
import {describe, expect, it} from "vitest";
import {checks} from "../../loaders/quality/index.js";
import {judged, ledger, type World} from "./world.js";
import type {MartInfo, QualityCheck} from "../../src/query/manifest.js";

const failed = (results: readonly QualityCheck[]) => results.filter(({status}) => status === "failed");
const stray = (id: string) => `insert into opportunity by name select '${id}' as opportunity_id, 'u1' as owner_id, 'Won' as stage, 'won' as state, 1000 as amount, 'EUR' as currency,
  timestamp '2025-01-01 09:00' as created_at, timestamp '2025-02-01 09:00' as closed_at, timestamp '2025-03-31 08:00' as updated_at;`;
const change = (set: string) => `${stray("x1")} update opportunity set ${set} where opportunity_id = 'x1'`;
const finding = (id: string, table: string, column: string) => ({id, table, column, count: 1, of: 40, examples: [{id: "x1"}]});

/** What is published of single records: a mart with columns to group by, and one without. */
const mart = (name: string): MartInfo => ({name, grain: "one row a record", rows: 40, bytes: 1000, sha256: "", columns: []});
const single = {marts: [mart("fct_opportunity"), mart("fct_lead")], dimensions: ["team", "owner"].map((id) => ({id, members: ["a"], marts: ["fct_opportunity"]}))};

/** One planted fault for each check, and what is told of it. */
const faults: Readonly<Record<string, {readonly world: World; readonly told: object}>> = {
  rejects_few: {world: {facts: {findings: [finding("rejects_few", "opportunity", "")]}}, told: {table: "opportunity", grade: "stop", count: 1}},
  unique_keys: {world: {facts: {findings: [finding("unique_keys", "opportunity", "opportunity_id")]}}, told: {table: "opportunity", grade: "stop", count: 1}},
  known_stages: {world: {facts: {findings: [finding("known_stages", "opportunity", "stage")]}}, told: {table: "opportunity", grade: "stop", count: 1}},
  files_filled: {world: {facts: {files: [ledger("opportunity"), ledger("lead", {rows: 0, kept: 0})]}, without: ["account", "crm_user", "contract", "fx_rate"]}, told: {table: "lead", beside: "lead.csv", count: 1, of: 1}},
  files_read: {world: {facts: {findings: [{...finding("files_read", "", ""), source: "crm", examples: [{id: "deals.xlsx", detail: "beside deals.csv"}]}]}}, told: {source: "crm", grade: "note", examples: [{id: "deals.xlsx", detail: "beside deals.csv"}]}},
  reconcile: {
    world: {facts: {reconcile: [{line: 2, metric: "revenue_won", period: "2025", where: [], theirs: 1, ours: 2, difference: -1, tolerance: 0.5, agrees: false}]}},
    told: {column: "revenue_won", beside: "2025", examples: [{id: "line 2", detail: "1 ≠ 2"}]}
  },
  exports_whole: {world: {facts: {findings: [{...finding("exports_whole", "opportunity", ""), count: 3, of: 40}]}}, told: {table: "opportunity", count: 3, of: 40}},
  exports_complete: {world: {facts: {findings: [{...finding("exports_complete", "lead", ""), table: ""}]}}, told: {table: "", count: 1}},
  records_timely: {world: {facts: {findings: [finding("records_timely", "opportunity", "")]}}, told: {grade: "note", count: 1}},
  ids_not_reused: {world: {facts: {findings: [finding("ids_not_reused", "opportunity", "")]}}, told: {table: "opportunity", count: 1}},
  freshness: {world: {plant: "update opportunity set updated_at = timestamp '2025-03-20'; update account set updated_at = timestamp '2025-03-20'; update lead set updated_at = timestamp '2025-03-20'; update forecast set stated_on = date '2025-03-20'"}, told: {source: "crm", beside: "2025-03-20T00:00:00Z", examples: [{id: "crm", detail: "11 days"}]}},
  as_of_near_records: {world: {facts: {asOf: "2023-12-31", freshness: []}}, told: {column: "as_of", examples: [{id: "2023-12-31", detail: "< 2024-01-01"}]}},
  stamps_plausible: {world: {facts: {findings: [finding("stamps_plausible", "opportunity", "updated_at")]}}, told: {table: "opportunity", column: "updated_at"}},
  ids_in_one_source: {
    world: {
      plant: "update opportunity set opportunity_id = 'crm:' || opportunity_id; insert into opportunity by name select * replace ('old:o1' as opportunity_id) from opportunity where opportunity_id = 'crm:o1'",
      facts: {files: ["account", "crm_user", "opportunity", "lead", "contract", "fx_rate"].map((table) => ledger(table)).concat(ledger("opportunity", {source: "old"})), freshness: []}
    },
    told: {table: "opportunity", count: 1, of: 40, examples: [{id: "o1", detail: "crm, old"}]}
  },
  references: {world: {plant: change("account_id = 'gone'") + "; " + stray("x2") + "update opportunity set account_id = 'gone' where opportunity_id = 'x2'"}, told: {table: "opportunity", column: "account_id", beside: "account", count: 2, of: 42, examples: [{id: "gone", count: 2}]}},
  dates_in_order: {world: {plant: "update contract set end_date = date '2024-12-31'"}, told: {table: "contract", column: "end_date", beside: "start_date", count: 1, of: 1, examples: [{id: "k1", detail: "2024-12-31 < 2025-01-01"}]}},
  dates_not_ahead: {world: {plant: change("closed_at = timestamp '2025-06-30'")}, told: {column: "closed_at", examples: [{id: "x1", detail: "2025-06-30"}]}},
  dates_not_ancient: {world: {plant: "update lead set created_at = timestamp '1970-01-01 12:00'"}, told: {table: "lead", column: "created_at", grade: "note", examples: [{id: "l1", detail: "1970-01-01"}]}},
  closed_deals_dated: {world: {marts: true, plant: change("closed_at = null")}, told: {count: 1, of: 41, examples: [{id: "x1", detail: "won"}]}},
  subscriptions_not_moved: {
    world: {marts: true, plant: "update subscription set ended_on = date '2025-02-10' where subscription_id = 's1'; insert into subscription by name select 's3' as subscription_id, 'a0' as account_id, 'Basic' as plan, date '2025-02-10' as started_on, 'month' as billing_period, 50 as mrr, 'EUR' as currency"},
    told: {grade: "note", table: "subscription", count: 1, of: 3, examples: [{id: "s3", detail: "s1"}]}
  },
  currencies_known: {world: {plant: change("currency = 'EURO', amount = null")}, told: {table: "opportunity", column: "currency", examples: [{id: "EURO"}]}},
  rates_known: {world: {marts: true, plant: change("currency = 'GBP'")}, told: {count: 1, of: 41, examples: [{id: "GBP"}]}},
  amounts_not_negative: {world: {plant: "update contract set total_value = -500"}, told: {table: "contract", examples: [{id: "k1", detail: "-500.00 EUR"}]}},
  amounts_not_extreme: {world: {plant: change("amount = 1200000000")}, told: {count: 1, of: 41, examples: [{id: "x1", detail: "1200000000.00 EUR, median 1200"}]}},
  amounts_not_zero: {world: {plant: change("amount = 0")}, told: {grade: "note", examples: [{id: "x1", detail: "0.00 EUR"}]}},
  won_deals_priced: {world: {plant: change("amount = null")}, told: {grade: "note", count: 1, of: 41}},
  forecasts_readable: {world: {plant: "update forecast set period = 'Q1 2025'"}, told: {table: "forecast", column: "period", count: 1, of: 1, examples: [{id: "Q1 2025 company"}]}},
  targets_readable: {
    world: {facts: {published: {marts: [], dimensions: [], goals: [{metric: "win_rat", period: "2025", level: "company", member: null, due: null, first: "2025-01-01", last: "2025-12-31", goal: null, parent: null, value: 1, fault: "metric"}]}}},
    told: {table: "target", count: 1, of: 1, examples: [{id: "win_rat 2025 company", detail: "metric"}]}
  },
  actions_readable: {
    world: {facts: {published: {marts: [], dimensions: [], actions: [{metric: "win_rat", segment: null, action: "Training", role: null, start: "2025-01-01", expected: null, fault: "metric"}]}}},
    told: {table: "action", count: 1, of: 1, examples: [{id: "win_rat 2025-01-01", detail: "metric"}]}
  },
  small_groups: {world: {facts: {published: {minGroup: 3, ...single}}}, told: {table: "", count: 1, of: 2, examples: [{id: "fct_opportunity", detail: "team, owner"}]}}
};

/** What a planted fault brings along of itself. */
const along: Readonly<Record<string, readonly string[]>> = {currencies_known: ["won_deals_priced"]};

describe("each check", () => {
  it("passes over a clean world", async () => {
    const results = await judged();
    expect(failed(results)).toEqual([]);
    const looked = new Set(results.filter(({status}) => status === "passed").map(({id}) => id));
    expect(checks.filter(({id, phase}) => phase !== "run" && !looked.has(id)).map(({id}) => id), "nothing to look at").toEqual(["files_read", "reconcile", "exports_whole", "exports_complete", "records_timely", "ids_not_reused", "ids_in_one_source", "actions_readable", "targets_readable", "small_groups"]);
  });

  it("of a build has a planted fault here, those of a run in run.test.ts", () => {
    expect(checks.filter(({phase}) => phase !== "run").map(({id}) => id).sort()).toEqual(Object.keys(faults).sort());
  });

  it.each(Object.entries(faults))("is tripped by its fault alone: %s", async (id, {world, told}) => {
    const found = failed(await judged(world));
    expect(found.map((check) => check.id).filter((other) => !(along[id] ?? []).includes(other))).toEqual([id]);
    expect(found.find((check) => check.id === id)).toMatchObject(told);
  });
});

describe("what is no fault", () => {
  it("few records that are gone from the newest export, unless no export holds a closed one", async () => {
    const gone = (column: string) => ({findings: [{...finding("exports_whole", "opportunity", column), count: 1, of: 40}]});
    expect(failed(await judged({facts: gone("")}))).toEqual([]);
    expect(failed(await judged({facts: gone("state")})).map(({id}) => id)).toEqual(["exports_whole"]);
  });

  it.each([
    ["a reference to a record that was left out", "insert into left_out values ('account', 'gone', 'deleted'); " + change("account_id = 'gone'")],
    ["a close on the day of creation, at an earlier hour", change("created_at = timestamp '2025-02-01 10:00'")],
    ["a lost deal worth nothing", change("state = 'lost', stage = 'Lost', amount = 0")],
    ["a former currency with a rate", "insert into fx_rate values ('DEM', date '2024-01-01', 0.5); " + change("currency = 'DEM'")],
    ["an amount of a rare currency, however large", "insert into fx_rate values ('JPY', date '2024-01-01', 0.006); " + change("currency = 'JPY', amount = 90000000")]
  ])("%s", async (_, plant) => {
    expect(failed(await judged({plant, marts: true}))).toEqual([]);
  });
});

describe("small_groups", () => {
  const of = async (published: object) => (await judged({facts: {published: {...single, ...published}}})).find(({id}) => id === "small_groups")!;
  it("has nothing to look at where min_group is not set", async () => expect(await of({})).toMatchObject({status: "absent", count: 0}));
  it("passes where no mart has a column to group by", async () => expect(await of({minGroup: 3, dimensions: []})).toMatchObject({status: "passed", count: 0, of: 2}));
});

describe("a check that lacks what it needs", () => {
  it("is not in the data, and says what is lacking", async () => {
    const results = await judged({lacking: ["contract.end_date", "opportunity.amount"]});
    expect(results.find(({id, table}) => id === "dates_in_order" && table === "contract")).toMatchObject({status: "absent", lacks: ["contract.end_date"], count: 0, of: 0});
    expect(results.find(({id}) => id === "won_deals_priced")).toMatchObject({status: "absent", lacks: ["opportunity.amount"]});
  });

  it("is there once where no table of its feeds is", async () => {
    const results = await judged({without: ["opportunity", "contract", "subscription", "forecast"], facts: {newestStamp: null}});
    for (const id of ["amounts_not_negative", "rates_known", "closed_deals_dated"]) expect(results.filter((check) => check.id === id)).toMatchObject([{status: "absent", table: ""}]);
    expect(results.filter(({id}) => id === "dates_not_ahead")).toMatchObject([{status: "absent"}]);
  });
});

describe("the settings", () => {
  const extreme = change("amount = 5000");

  it("change a grade", async () => {
    const [first] = await judged({plant: change("amount = 0"), settings: {amounts_not_zero: "stop"}});
    expect(first).toMatchObject({id: "amounts_not_zero", grade: "stop", status: "failed"});
  });

  it("change a limit, also as a share, and keep the grade", async () => {
    expect(failed(await judged({plant: extreme}))).toEqual([]);
    expect(failed(await judged({plant: extreme, settings: {amounts_not_extreme: {times: 3}}}))).toMatchObject([{id: "amounts_not_extreme", grade: "warn", limits: {times: 3}}]);
  });

  it("switch a check off, whole or for a table or column", async () => {
    const plant = change("amount = 0");
    expect((await judged({plant, settings: {amounts_not_zero: "off"}})).filter(({id}) => id === "amounts_not_zero")).toMatchObject([{status: "off", count: 0}]);
    const except = await judged({plant, settings: {amounts_not_zero: {except: ["opportunity.amount"]}}});
    expect(except.filter(({id}) => id === "amounts_not_zero").map(({table, status}) => [table, status])).toEqual([["contract", "passed"], ["opportunity", "off"]]);
  });
});

describe("the results", () => {
  it("begin with what failed, the worst grade first", async () => {
    const results = await judged({plant: change("amount = 0, account_id = 'gone', closed_at = null"), marts: true, settings: {closed_deals_dated: "stop"}});
    expect(failed(results).map(({id, grade}) => `${grade} ${id}`)).toEqual(["stop closed_deals_dated", "warn references", "note amounts_not_zero"]);
    expect(results.slice(0, 3)).toEqual(failed(results));
  });

  it("are the same twice, and hold five examples at most", async () => {
    const plant = Array.from({length: 9}, (_, k) => change("amount = 0").replaceAll("x1", `z${k}`)).join(";");
    const [one, other] = [await judged({plant}), await judged({plant})];
    expect(other).toEqual(one);
    expect(failed(one)[0]).toMatchObject({count: 9, examples: ["z0", "z1", "z2", "z3", "z4"].map((id) => ({id}))});
  });

  it("mask ids that may name a person", async () => {
    const plant = `insert into lead by name select 'ann.lee@example.com' as lead_id, timestamp '1970-01-01' as created_at, timestamp '2025-03-30' as updated_at; ${change("owner_id = 'Ben Smith'")}`;
    const text = JSON.stringify(failed(await judged({plant})));
    expect(text).toContain('"a…@…"');
    expect(text).toContain('"B…"');
    expect(text).not.toMatch(/ann\.lee|Smith/);
  });
});

describe("the words of a check", () => {
  it("are there in every language: label, meaning and remedy", () => {
    for (const messages of [en, hu]) {
      expect(checks.flatMap(({id}) => ["label", "meaning", "remedy"].map((part) => `check.${id}.${part}`)).filter((key) => !messages[key])).toEqual([]);
    }
  });

  it("can be said with its limits", async () => {
    for (const locale of ["en", "hu"]) {
      const format = createFormatter({locale, currency: "EUR", messages: await loadMessages(locale)});
      for (const {id, limits = {}} of checks) for (const part of ["label", "meaning", "remedy"]) expect(format.message(`check.${id}.${part}`, limits)).not.toMatch(/[{}]\w+[{}]|undefined|NaN/);
    }
  });
});
