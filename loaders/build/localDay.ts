// Moments to days of the report's zone. The engine's own zone conversion takes a microsecond a value, which is most of
// the time of a build over millions of events; a zone changes its offset twice a year, so a lookup does.

import type {Native} from "../native.js";

interface Turn {
  /** First moment, UTC, at which the offset holds: text that DuckDB reads as a timestamp. */
  readonly from: string;
  /** Seconds ahead of UTC. */
  readonly offset: number;
}

/** Moments outside these years have the offset of the first or last of them. */
const years = {first: 1970, last: 2070};

/**
 * Creates the macro `local_day(moment)`: the DATE in the zone on which a TIMESTAMP in UTC falls. It agrees with
 * `timezone(zone, timezone('UTC', moment))::date` from 1970 to 2070.
 */
export async function createLocalDay(native: Native, timeZone: string): Promise<void> {
  const turns = await zoneTurns(native, timeZone);
  await native.exec(`create or replace macro local_day(moment) as (moment + to_seconds(${offsetSql(turns)}))::date`);
}

/**
 * Creates the macro `local_midnight(day)`: the TIMESTAMP in UTC at which a DATE begins in the zone. It agrees with
 * `timezone(zone, day::timestamp)` from 1970 to 2070.
 */
export async function createLocalMidnight(native: Native, timeZone: string): Promise<void> {
  const turns = await readTurns(
    native,
    timeZone,
    `select moment::varchar as "from", epoch(moment - make_timestamp(epoch_us(timezone($zone, moment))))::integer as "offset"
    from generate_series(timestamp '${years.first}-01-01', timestamp '${years.last}-01-01', interval 1 day) as days(moment)
    qualify "offset" is distinct from lag("offset") over (order by moment)
    order by moment`
  );
  await native.exec(`create or replace macro local_midnight(day) as day::timestamp - to_seconds(${offsetSql(turns, "day")})`);
}

/** Returns the offsets of a zone in order of time: compared day by day, then by hours and minutes where two days differ. */
async function zoneTurns(native: Native, timeZone: string): Promise<Turn[]> {
  const shift = "timezone($zone, timezone('UTC', moment)) - moment";
  const sql = `
    with
    days as (
      select day::timestamp as moment from generate_series(timestamp '${years.first}-01-01', timestamp '${years.last}-01-01', interval 1 day) as series(day)
    ),
    changed_days as (
      select moment from (select moment, ${shift} as shift from days)
      qualify shift is distinct from lead(shift, 1, shift) over (order by moment)
    ),
    hours as (
      select moment + to_hours(hour) as moment, moment as day from changed_days, range(25) as hours(hour)
    ),
    changed_hours as (
      select moment from (select moment, day, ${shift} as shift from hours)
      qualify shift is distinct from lead(shift, 1, shift) over (partition by day order by moment)
    ),
    minutes as (
      select min(moment) as moment from days
      union all
      select moment + to_minutes(minute) from changed_hours, range(1, 61) as minutes(minute)
    )
    select moment::varchar as "from", epoch(shift)::integer as "offset"
    from (select moment, ${shift} as shift from minutes)
    qualify shift is distinct from lag(shift) over (order by moment)
    order by moment`;
  return readTurns(native, timeZone, sql);
}

async function readTurns(native: Native, timeZone: string, sql: string): Promise<Turn[]> {
  const result = await native.connection.run(sql, {zone: timeZone});
  return (await result.getRows()).map(([from, offset]) => ({from: String(from), offset: Number(offset)}));
}

/** Returns a search by halves as nested CASEs: a moment passes about nine comparisons, whatever the number of turns. */
function offsetSql(turns: readonly Turn[], moment = "moment"): string {
  if (turns.length === 1) return String(turns[0]!.offset);
  const middle = Math.ceil(turns.length / 2);
  return `case when ${moment} < timestamp '${turns[middle]!.from}' then ${offsetSql(turns.slice(0, middle), moment)} else ${offsetSql(turns.slice(middle), moment)} end`;
}
