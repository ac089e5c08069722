// Days on which the whole report rests: as-of, the newest stamp, the age of each source.

import type {TableName} from "../../canonical/schema.js";
import type {FactCheck, SqlCheck} from "../define.js";

const recordStamp = /\.(created_at|updated_at|closed_at)$/;

/** As-of before the first record, or more than a year after the newest: pages would be empty, or show open deals as ancient. */
export const asOfNearRecords: SqlCheck = {
  id: "as_of_near_records",
  grade: "warn",
  places: [{table: "", column: "as_of", needs: []}],
  look: (_, {fed}) => {
    const spans = fed.filter((name) => recordStamp.test(name)).map((name) => {
      const [table, column] = name.split(".") as [TableName, string];
      return `select min(${column}) as first, max(${column}) as newest from ${table}`;
    });
    if (spans.length === 0) return null;
    return {
      from: `(select local_day(min(first)::timestamp) as first, local_day(max(newest)::timestamp) as newest from (${spans.join(" union all ")}))`,
      id: "$as_of::varchar",
      among: "first is not null",
      wrong: "$as_of < first or $as_of > newest + interval 1 year",
      detail: "case when $as_of < first then '< ' || first::varchar else '> ' || newest::varchar end"
    };
  }
};

/** One record with a wrong clock must not move as-of in silence. The intake finds it, with its file and row. */
export const stampsPlausible: FactCheck = {
  id: "stamps_plausible",
  grade: "warn",
  find: ({findings, fed, files}) => {
    if (!fed.some((name) => name.endsWith(".updated_at"))) return [];
    const found = findings.filter(({id}) => id === "stamps_plausible");
    return found.length > 0 ? found : [{id: "stamps_plausible", table: "", column: "updated_at", count: 0, of: files.reduce((sum, {kept}) => sum + kept, 0), examples: []}];
  }
};

/** The newest record of a source by the as-of day, and in a run by the day of the run. */
export const freshness: FactCheck = {
  id: "freshness",
  grade: "warn",
  limits: {days: 7},
  phase: "both",
  find: ({freshness: known, asOf, run}, {days = 0}) =>
    [...new Set(known.map(({source}) => source))].flatMap((source) => {
      const own = known.filter((one) => one.source === source && one.newest !== null && one.ageDays !== null);
      if (own.length === 0 || (run && run.today === null)) return [];
      const newest = own.map((one) => one.newest!).sort().at(-1)!;
      const age = Math.min(...own.map(({ageDays}) => ageDays!)) + (run?.today ? daysBetween(asOf, run.today) : 0);
      const late = age > days;
      return [{id: "freshness", table: "", column: run ? "today" : "as_of", beside: newest, source, count: late ? 1 : 0, of: 1, examples: late ? [{id: source, detail: `${age} days`}] : []}];
    })
};

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
