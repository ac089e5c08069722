// Moments to days of the report's zone. The engine's own zone conversion takes most of the time of a build over millions
// of events. A zone changes its offset twice a year, so years are cut into equal stretches with at most one change in
// each, and a moment's stretch is looked up by its number. Whole days are looked up one by one.

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
 * `timezone(zone, timezone('UTC', moment))::date` from 1970 to 2070. It holds in this session alone: others of the same
 * database have to create it too.
 */
export async function createLocalDay(native: Native, timeZone: string): Promise<void> {
  const offset = await createOffset(native, "local_day", await zoneTurns(native, timeZone));
  await native.exec(`create or replace temp macro local_day(moment) as (moment + to_seconds(${offset("moment")}))::date`);
}

/**
 * Creates the macro `local_midnight(day)`: the TIMESTAMP in UTC at which a DATE begins in the zone. It agrees with
 * `timezone(zone, day::timestamp)` from 1970 to 2070. It holds in this session alone.
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
  const offset = await createDayOffset(native, "local_midnight", turns);
  await native.exec(`create or replace temp macro local_midnight(day) as make_timestamp(epoch_us(day::timestamp) - 1000000::bigint * ${offset("day")})`);
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

/** What the engine says of a zone is asked once a process: it goes through a hundred years day by day. */
const asked = new Map<string, Promise<Turn[]>>();

function readTurns(native: Native, timeZone: string, sql: string): Promise<Turn[]> {
  const key = `${timeZone} ${sql}`;
  const found = asked.get(key) ?? askTurns(native, timeZone, sql);
  asked.set(key, found);
  found.catch(() => asked.delete(key));
  return found;
}

async function askTurns(native: Native, timeZone: string, sql: string): Promise<Turn[]> {
  const result = await native.connection.run(sql, {zone: timeZone});
  return (await result.getRows()).map(([from, offset]) => ({from: String(from), offset: Number(offset)}));
}

const dayLength = 86_400_000;
const start = Date.UTC(years.first, 0, 1);
const past = (Date.UTC(years.last, 0, 1) - start) / dayLength + 1;

/** The day of a turn, counted from the first. */
const dayOf = ({from}: Turn): number => Math.floor((Date.parse(`${from.replace(" ", "T")}Z`) - start) / dayLength);

/**
 * Returns the SQL of the offset that holds all through a DATE; turns are at the beginning of days. A zone has few offsets: each day
 * has the number of its own in bits, one variable of the session for each digit. A list would be made anew for every chunk of rows.
 */
async function createDayOffset({exec}: Native, name: string, turns: readonly Turn[]): Promise<(day: string) => string> {
  const offsets = [...new Set(turns.map(({offset}) => offset))];
  const digits = [...Array(Math.ceil(Math.log2(offsets.length))).keys()];
  const lengths = turns.map((turn, index) => (turns[index + 1] ? dayOf(turns[index + 1]!) : past) - (index === 0 ? 0 : dayOf(turn)));
  for (const digit of digits) {
    await exec(`set variable ${name}_${digit} = '${turns.map(({offset}, index) => String((offsets.indexOf(offset) >> digit) & 1).repeat(lengths[index]!)).join("")}'::bit`);
  }
  if (digits.length === 0) return () => String(offsets[0]);
  return (day) => {
    const place = `least(greatest(${day} - date '${years.first}-01-01', 0), ${past - 1})::integer`;
    const number = digits.map((digit) => `get_bit(getvariable('${name}_${digit}'), ${place}) * ${1 << digit}`).join(" + ");
    return `case ${number} ${offsets.map((offset, index) => `when ${index} then ${offset}`).join(" ")} end`;
  };
}

/** Keeps the offsets as variables of the session and returns the SQL of the one that holds at a TIMESTAMP or DATE. */
async function createOffset({exec}: Native, name: string, turns: readonly Turn[]): Promise<(moment: string) => string> {
  const [only, ...others] = turns;
  if (others.length === 0) return () => String(only!.offset);
  const days = others.map(dayOf);
  const width = [64, 32, 16, 8, 4, 2].find((length) => new Set(days.map((day) => Math.floor(day / length))).size === others.length) ?? 1;
  const turnIn = new Map(others.map((turn, index) => [Math.floor(days[index]! / width), turn]));
  const stretches: {before: number; turn: string; after: number}[] = [];
  let offset = only!.offset;
  for (let day = 0; day < past; day += width) {
    const turn = turnIn.get(day / width);
    stretches.push({before: offset, turn: turn?.from ?? "infinity", after: turn?.offset ?? offset});
    offset = turn?.offset ?? offset;
  }
  await exec(`set variable ${name}_before = [${stretches.map(({before}) => before).join(", ")}]`);
  await exec(`set variable ${name}_turn = [${stretches.map(({turn}) => `'${turn}'`).join(", ")}]::timestamp[]`);
  await exec(`set variable ${name}_after = [${stretches.map(({after}) => after).join(", ")}]`);
  return (moment) => {
    const stretch = `[least(greatest((${moment}::date - date '${years.first}-01-01') // ${width} + 1, 1), ${stretches.length})]`;
    return `case when ${moment} < getvariable('${name}_turn')${stretch} then getvariable('${name}_before')${stretch} else getvariable('${name}_after')${stretch} end`;
  };
}
