// Studies: questions that are no metric's, each kind with an answer of its own shape. An element says which it asks; the
// build bakes the answers, a page's file holds them, and the engine gives those that it does not.

import {churnByKey, type ChurnByQuestion, type ChurnByTold} from "./churnBy/question.js";
import {leavingKey, type LeavingQuestion, type LeavingTold} from "./leaving/question.js";
import {lapsedKey, type LapsedQuestion, type LapsedTold} from "./lapsed/question.js";
import {packCohorts, unpackCohorts, type PackedCohorts} from "./cohort/packCohorts.js";
import {cohortQuestionKey, cohortTakesLong, type CohortQuestion, type CohortTold} from "./cohort/question.js";
import {concentrationKey, type ConcentrationQuestion, type ConcentrationTold} from "./concentration/question.js";
import {healthKey, type HealthQuestion, type HealthTold} from "./health/question.js";
import type {Manifest} from "./manifest.js";
import {movementsKey, type MovementsQuestion, type MovementsTold} from "./movements/question.js";
import {once} from "./once.js";
import {productKey, type PackedProducts, type ProductQuestion, type ProductTold} from "./products/question.js";
import type {Run} from "./question.js";
import {survivalKey, type SurvivalQuestion, type SurvivalTold} from "./survival/question.js";
import {rfmKey, type RfmQuestion, type RfmTold} from "./rfm/question.js";
import {valueKey, type PackedValues, type ValueQuestion, type ValueTold} from "./value/question.js";

export interface StudyOptions {
  readonly manifest: Manifest;
  readonly run: Run;
}

/** A kind of study. What asks is loaded when it is needed: most visits to a page ask nothing. */
interface Study<Question, Told, Packed> {
  /** Returns a text that is equal for questions with the same answer. */
  readonly key: (question: Question) => string;
  /** Returns the answers, in order. Throws a QuestionError for what the report does not have. */
  readonly ask: (questions: readonly Question[], options: StudyOptions) => Promise<Told[]>;
  /** Whether the answer may take seconds, since single records of a large report are looked at. */
  readonly takesLong?: (question: Question, manifest: Manifest) => boolean;
  /** The answers as a page's file holds them, and as they were, by the keys of their questions. */
  readonly pack: (told: readonly (readonly [Question, Told])[]) => Packed;
  readonly unpack: (packed: Packed) => ReadonlyMap<string, Told>;
}

interface Kinds {
  readonly cohort: Study<CohortQuestion, CohortTold, PackedCohorts>;
  readonly products: Study<ProductQuestion, ProductTold, PackedProducts>;
  readonly value: Study<ValueQuestion, ValueTold, PackedValues>;
  readonly concentration: Study<ConcentrationQuestion, ConcentrationTold, readonly (readonly [string, ConcentrationTold])[]>;
  readonly rfm: Study<RfmQuestion, RfmTold, readonly (readonly [string, RfmTold])[]>;
  readonly churnBy: Study<ChurnByQuestion, ChurnByTold, readonly (readonly [string, ChurnByTold])[]>;
  readonly leaving: Study<LeavingQuestion, LeavingTold, readonly (readonly [string, LeavingTold])[]>;
  readonly lapsed: Study<LapsedQuestion, LapsedTold, readonly (readonly [string, LapsedTold])[]>;
  readonly movements: Study<MovementsQuestion, MovementsTold, readonly (readonly [string, MovementsTold])[]>;
  readonly health: Study<HealthQuestion, HealthTold, readonly (readonly [string, HealthTold])[]>;
  readonly survival: Study<SurvivalQuestion, SurvivalTold, readonly (readonly [string, SurvivalTold])[]>;
}

