// Exports of the present compared: the history they give, against deals whose every change is known.

import {rmSync} from "node:fs";
import {dirname} from "node:path";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {anyDays, anyDeals, asked, datedReport, dayNumber, dayText, fields, standsOn, toldReport, valuesOn, type Deal, type Field} from "./world.js";

interface Change {
  readonly id: string;
  readonly field: Field | "deleted";
  readonly old: string | null;
  readonly value: string;
  readonly at: string;
  readonly after: number;
  readonly until: number;
  /** The first stage known of a deal is no change of one. */
  readonly opening: boolean;
}

const canonical: Readonly<Record<string, Field | "deleted">> = {amount: "amount", expected_close_date: "due", owner_id: "owner", deleted: "deleted"};
const plain = (field: string, value: unknown): string => (value === null ? "" : field === "amount" ? String(Number(value)) : String(value));

async function changesOf(config: string): Promise<Change[]> {
  return asked(config, async (rows) => {
    const entered = await rows("select *, row_number() over (partition by opportunity_id order by entered_at) = 1 as opening, entered_at::varchar as at from opportunity_stage_history order by entered_at");
    const changed = await rows("select *, changed_at::varchar as at from opportunity_field_history order by changed_at");
    return [
      ...entered.map((row): Change => ({id: String(row["opportunity_id"]), field: "stage", old: null, value: String(row["stage"]), at: String(row["at"]), after: dayNumber(String(row["changed_after"])), until: dayNumber(String(row["changed_until"])), opening: row["opening"] === true})),
      ...changed.map((row): Change => {
        const field = canonical[String(row["field"])]!;
        return {id: String(row["opportunity_id"]), field, old: plain(field, row["old_value"]), value: plain(field, row["new_value"]), at: String(row["at"]), after: dayNumber(String(row["changed_after"])), until: dayNumber(String(row["changed_until"])), opening: false};
      })
    ];
  });
}

/** What the history says of a deal's field at the end of a day; the record itself where it never changed. */
function known(deal: Deal, field: Field, day: number, newest: number, changes: readonly Change[]): string {
  const own = changes.filter((change) => change.id === deal.id && change.field === field);
  const past = own.filter(({at}) => dayNumber(at) <= day).at(-1);
  return past?.value ?? own[0]?.old ?? plain(field, valuesOn(deal, newest)[field] || null);
}

const truth = (deal: Deal, field: Field, day: number): string => plain(field, valuesOn(deal, day)[field] || null);

async function withReport<T>(config: string, use: (config: string) => Promise<T>): Promise<T> {
  try {
    return await use(config);
  } finally {
    rmSync(dirname(config), {recursive: true, force: true});
  }
}

/** Each run holds up to forty deals; a run takes in two reports. */
const runs = {numRuns: 10, seed: 20251122};

describe("history from exports of the present", () => {
  it("is the truth on the day of every export, and names days between which each change was, whatever happened and whenever was exported", async () => {
    await fc.assert(
      fc.asyncProperty(anyDeals, anyDays, fc.boolean(), async (deals, days, stamped) => {
        const changes = await withReport(datedReport(deals, days, stamped), changesOf);
        const newest = days.at(-1)!;
        for (const deal of deals.filter((one) => standsOn(one, newest))) {
          for (const day of days.filter((one) => standsOn(deal, one))) {
            for (const field of fields) expect({id: deal.id, field, day, value: known(deal, field, day, newest, changes)}).toEqual({id: deal.id, field, day, value: truth(deal, field, day)});
          }
        }
        for (const change of changes.filter(({opening}) => !opening)) {
          const deal = deals.find(({id}) => id === change.id)!;
          const happened = change.field === "deleted" ? [deal.deleted!] : deal.events.filter(({field}) => field === change.field).map(({day}) => day);
          expect(happened.some((day) => day >= change.after && day <= change.until), JSON.stringify(change)).toBe(true);
          expect(dayNumber(change.at)).toBeGreaterThanOrEqual(change.after);
          expect(dayNumber(change.at)).toBeLessThanOrEqual(change.until);
          expect(days).toContain(change.after);
        }
        for (const deal of deals.filter(({deleted}) => deleted !== null && deleted <= days.at(-1)!)) {
          if (days.some((day) => standsOn(deal, day))) expect(changes.some(({id, field}) => id === deal.id && field === "deleted")).toBe(true);
        }
      }),
      runs
    );
  });

  it("is only refined by one more export in between", async () => {
    await fc.assert(
      fc.asyncProperty(anyDeals, anyDays, fc.nat(40), fc.boolean(), async (deals, days, extra, stamped) => {
        const between = Math.min(Math.max(extra, days[0]!), days.at(-1)!);
        const coarse = await withReport(datedReport(deals, days, stamped), changesOf);
        const fine = await withReport(datedReport(deals, [...new Set([...days, between])].sort((a, b) => a - b), stamped), changesOf);
        for (const change of coarse.filter(({opening}) => !opening)) {
          const within = fine.filter(({id, field, after, until}) => id === change.id && field === change.field && after >= change.after && until <= change.until);
          expect(within.length, JSON.stringify({change, fine})).toBeGreaterThan(0);
          expect(within.at(-1)!.value).toBe(change.value);
        }
      }),
      runs
    );
  });

  it("gives the marts the pipeline that the CRM's own history gives, on the day of every export", async () => {
    const slice = (days: readonly number[]) => `
      select day::varchar as day, opportunity_id, stage, amount, expected_close_date, owner_id
      from (select unnest([${days.map((day) => `date '${dayText(day)}'`).join(", ")}]) as day) join fct_opportunity_span on valid_from <= day and day < valid_to
      join (select distinct opportunity_id, day as since, next_day, owner_id from int_opportunity_change) using (opportunity_id)
      where since <= day and day < coalesce(next_day, date '9999-12-31') order by all`;
    await fc.assert(
      fc.asyncProperty(anyDeals, anyDays, fc.boolean(), async (every, days, stamped) => {
        const newest = days.at(-1)!;
        // The marts keep the last owner of a deal that has none for a while.
        const deals = every.filter((deal) => standsOn(deal, newest)).map((deal) => ({...deal, events: deal.events.filter(({field, value}) => field !== "owner" || value !== "")}));
        fc.pre(deals.length > 0);
        const seen = days.filter((day) => day < newest);
        const ask = (config: string) => asked(config, (rows) => rows(slice(seen)), {marts: true});
        const told = await withReport(toldReport(deals, newest), ask);
        const compared = await withReport(datedReport(deals, days, stamped), ask);
        expect(compared).toEqual(told);
      }),
      {...runs, numRuns: 3, endOnFailure: true}
    );
  });
});
