import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {openNative, type Native} from "../../loaders/native.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {openClient, rowsOf, runAll, serveEngine, statesOf} from "../helpers/engineSite.js";
import {describeBrowser} from "../helpers/needs.js";
import type {TestServer} from "../helpers/server.js";

/** Every type that a mart may have, with the values that break decoders: extremes, nulls, hostile and foreign text. */
const everyType = `
  select
    i as row_number, true as is_true, i % 3 = 0 as is_third, (i * 6 - 128)::tinyint as int8, (i * 1600 - 32768)::smallint as int16,
    (i * 100000000 - 2147483648)::integer as int32, i * 9007199254740991 // 7 as int64, i * 0.1::double - 1 as double_value,
    (i * 12345678.91 - 99)::decimal(18, 2) as amount, (i / 7)::decimal(5, 4) as probability, (0 - i)::decimal(38, 10) as wide,
    date '1969-12-30' + i::integer as day, date '9999-12-31' as for_ever, timestamp '1969-12-31 23:59:59.5' + to_microseconds(i) as moment,
    ['open', 'won', 'lost'][1 + i % 3]::enum('open', 'won', 'lost') as state, ['call', 'email'][1 + i % 2] as type,
    ['Győr', '<img src=x onerror=alert(1)>', 'a''; drop table every_type; --', '', '日本', '=1+1'][1 + i % 6] as region,
    case when i % 2 = 0 then i::integer end as some_int, case when i % 2 = 0 then (i / 2)::decimal(18, 2) end as some_amount,
    case when i % 2 = 0 then date '2024-02-29' end as some_day, case when i % 2 = 0 then 'x' end as some_text,
    null::integer as no_int, null::varchar as no_text, null::date as no_day
  from range(40) t(i) order by i`;

const statements = [
  {sql: "select * from every_type order by row_number", params: []},
  {sql: "select * from every_type where row_number >= ? order by row_number;", params: [0]},
  {sql: "with few as (from every_type where some_text = 'x') select region, state, some_text from few order by row_number; ", params: []},
  {sql: "select region, state, count(*) as n, sum(amount) as a, sum(int64) as s, avg(double_value) as m, median(some_int) as h, max(day) as d from every_type group by all order by all", params: []},
  {sql: "select row_number from every_type where region in (?, ?) and state <> ? and day >= ?::date and is_third = ? and double_value < ? order by 1", params: ["Győr", "a'; drop table every_type; --", "won", "1970-01-02", false, 3.5]},
  {sql: "select row_number from every_type where state = ? or region = ?", params: ["no such state", "no such region"]},
  {sql: "select coalesce(some_text, '(none)') as t, coalesce(region, 'nowhere') as r, count(*) as n from every_type group by all order by all", params: []},
  {sql: "select count(*) as n from every_type where false", params: []},
  {sql: "select row_number from every_type where false", params: []}
];

