import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {packAnswers, questionKey, unpackAnswers} from "../../src/query/pack.js";
import type {Answer, AnswerRow, Cell, Period, Question, Role} from "../../src/query/question.js";
import {wilson} from "../../src/query/wilson.js";

const month = (number: number): Period => {
  const text = (n: number) => `2026-${String(n).padStart(2, "0")}`;
  return {key: text(number), grain: "month", start: `${text(number)}-01`, end: `${text(number + 1)}-01`, part: number === 9, ...(number === 9 && {workdays: [3, 20] as const}), census: `${text(number)}-28`};
};

const value = fc.oneof(fc.constant(null), fc.double({noNaN: true, noDefaultInfinity: true}).filter((x) => !Object.is(x, -0)), fc.integer());
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.record({value, n: fc.nat()}),
  fc.record({value, n: fc.nat(), coverage: fc.oneof(fc.constant(null), fc.double({min: 0, max: 1, noNaN: true})), target: value, undated: fc.nat()}),
  fc.tuple(fc.nat(50), fc.nat(50)).map(([part, more]): Cell => {
    const whole = part + more;
    return whole === 0
      ? {value: null, n: 0, numerator: 0, denominator: 0, reason: "zero_denominator"}
      : {value: part / whole, n: whole, numerator: part, denominator: whole, interval: wilson(part, whole)};
  }),
  fc.constant<Cell>({value: null, n: 0, reason: "no_rows"})
);

interface Drawn {
  readonly periods: readonly number[];
  readonly members: readonly (string | null)[];
  readonly cells: readonly Cell[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  periods: fc.uniqueArray(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 4}),
  members: fc.uniqueArray(fc.constantFrom("West", "North", null), {maxLength: 3}),
  cells: fc.array(cell, {minLength: 40, maxLength: 40})
});

function answerOf({periods, members, cells}: Drawn, i: number): Answer {
  const question: Question = {metrics: ["win_rate", "revenue_won"], period: month(periods[0]!).key, by: ["region"], filters: [{dimension: "team", values: [String(i)]}], compare: ["previous"]};
  let next = 0;
  const rows = question.metrics.flatMap((metric) =>
    periods.flatMap((period, k) =>
      [undefined, ...members].map((member): AnswerRow => ({
        metric, role: (["current", "previous", "trend", "trend"] as Role[])[k]!, period: month(period),
        members: member === undefined ? [] : [member], total: member === undefined, ...cells[next++ % cells.length]!
      }))
    )
  );
  return {asOf: "2026-09-15", question, period: month(periods[0]!), rows, notApplied: [{metric: "win_rate", dimension: "team"}], missing: []};
}

describe("packAnswers", () => {
  it("gives back equal answers, to the last bit, after a trip through JSON", () => {
    fc.assert(fc.property(fc.array(drawn, {maxLength: 5}), (all) => {
      const answers = all.map(answerOf);
      const find = unpackAnswers(JSON.parse(JSON.stringify(packAnswers(answers))));
      for (const answer of answers) expect(find(answer.question)).toEqual(answer);
    }));
  });

  it("answers a question asked in another order of filters, and none that was not packed", () => {
    const answer = answerOf({periods: [1], members: [], cells: [{value: 1, n: 1}]}, 7);
    const find = unpackAnswers(packAnswers([answer]));
    const asked: Question = {...answer.question, filters: [{dimension: "team", values: ["7", "7"]}]};
    expect(find(asked)?.rows).toEqual(answer.rows);
    expect(find({...answer.question, period: "2026-02"})).toBeUndefined();
    expect(find({...answer.question, filters: []})).toBeUndefined();
  });

  it("stores what answers share once", () => {
    const cells = Array.from({length: 40}, (_, i): Cell => ({value: i * 1.5, n: i}));
    const one = answerOf({periods: [1, 2, 3, 4], members: ["West"], cells}, 1);
    const twin = {...one, question: {...one.question, compare: ["last_year" as const]}};
    const size = (answers: Answer[]) => JSON.stringify(packAnswers(answers)).length;
    expect(size([one, twin])).toBeLessThan(size([one]) * 1.2);
  });

  it("packs nothing into an empty file", () => {
    expect(unpackAnswers(packAnswers([]))({metrics: ["win_rate"], period: "2026-01"})).toBeUndefined();
  });
});

describe("questionKey", () => {
  it("does not tell absent parts from empty ones", () => {
    expect(questionKey({metrics: ["a"], period: "all"})).toBe(questionKey({metrics: ["a"], period: "all", by: [], filters: [], compare: []}));
  });
});
