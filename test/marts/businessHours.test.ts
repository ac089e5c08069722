import {afterAll, beforeAll, describe, expect, it} from "vitest";
import fc from "fast-check";
import {createBusinessHours, usualHours, type OpenHours} from "../../loaders/build/businessHours.js";
import {createLocalDay} from "../../loaders/build/localDay.js";
import {openNative, type Native} from "../../loaders/native.js";

let native: Native;
beforeAll(async () => (native = await openNative()));
afterAll(() => native.close());

const asOf = "2026-01-31";

async function work(timeZone: string, hours: readonly OpenHours[], holidays: readonly string[] = []): Promise<void> {
  await createLocalDay(native, timeZone);
  await createBusinessHours(native, {timeZone, hours, holidays, asOf});
}

const seconds = async (from: string | null, to: string | null) =>
  (await native.run({sql: "with pair as (select *, local_day(a) as day_a, local_day(b) as day_b from (select ?::timestamp as a, ?::timestamp as b)) select business_seconds(a, day_a, b, day_b) as seconds from pair", params: [from, to]}))[0]!.seconds;
const hours = async (from: string, to: string) => Number(await seconds(from, to)) / 3600;

describe("business_seconds", () => {
  it("is worked out for no day where nothing counts it, and is then NULL", async () => {
    await createLocalDay(native, "UTC");
    await createBusinessHours(native, {timeZone: "UTC", hours: usualHours([1, 2, 3, 4, 5]), holidays: [], asOf, asked: false});
    expect(await seconds("2025-01-08 08:00", "2025-01-08 12:00")).toBeNull();
    expect(Number((await native.run({sql: "select count(*) as days from business_day", params: []}))[0]!.days)).toBe(0);
  });
  it("counts 9 to 17 on working days, by the clock of the zone", async () => {
    await work("Europe/Budapest", usualHours([1, 2, 3, 4, 5]), ["2025-01-06"]);
    expect(await hours("2025-01-08 08:00", "2025-01-08 08:30"), "9 to half past on a Wednesday").toBe(0.5);
    expect(await hours("2025-01-08 05:00", "2025-01-08 23:00"), "a whole day").toBe(8);
    expect(await hours("2025-01-10 15:00", "2025-01-13 09:00"), "an hour on Friday, another on Monday").toBe(2);
    expect(await hours("2025-01-10 18:00", "2025-01-12 20:00"), "a weekend").toBe(0);
    expect(await hours("2025-01-03 15:00", "2025-01-07 08:30"), "Monday is off").toBe(1.5);
    expect(await hours("2025-03-28 15:30", "2025-03-31 07:10"), "the clock goes forward between").toBeCloseTo(0.5 + 1 / 6, 12);
  });

  it("has several stretches a day, and lasts as long as they do where clocks change", async () => {
    await work("Europe/Budapest", [{weekday: 1, from: 780, to: 900}, {weekday: 1, from: 480, to: 720}, {weekday: 7, from: 0, to: 1440}]);
    expect(await hours("2025-01-06 06:00", "2025-01-06 20:00")).toBe(6);
    expect(await hours("2025-01-06 10:30", "2025-01-06 12:30"), "half an hour on either side of lunch").toBe(1);
    expect(await hours("2025-03-29 12:00", "2025-03-31 00:00"), "a Sunday of 23 hours").toBe(23);
    expect(await hours("2025-10-25 12:00", "2025-10-27 00:00"), "a Sunday of 25 hours").toBe(25);
  });

  it("is negative where the end comes first, and nothing without both or outside the report", async () => {
    await work("UTC", usualHours([1]));
    expect(await hours("2025-01-06 12:00", "2025-01-06 10:00")).toBe(-2);
    expect([await seconds(null, "2025-01-06"), await seconds("2025-01-06", null), await seconds("1969-12-31", "2025-01-06"), await seconds("2025-01-06", "2026-03-01")]).toEqual([null, null, null, null]);
  });

  it("of days are those of all of them but the last", async () => {
    await work("Europe/Budapest", usualHours([1, 2, 3, 4, 5]), ["2025-01-06"]);
    const [row] = await native.run({sql: "select business_seconds_of_days(date '2025-01-03', date '2025-01-08') / 3600 as hours, business_seconds_of_days(date '2025-01-03', date '2025-01-03') as none", params: []});
    expect([Number(row!.hours), Number(row!.none)]).toEqual([16, 0]);
  });
});

// The slow way: every minute is looked at on the clock of the zone.
function workedMinutes(zone: string, {open, off}: {open: readonly OpenHours[]; off: readonly string[]}, from: number, to: number): number {
  const clock = new Intl.DateTimeFormat("en-CA", {timeZone: zone, hourCycle: "h23", weekday: "short", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit"});
  let minutes = 0;
  for (let moment = from; moment < to; moment += 60_000) {
    const part = Object.fromEntries(clock.formatToParts(moment).map(({type, value}) => [type, value]));
    const minute = Number(part["hour"]) * 60 + Number(part["minute"]);
    const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part["weekday"]!) + 1;
    const isOff = off.includes(`${part["year"]}-${part["month"]}-${part["day"]}`);
    if (!isOff && open.some((hours) => hours.weekday === weekday && minute >= hours.from && minute < hours.to)) minutes++;
  }
  return minutes;
}

const quarter = (from: number, to: number) => fc.integer({min: from * 4, max: to * 4}).map((quarters) => quarters * 15);
// None begins or ends in the hours in which clocks change, except at midnight.
const stretch = fc.oneof(
  fc.tuple(fc.constant(0), quarter(5, 24)),
  fc.tuple(quarter(5, 14), quarter(15, 24))
).map(([from, to]) => ({from, to}));
const week: fc.Arbitrary<OpenHours[]> = fc.array(fc.option(stretch), {minLength: 7, maxLength: 7})
  .map((days) => days.flatMap((span, day) => (span ? [{weekday: day + 1, ...span}] : [])));
// Moments around the days on which clocks change in one of the zones, and any others of the year.
const moment = fc.oneof(
  fc.tuple(fc.constantFrom("2025-03-09", "2025-03-30", "2025-04-06", "2025-10-05", "2025-10-26", "2025-11-02"), fc.integer({min: -2880, max: 2880})),
  fc.tuple(fc.constant("2025-07-01"), fc.integer({min: -250_000, max: 250_000}))
).map(([day, minutes]) => Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);

it("is the number of minutes, counted one by one, that lie in the hours of their day", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("Europe/Budapest", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"), week, moment, fc.integer({min: 0, max: 6000}), fc.subarray(["2025-03-30", "2025-07-04", "2025-10-27"]),
      async (zone, open, from, lasts, off) => {
        const to = from + lasts * 60_000;
        await work(zone, open, off);
        const text = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
        expect(Number(await seconds(text(from), text(to))) / 60).toBe(workedMinutes(zone, {open, off}, from, to));
      }
    ),
    {numRuns: 30, seed: 1}
  );
}, 120_000);
