import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {createLocalDay, createLocalMidnight} from "../../loaders/build/localDay.js";
import {openNative, type Native} from "../../loaders/native.js";

let native: Native;
beforeAll(async () => (native = await openNative()));
afterAll(() => native.close());

// Zones that change at midnight, by half an hour, at one minute past, to the other side of the date line, or never.
const zones = ["UTC", "Europe/Budapest", "America/Sao_Paulo", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu"];

describe("local_day", () => {
  it.each(zones)("is the engine's own local day in %s", async (zone) => {
    await createLocalDay(native, zone);
    const sql = `select moment::varchar as moment, local_day(moment)::varchar as day
      from (select timestamp '1970-01-01' + to_seconds(i * 21617) as moment from range(140000) as moments(i))
      where local_day(moment) <> timezone(?, timezone('UTC', moment))::date limit 3`;
    expect(await native.run({sql, params: [zone]})).toEqual([]);
  });

  it("changes at midnight of the zone, on both sides of a clock change", async () => {
    await createLocalDay(native, "Europe/Budapest");
    const days = async (moment: string) => (await native.run({sql: "select local_day(?::timestamp) as day", params: [moment]}))[0]!.day;
    expect(await days("2025-03-29 22:59:59")).toBe("2025-03-29");
    expect(await days("2025-03-29 23:00:00")).toBe("2025-03-30");
    expect(await days("2025-03-30 21:59:59")).toBe("2025-03-30");
    expect(await days("2025-03-30 22:00:00")).toBe("2025-03-31");
  });

  it("has no day for no moment", async () => {
    await createLocalDay(native, "Europe/Budapest");
    expect(await native.run({sql: "select local_day(null::timestamp) as day", params: []})).toEqual([{day: null}]);
  });
});

describe("local_midnight", () => {
  it.each([...zones, "Asia/Beirut", "America/Asuncion"])("is where the engine begins every day in %s", async (zone) => {
    await createLocalMidnight(native, zone);
    const sql = `select moment::varchar as day from generate_series(timestamp '1970-01-01', timestamp '2070-01-01', interval 1 day) as days(moment)
      where local_midnight(moment::date) <> make_timestamp(epoch_us(timezone(?, moment))) limit 3`;
    expect(await native.run({sql, params: [zone]})).toEqual([]);
  });

  it("is on its own day, in years without a rule too", async () => {
    await createLocalDay(native, "Europe/Budapest");
    await createLocalMidnight(native, "Europe/Budapest");
    const sql = "select count(*) as n from (values (date '0001-01-01'), (date '1903-07-01'), (date '2500-12-31')) as days(day) where local_day(local_midnight(day)) <> day";
    expect(await native.run({sql, params: []})).toEqual([{n: 0}]);
  });
});
