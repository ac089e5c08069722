// Working days of the report's calendar, for the models of loaders/marts.

import type {CalendarRules} from "../../src/query/manifest.js";
import type {Native} from "../native.js";

/** First day of which working days are known. */
const firstDay = "1970-01-01";

/**
 * Creates a macro in this session: `working_days(a, b)`, how many working days lie from the DATE a to before b; NULL outside
 * 1970 to a month after as-of.
 */
export async function createWorkingDays({exec}: Native, {workingDays, holidays}: CalendarRules, asOf: string): Promise<void> {
  await exec("create or replace temp table worked_weekday (weekday tinyint); create or replace temp table holiday (day date)");
  for (const weekday of workingDays) await exec("insert into worked_weekday values (?::tinyint)", [String(weekday)]);
  for (const day of holidays) await exec("insert into holiday values (?::date)", [day]);
  await exec(`create or replace temp table working_day as
    select day, (sum(worked::tinyint) over (order by day) - worked::tinyint)::bigint as days_before
    from (
      select day, isodow(day) in (from worked_weekday) and day not in (from holiday) as worked
      from (select day::date as day from generate_series(date '${firstDay}', $as_of::date + 31, interval 1 day) as series(day))
    )`, {as_of: asOf});
  await exec("create or replace temp macro working_days_before(on_day) as (select days_before from working_day where day = on_day)");
  await exec("create or replace temp macro working_days(a, b) as working_days_before(b) - working_days_before(a)");
}
