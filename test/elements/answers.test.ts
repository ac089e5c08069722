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
  const fetchChoices = (kind: string) => {
    if (kind !== "team") return undefined;
    read++;
    return fail ? Promise.reject(new Error("gone")) : Promise.resolve({metrics: packAnswers([red])});
  };
  const answers = createAnswers({manifest: {} as never, catalogue: [], files: {}, packed: packAnswers([whole, west]), fetchChoices, onEngine: () => {}});
  return {answers, read: () => read};
}

describe("the files of a page's single choices", () => {
  it("are read once, each for choices of its kind", async () => {
    const {answers, read} = page();
    expect(answers.ready([whole.question, west.question])).toBe(true);
    await answers.load("region");
    expect([read(), answers.ready([red.question])]).toEqual([0, false]);
    await answers.load("team");
    expect((await answers.ask([red.question, whole.question], signal)).map(({question}) => question)).toEqual([red.question, whole.question]);
    await answers.load("team");
    expect([read(), answers.ready([both.question])]).toEqual([1, false]);
  });
  it("that do not load leave their choices to the engine, and are asked for again", async () => {
    const {answers, read} = page(true);
    await answers.load("team");
    expect(answers.ready([red.question])).toBe(false);
    await answers.load("team");
    expect(read()).toBe(2);
  });
});
