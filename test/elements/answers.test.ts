import {describe, expect, it} from "vitest";
import {createAnswers} from "../../src/elements/answers.js";
import {packAnswers} from "../../src/query/pack.js";
import type {Answer, Question} from "../../src/query/question.js";
import {answerOf} from "../components/world.js";

const of = (filters: Question["filters"]): Answer => {
  const answer = answerOf({metrics: ["new_leads"]});
  return {...answer, question: {metrics: ["new_leads"], period: "2026-10", ...(filters && {filters})}};
};
const [whole, red, west] = [of(undefined), of([{dimension: "team", values: ["Red"]}]), of([{dimension: "region", values: ["West"]}])];
const both = of([{dimension: "team", values: ["Red"]}, {dimension: "region", values: ["West"]}]);
const {signal} = new AbortController();

function page(fail = false) {
  let read = 0;
  const fetchMore = async () => {
    read++;
    if (fail) throw new Error("gone");
    return packAnswers([red]);
  };
  const answers = createAnswers({manifest: {} as never, catalogue: [], files: {}, packed: {...packAnswers([whole, west]), more: ["team"]}, fetchMore, onEngine: () => {}});
  return {answers, read: () => read};
}

describe("the second file of a page's answers", () => {
  it("is read once, when a choice is made that it holds", async () => {
    const {answers, read} = page();
    await answers.ask([whole.question, west.question], signal);
    expect([read(), answers.ready([red.question])]).toEqual([0, false]);
    expect((await answers.ask([red.question, whole.question], signal)).map(({question}) => question)).toEqual([red.question, whole.question]);
    expect([read(), answers.ready([red.question])]).toEqual([1, true]);
    await answers.ask([red.question], signal);
    expect(read()).toBe(1);
  });
  it("is read already when the menu of such choices is opened", async () => {
    const {answers, read} = page();
    answers.warm([red.question, whole.question]);
    await new Promise((resolve) => setTimeout(resolve));
    expect([read(), answers.ready([red.question])]).toEqual([1, true]);
  });
  it("is not read for what is no single choice of its kinds: that is the engine's", async () => {
    const {answers, read} = page();
    const other = of([{dimension: "region", values: ["East"]}]);
    await Promise.allSettled([both, other].map(({question}) => answers.ask([question], AbortSignal.abort())));
    expect(read()).toBe(0);
  });
  it("that does not load leaves its choices to the engine, and is asked for again", async () => {
    const {answers, read} = page(true);
    await answers.ask([red.question], AbortSignal.abort()).catch(() => {});
    await answers.ask([red.question], AbortSignal.abort()).catch(() => {});
    expect(read()).toBe(2);
  });
});
