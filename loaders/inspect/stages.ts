// What the values of a stage or status column mean: won and lost by their words, open by the order of usual pipelines.

import type {Native} from "../native.js";
import {convertedWords, negations, openOrder, stateWords} from "./lexicon/states.js";
import type {Inspected} from "./relations.js";
import type {Column} from "./profile.js";
import {fit, wordsOf} from "./words.js";

/** Stages by what they mean; `unsure` are closed by their dates, but won or lost by no word. */
export interface StageGuess {
  readonly open: readonly string[];
  readonly won: readonly string[];
  readonly lost: readonly string[];
  readonly unsure: readonly string[];
}

/** Won or lost by the words of a value; undefined where it says neither, or both. */
export function closedState(value: string): "won" | "lost" | undefined {
  const said = (phrases: readonly string[]): boolean => phrases.some((phrase) => fit(wordsOf(value), phrase) >= 0.35);
  const [won, lost] = [said(stateWords.won), said(stateWords.lost)];
  if (lost) return won && !negated(value) ? undefined : "lost";
  return won && !negated(value) ? "won" : undefined;
}

const negated = (value: string): boolean => wordsOf(value).some((word) => negations.includes(word)) || /[未没不]/u.test(value);

/** What a status of a lead means; undefined where it is open, or no word says. */
export function leadState(value: string): "won" | "lost" | undefined {
  const converted = convertedWords.some((phrase) => fit(wordsOf(value), phrase) >= 0.35);
  if (converted) return negated(value) ? "lost" : "won";
  return closedState(value);
}

/** Whether a column's values are states: some say won or lost. */
export const saysState = ({values}: Column): boolean => values.length > 0 && values.length <= 30 && values.some(({value}) => closedState(value));

const rank = (value: string): number => {
  const found = openOrder.map((phrases, at) => ({at, points: phrases.reduce((best, phrase) => Math.max(best, fit(wordsOf(value), phrase)), 0)})).filter(({points}) => points >= 0.5);
  return found.sort((a, b) => b.points - a.points || a.at - b.at)[0]?.at ?? openOrder.length;
};

/** "3 - Proposal": the number that exports put before a stage. */
const numbered = (value: string): number => Number(/^\D{0,2}(\d{1,2})\b/.exec(value)?.[1] ?? Number.NaN);

function inOrder(values: readonly string[]): string[] {
  const all = values.every((value) => Number.isFinite(numbered(value)));
  return values.map((value, at) => ({value, at, by: all ? numbered(value) : rank(value)})).sort((a, b) => a.by - b.by || a.at - b.at).map(({value}) => value);
}

/**
 * Guesses the stages of a column. `closed` is the column of close dates: where stages that no word calls open have one in
 * nearly every row and others have none, they are closed one way or the other, which is left to the user.
 */
export async function guessStages(native: Native, file: Inspected, stage: Column, closed: Column | undefined): Promise<StageGuess> {
  const values = stage.values.map(({value}) => value);
  const won = values.filter((value) => closedState(value) === "won");
  const lost = values.filter((value) => closedState(value) === "lost");
  const rest = values.filter((value) => closedState(value) === undefined);
  const dated = closed ? await datedShare(native, file, stage, closed) : new Map<string, number>();
  const tells = rest.some((value) => (dated.get(value) ?? 1) < 0.05);
  const unsure = rest.filter((value) => /closed|abgeschlossen|lezárt|cerrad|ferm[ée]|chius|结束|关闭|完了/iu.test(value) || (tells && rank(value) === openOrder.length && (dated.get(value) ?? 0) > 0.95));
  return {open: inOrder(rest.filter((value) => !unsure.includes(value))), won, lost, unsure};
}

async function datedShare(native: Native, {table}: Inspected, stage: Column, closed: Column): Promise<Map<string, number>> {
  const rows = await native.run({sql: `select c${stage.index} as x, count(c${closed.index}) / count(*) as share from ${table} where c${stage.index} is not null group by 1`, params: []});
  return new Map(rows.map(({x, share}) => [String(x), Number(share)]));
}