const studies: Kinds = {
  cohort: {
    key: cohortQuestionKey, takesLong: cohortTakesLong, pack: packCohorts, unpack: unpackCohorts,
    ask: async (questions, options) => (await import("./cohort/askCohorts.js")).askCohorts(questions, options)
  },
  products: {
    key: productKey, pack: (told) => told.map(([question, answer]) => [productKey(question), answer]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./products/askProducts.js")).askProducts(questions, options)
  },
  value: {
    key: valueKey, pack: (told) => told.map(([question, answer]) => [valueKey(question), answer]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./value/askValues.js")).askValues(questions, options)
  },
  concentration: {
    key: concentrationKey, pack: (told) => told.map(([question, one]) => [concentrationKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./concentration/askConcentration.js")).askConcentrations(questions, options)
  },
  rfm: {
    key: rfmKey, pack: (told) => told.map(([question, one]) => [rfmKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./rfm/askRfm.js")).askRfm(questions, options)
  },
  churnBy: {
    key: churnByKey, pack: (told) => told.map(([question, one]) => [churnByKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./churnBy/askChurnBy.js")).askChurnBy(questions, options)
  },
  leaving: {
    key: leavingKey, pack: (told) => told.map(([question, one]) => [leavingKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./leaving/askLeaving.js")).askLeaving(questions, options)
  },
  lapsed: {
    key: lapsedKey, pack: (told) => told.map(([question, one]) => [lapsedKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./lapsed/askLapsed.js")).askLapsed(questions, options)
  },
  movements: {
    key: movementsKey, pack: (told) => told.map(([question, one]) => [movementsKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./movements/askMovements.js")).askMovements(questions, options)
  },
  health: {
    key: healthKey, pack: (told) => told.map(([question, one]) => [healthKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./health/askHealth.js")).askHealth(questions, options)
  },
  survival: {
    key: survivalKey, pack: (told) => told.map(([question, one]) => [survivalKey(question), one]), unpack: (packed) => new Map(packed),
    ask: async (questions, options) => (await import("./survival/askSurvival.js")).askSurvivals(questions, options)
  }
};

export type StudyId = keyof Kinds;
type QuestionOf<K extends StudyId> = Parameters<Kinds[K]["key"]>[0];
type ToldOf<K extends StudyId> = Awaited<ReturnType<Kinds[K]["ask"]>>[number];

export type StudyQuestion = {readonly [K in StudyId]: {readonly study: K; readonly question: QuestionOf<K>}}[StudyId];
export type StudyAnswer = {readonly [K in StudyId]: {readonly study: K; readonly told: ToldOf<K>}}[StudyId];

/** Answers of a page to its studies, by kind. */
export type PackedStudies = {readonly [K in StudyId]?: ReturnType<Kinds[K]["pack"]>};

// Each kind's functions take its own questions and answers: the tag beside them says which.
const kindOf = (study: StudyId) => studies[study] as unknown as Study<unknown, unknown, unknown>;

/** Returns a text that is equal for questions with the same answer. */
export const studyKey = ({study, question}: StudyQuestion): string => keyIn(study, kindOf(study).key(question));

const keyIn = (study: StudyId, key: string): string => `${study} ${key}`;

/** Returns whether the answer may take seconds: single records of a large report are looked at. */
export const studyTakesLong = ({study, question}: StudyQuestion, manifest: Manifest): boolean => kindOf(study).takesLong?.(question, manifest) ?? false;

/** Returns the answers, in order; what is asked alike is asked once. Throws a QuestionError for what the report does not have. */
export async function askStudies(questions: readonly StudyQuestion[], options: StudyOptions): Promise<StudyAnswer[]> {
  const askKind = once<ReadonlyMap<string, unknown>>();
  return Promise.all(questions.map(async ({study, question}) => {
    const {key, ask} = kindOf(study);
    const told = await askKind(study, async () => {
      const own = new Map(questions.filter((one) => one.study === study).map((one) => [key(one.question), one.question]));
      const answers = await ask([...own.values()], options);
      return new Map([...own.keys()].map((each, i) => [each, answers[i]]));
    });
    return {study, told: told.get(key(question))} as StudyAnswer;
  }));
}

/** Returns what is told by one kind of study, in order. */
export const toldOf = <K extends StudyId>(study: K, answers: readonly StudyAnswer[] = []): ToldOf<K>[] => answers.filter((one) => one.study === study).map(({told}) => told as ToldOf<K>);

/** Returns the answers as a page's file holds them. */
export function packStudies(told: readonly (readonly [StudyQuestion, StudyAnswer])[]): PackedStudies {
  const kinds = [...new Set(told.map(([{study}]) => study))];
  return Object.fromEntries(kinds.map((study) => [study, kindOf(study).pack(told.filter(([one]) => one.study === study).map(([{question}, answer]) => [question, answer.told]))]));
}

/** Returns the answers of a page's file by `studyKey`. */
export function unpackStudies(packed: PackedStudies): Map<string, StudyAnswer> {
  return new Map((Object.entries(packed) as [StudyId, unknown][]).flatMap(([study, own]) => [...kindOf(study).unpack(own)].map(([key, told]) => [keyIn(study, key), {study, told} as StudyAnswer] as const)));
}