describeBrowser("the engine in the browser", () => {
  let folder: string;
  let native: Native;
  let browser: TestBrowser;
  let server: TestServer;
  let parquet: Buffer;
  let database: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-engine-"));
    native = await openNative();
    await native.exec(`copy (${everyType}) to '${join(folder, "every_type.parquet")}' (format parquet, compression zstd, row_group_size 2048)`);
    await native.exec(`create table every_type as from read_parquet('${join(folder, "every_type.parquet")}')`);
    await writeMartDatabase("every_type", join(folder, "every_type.parquet"), join(folder, "every_type.duckdb"));
    parquet = await readFile(join(folder, "every_type.parquet"));
    database = await readFile(join(folder, "every_type.duckdb"));
    server = await serveEngine({"every_type.parquet": parquet, "every_type.duckdb": database});
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    native?.close();
    if (folder) await rm(folder, {recursive: true});
  });

  /** A page in a fresh profile: nothing is left of an engine that another test started. */
  async function fresh(body: (opened: TestPage) => Promise<void>) {
    const opened = await browser.open();
    try {
      await body(opened);
    } finally {
      await opened.close();
    }
  }

  for (const kind of ["parquet", "database"] as const) {
    it(`reads a ${kind} file and gives the native engine's rows for every type`, () =>
      fresh(async ({page, errors, violations}) => {
        await openClient(page, server.url, {every_type: [kind]});
        const outcomes = await runAll(page, statements);
        const expected = await Promise.all(statements.map(async (statement) => ({rows: await native.run(statement)})));
        expect(outcomes).toEqual(expected);
        expect({errors, violations, foreign: browser.foreign}).toEqual({errors: [], violations: [], foreign: []});
      }));
  }

  it("gives both files the same column types, but for text, which the database file keeps as ENUM", () =>
    fresh(async ({page}) => {
      const expected = await native.run({sql: "describe every_type", params: []});
      for (const kind of ["parquet", "database"] as const) {
        await openClient(page, `${server.url}?${kind}`, {every_type: [kind]});
        const types = (await rowsOf(page, "describe every_type")).map(({column_name, column_type}) => [column_name, String(column_type).replace(/^ENUM.*/, "VARCHAR")]);
        expect(types).toEqual(expected.map(({column_name, column_type}) => [column_name, column_type]));
      }
    }));

  it("loads nothing of itself before the first question, and a mart only when a statement names it", () =>
    fresh(async ({page}) => {
      server.requests.length = 0;
      await openClient(page, server.url, {every_type: ["database"]});
      const before = server.requests.map(({path}) => path);
      expect(before.filter((path) => /duckdb|arrow|parquet|engine\./.test(path.replace("/engine.js", "")))).toEqual([]);
      await rowsOf(page, "select 1 as one");
      expect(server.requests.filter(({path}) => path.endsWith("every_type.duckdb"))).toHaveLength(0);
      await rowsOf(page, "select count(*) as n from every_type");
      await rowsOf(page, "select max(row_number) as n from every_type");
      expect(server.requests.filter(({path}) => path.endsWith("every_type.duckdb"))).toHaveLength(1);
      expect(server.requests.filter(({path, status}) => status !== 200 || path.includes("parquet"))).toEqual([]);
    }));

  it("keeps the same engine, tables and answers for the next page", () =>
    fresh(async ({page}) => {
      await openClient(page, server.url, {every_type: ["database"]});
      expect(await rowsOf(page, "select count(*) as n from every_type")).toEqual([{n: 40}]);
      expect(await statesOf(page)).toEqual(["starting", "ready, reused false"]);
      server.requests.length = 0;
      await openClient(page, `${server.url}second.html`, {every_type: ["database"]});
      expect(await rowsOf(page, "select count(*) + 1 as n from every_type")).toEqual([{n: 41}]);
      expect(await statesOf(page)).toEqual(["starting", "ready, reused true"]);
      expect(server.requests.filter(({path}) => /\.(wasm|duckdb)$/.test(path))).toEqual([]);
    }));

  it("does not take up the engine of a report over other data", () =>
    fresh(async ({page}) => {
      await openClient(page, server.url, {every_type: ["database"]});
      await rowsOf(page, "select 1 as one");
      await openClient(page, `${server.url}second.html`, {every_type: ["parquet"]});
      await rowsOf(page, "select 1 as one");
      expect(await statesOf(page)).toEqual(["starting", "ready, reused false"]);
    }));

  it("runs in a worker of its own where shared workers cannot outlive a page", () =>
    fresh(async ({page, errors}) => {
      await page.addInitScript("delete globalThis.SharedWorker");
      await openClient(page, server.url, {every_type: ["database"]});
      expect(await rowsOf(page, "select count(*) as n from every_type where region = ?", ["Győr"])).toEqual([{n: 7}]);
      expect(await page.evaluate("outlivesPages()")).toBe(false);
      expect(errors).toEqual([]);
    }));

  it("runs equal questions once and forgets a question that nobody awaits", () =>
    fresh(async ({page}) => {
      await openClient(page, server.url, {every_type: ["database"]});
      const told = await page.evaluate(async () => {
        const {client} = globalThis as unknown as {client: import("../../src/runtime/client.js").Client};
        await client.warm();
        const statement = {sql: "select sum(row_number) as s from every_type where row_number > ?", params: [1]};
        const [one, two] = await Promise.all([client.run(statement), client.run({...statement})]);
        const leaving = new AbortController();
        const long = {sql: "select count(*) as n from range(3000000) a(i) join range(3000000) b(j) on (i * ?) % 1000003 = (j * ?) % 999983", params: [7919, 104729]};
        const cancelled = client.run(long, {signal: leaving.signal, long: true}).then(() => "answered", (reason: Error) => reason.message);
        setTimeout(() => leaving.abort(new Error("left")), 100);
        const reason = await cancelled;
        const started = performance.now();
        await client.run({sql: "select 2 as two", params: []});
        return {same: one === two, reason, waited: performance.now() - started};
      });
      expect(told).toMatchObject({same: true, reason: "left"});
      expect(told.waited).toBeLessThan(3_000);
    }));

  it("gives a long statement the rows and types of any other", () =>
    fresh(async ({page}) => {
      await openClient(page, server.url, {every_type: ["database"]});
      const [plain, long] = await page.evaluate(async () => {
        const {client} = globalThis as unknown as {client: import("../../src/runtime/client.js").Client};
        const sql = "select region, '?' as mark, count(*) as n, ?::varchar as text, typeof(?) as type, ? is null as absent, ? as yes from every_type where region in (?, ?) and row_number >= ? group by region order by region";
        const params = ["it's", 1.5, null, true, "Győr", "no such", 2];
        return [await client.run({sql, params}), await client.run({sql: `${sql} `, params}, {long: true})];
      });
      expect(plain!.length).toBeGreaterThan(0);
      expect(long).toEqual(plain);
    }));

  it("says what is wrong with a statement and goes on", () =>
    fresh(async ({page}) => {
      await openClient(page, server.url, {every_type: ["database"]});
      const [bad, good] = await runAll(page, [{sql: "select regoin from every_type", params: []}, {sql: "select 1 as one", params: []}]);
      expect(bad).toMatchObject({code: "query", message: expect.stringContaining("regoin"), subject: "select regoin from every_type"});
      expect(good).toEqual({rows: [{one: 1}]});
    }));

  it("reaches no other host, whatever a statement names", () =>
    fresh(async ({page}) => {
      await openClient(page, server.url, {every_type: ["database"]});
      const outcomes = await runAll(page, [
        {sql: "select '[1]'::json as j", params: []},
        {sql: "load icu", params: []},
        {sql: "select strptime('2024-01-01', '%Y-%m-%d') at time zone 'Europe/Budapest' as z", params: []},
        {sql: "from read_csv('https://foreign.example/a.csv')", params: []},
        {sql: "attach 'https://foreign.example/a.duckdb' as a", params: []},
        {sql: "copy (select 1) to 'https://foreign.example/b.csv'", params: []}
      ]);
      for (const outcome of outcomes) expect(outcome).toMatchObject({code: "query"});
      expect(await rowsOf(page, "select count(*) as n from every_type where row_number >= ?", [0])).toEqual([{n: 40}]);
      expect(browser.foreign).toEqual([]);
    }));
});
