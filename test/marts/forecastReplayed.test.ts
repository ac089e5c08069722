import fc from "fast-check";
import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld} from "./world.js";

const open: BuiltWorld[] = [];
afterEach(() => open.splice(0).forEach(({native}) => native.close()));
const build = async (world: Parameters<typeof buildWorld>[0]) => {
  const built = await buildWorld(world);
  open.push(built);
  return {...built, ask: (sql: string) => built.native.run({sql, params: []})};
};

const firstDay = Date.parse("2024-01-01T00:00:00Z");
const dayOf = (offset: number) => new Date(firstDay + offset * 86_400_000).toISOString().slice(0, 10);
const states = {Prospecting: "open", Proposal: "open", Won: "won", Lost: "lost"} as const;

interface Change {
  readonly after: number;
  readonly stage: keyof typeof states;
  readonly amount: number;
  readonly due: number;
  readonly category: string;
}

const change = fc.record({
  after: fc.integer({min: 0, max: 90}),
  stage: fc.constantFrom("Prospecting", "Proposal", "Proposal", "Won", "Lost" as keyof typeof states),
  amount: fc.integer({min: 1, max: 999}),
  due: fc.integer({min: -40, max: 90}),
  category: fc.constantFrom("Commit", "Best Case", "Pipeline", "Omitted")
});
/** An opportunity's days: each change so many days after the one before. */
const life = fc.record({created: fc.integer({min: 0, max: 420}), changes: fc.array(change, {minLength: 1, maxLength: 5})});
const old: {created: number; changes: Change[]} = {created: 0, changes: [{after: 0, stage: "Proposal", amount: 10, due: 20, category: "Pipeline"}, {after: 40, stage: "Won", amount: 10, due: 0, category: "Pipeline"}]};

/** What a CRM exports at the end of a day: nothing that came later. */
function exported(lives: readonly {created: number; changes: readonly Change[]}[], day: number) {
  const opportunity: Record<string, unknown>[] = [];
  const opportunity_stage_history: Record<string, unknown>[] = [];
  lives.forEach(({created, changes}, k) => {
    let at = created;
    let last: Record<string, unknown> | undefined;
    changes.forEach(({after, stage, amount, due, category}, step) => {
      at += step === 0 ? 0 : after;
      const known = {stage: step === 0 ? "Prospecting" : stage, state: step === 0 ? "open" : states[stage], amount, expected_close_date: dayOf(at + due), forecast_category: category};
      if (at > day) return;
      const moment = `${dayOf(at)} ${String(9 + step).padStart(2, "0")}:00`;
      opportunity_stage_history.push({history_id: `${k}-${step}`, opportunity_id: `o${k}`, entered_at: moment, ...known});
      last = {opportunity_id: `o${k}`, owner_id: `u${k % 3}`, created_at: `${dayOf(created)} 09:00`, updated_at: moment, ...known};
    });
    if (last) opportunity.push(last);
  });
  return {opportunity, opportunity_stage_history};
}

describe("fct_forecast_replayed", () => {
  it("tells of a past day what the forecast of that day told, whatever came later", () =>
    fc.assert(fc.asyncProperty(fc.array(life, {minLength: 34, maxLength: 36}), fc.integer({min: 8, max: 13}), fc.constantFrom("start", "mid"), async (lives, month, moment) => {
      const first = Math.round((Date.UTC(2024, month, 1) - firstDay) / 86_400_000);
      const length = Math.round((Date.UTC(2024, month + 1, 1) - firstDay) / 86_400_000) - first;
      const day = moment === "start" ? first : first + Math.floor(length / 2);
      const later = await build({asOf: "2025-04-30", tables: exported([old, ...lives], 500)});
      const then = await build({asOf: dayOf(day), tables: exported([old, ...lives], day)});
      // Today's forecast counts the days in the stage as well; by the stage alone the chances of the day stand in its own report.
      const told = await then.ask(`select opportunity_id, expected.amount, expected.category, chance.win_chance::double as chance, expected.chance_in_period::double as in_period, owner
        from int_expected as expected left join int_stage_chance_then as chance on expected.day = chance.day and expected.stage is not distinct from chance.stage
        where moment = 'as_of' and state = 'due'
        union all select opportunity_id, amount, 'due later', null, chance_in_period::double, owner from int_expected where moment = 'as_of' and state = 'later' and '${moment}' = 'start'
        union all select opportunity_id, amount, 'closed', 1, 1, owner from fct_opportunity where won_date >= '${dayOf(first)}' order by all`);
      const replayed = await later.ask(`select opportunity_id, amount, forecast_category as category, by_stage::double as chance, in_period::double as in_period, owner from fct_forecast_replayed where date = '${dayOf(first + length - 1)}' and moment = '${moment}' and what <> 'won' order by all`);
      expect(replayed).toEqual(told);
      open.splice(0).forEach(({native}) => native.close());
    }), {numRuns: 3}), 120_000);

  const deal = {opportunity_id: "a", stage: "Won", state: "won", amount: 100, created_at: "2024-06-10 09:00", closed_at: "2025-02-20 12:00", expected_close_date: "2025-02-20"};
  const entry = (stage: string, entered_at: string, more = {}) => ({history_id: entered_at, opportunity_id: "a", stage, state: stage === "Won" ? "won" : "open", entered_at, ...more});
  const moved = (changed_at: string, old_value: string, new_value: string, field = "expected_close_date") => ({history_id: field + changed_at, opportunity_id: "a", field, old_value, new_value, changed_at});
  const rows = async (tables: Parameters<typeof buildWorld>[0]["tables"]) => (await build({tables})).ask("select date::varchar as date, moment, what, by_stage::double as by_stage, commit, forecast_category from fct_forecast_replayed order by all");

  it("has nothing where no change of a close date is recorded: the dates of then are not known", async () => {
    expect(await rows({opportunity: [deal], opportunity_stage_history: [entry("Proposal", "2024-06-10 09:00"), entry("Won", "2025-02-20 12:00")]})).toEqual([]);
  });
  it("begins with the first day on which one is recorded, not with the month", async () => {
    const told = await rows({opportunity: [deal], opportunity_field_history: [moved("2025-02-10 09:00", "2025-01-31", "2025-02-20")]});
    expect(told).toEqual([
      {date: "2025-02-28", moment: "mid", what: "stated", by_stage: 0, commit: null, forecast_category: null},
      {date: "2025-02-28", moment: "mid", what: "won", by_stage: null, commit: null, forecast_category: null}
    ]);
  });
  it("knows nobody's category without a history of categories, and the stage of then only with one of stages", async () => {
    const other = {opportunity_id: "b", stage: "Proposal", state: "open", amount: 50, created_at: "2024-06-01 09:00", expected_close_date: "2025-02-15", forecast_category: "Commit"};
    const built = await build({tables: {opportunity: [deal, other], opportunity_field_history: [moved("2025-01-10 09:00", "2025-01-31", "2025-02-20")]}});
    expect(await built.ask("select distinct moment = 'as_of' as now, stage, category from int_expected order by all")).toEqual([
      {now: false, stage: null, category: null}, {now: true, stage: "Proposal", category: "commit"}
    ]);
  });
});
