// How much of the time between two moments people were at work. Clock hours punish whoever is asked on a Friday evening.

import type {Native} from "../native.js";

/** One stretch of work that comes every week. */
export interface OpenHours {
  /** 1 is Monday. */
  readonly weekday: number;
  /** Minutes since midnight by the clock of the zone; `to` is 1440 at most. */
  readonly from: number;
  readonly to: number;
}

/** Hours where nothing is said: 9 to 17 on the report's working days (1 is Monday). */
export const usualHours = (workingDays: readonly number[]): OpenHours[] => workingDays.map((weekday) => ({weekday, from: 9 * 60, to: 17 * 60}));

export interface WorkTime {
  readonly timeZone: string;
  readonly hours: readonly OpenHours[];
  /** Days off, "2025-12-25". */
  readonly holidays: readonly string[];
  /** Last day of the report, "2025-01-31". */
  readonly asOf: string;
  /** False where no table that is fed counts them: no day is worked out then, and the macros give NULL. */
  readonly asked?: boolean;
}

/** First day of which hours are known. */
const firstDay = "1970-01-01";

/**
 * Creates two macros. `business_seconds(a, day_a, b, day_b)`: seconds of work between two TIMESTAMPs in UTC, negative where b
 * is before a; each comes with its `local_day`, by which hours are looked up once a day and not once a moment.
 * `business_seconds_of_days(a, b)`: seconds of work from the beginning of the DATE a to the beginning of b. Both are NULL
 * outside 1970 to the day after as-of. On the day of a clock change hours last as long as they did: one of 0 to 24 o'clock
 * has 23 or 25. A time that the clock skips or shows twice is what the engine takes it for. They hold in this session alone.
 */
export async function createBusinessHours({exec}: Native, {timeZone, hours, holidays, asOf, asked = true}: WorkTime): Promise<void> {
  await exec("create or replace temp table open_hours (weekday tinyint, from_minute smallint, to_minute smallint)");
  for (const {weekday, from, to} of hours) await exec("insert into open_hours values (?::tinyint, ?::smallint, ?::smallint)", [String(weekday), String(from), String(to)]);
  await exec("create or replace temp table day_off (day date)");
  for (const day of holidays) await exec("insert into day_off values (?::date)", [day]);
  await exec(`create or replace temp table business_day as
    with
    days as (
      select day::date as day from generate_series(date '${firstDay}', $as_of::date + 1, interval 1 day) as series(day)${asked ? "" : " where false"}
    ),
    worked as (
      select
        day,
        make_timestamp(epoch_us(timezone($zone, day + to_minutes(from_minute)))) as opens,
        make_timestamp(epoch_us(timezone($zone, day + to_minutes(to_minute)))) as closes
      from days join open_hours on isodow(day) = weekday anti join day_off using (day)
    ),
    stretches as (
      select day, list({'opens': opens, 'closes': closes} order by opens) as stretches, sum(epoch(closes - opens)) as seconds
      from worked
      group by day
    )
    select
      day,
      coalesce(stretches, []) as stretches,
      sum(coalesce(seconds, 0)) over (order by day) - coalesce(seconds, 0) as seconds_before
    from days left join stretches using (day)`, {zone: timeZone, as_of: asOf});
  await exec("create or replace temp macro seconds_before_day(on_day) as (select seconds_before from business_day where day = on_day)");
  await exec(`create or replace temp macro business_seconds_until(moment, on_day) as seconds_before_day(on_day)
    + coalesce(list_sum([greatest(0, epoch(least(stretch.closes, moment) - stretch.opens)) for stretch in (select stretches from business_day where day = on_day)]), 0)`);
  await exec("create or replace temp macro business_seconds(a, day_a, b, day_b) as business_seconds_until(b, day_b) - business_seconds_until(a, day_a)");
  await exec("create or replace temp macro business_seconds_of_days(a, b) as seconds_before_day(b) - seconds_before_day(a)");
}
