// Where a page's answers come from: its own file for the choices made ready at build, the engine for everything else.

import type {Metric} from "../metrics/define.js";
import {askMany} from "../query/ask.js";
import {unpackFunnels} from "../query/funnel/packFunnels.js";
import {askFunnels, funnelKey, type FunnelQuestion, type FunnelTold} from "../query/funnel/question.js";
import type {Manifest, MartFile} from "../query/manifest.js";
import {questionKey, unpackAnswers, type PackedAnswers, type PackedChoices} from "../query/pack.js";
import type {Answer, Question, Run} from "../query/question.js";
import {askStudies, studyKey, unpackStudies, type StudyAnswer, type StudyQuestion} from "../query/studies.js";
import type {Client, EngineState} from "../runtime/client.js";

export interface Answers {
  /** Whether all questions are answered without the engine. */
  ready(questions: readonly Question[], funnels?: readonly FunnelQuestion[], studies?: readonly StudyQuestion[]): boolean;
  /** Returns answers that are ready, in order. */
  atHand(questions: readonly Question[], funnels: readonly FunnelQuestion[], studies: readonly StudyQuestion[]): AnswersAtHand;
  /** Returns the answers in order. Rejects with EngineError, or with the reason of `signal`. */
  ask(questions: readonly Question[], signal: AbortSignal): Promise<Answer[]>;
  /** Returns what is told of the funnels, in order. Rejects as `ask` does. */
  askFunnels(funnels: readonly FunnelQuestion[], signal: AbortSignal): Promise<FunnelTold[]>;
  /** Returns what the studies tell, in order. Rejects as `ask` does. */
  askStudies(studies: readonly StudyQuestion[], signal: AbortSignal): Promise<StudyAnswer[]>;
  /** Reads what was made ready of a kind of single choices, once; nothing where there is no file of them, or it cannot be had: the engine answers then. */
  load(kind: string): Promise<void>;
  /** Runs a statement in the engine, and starts it where it does not run. */
  readonly run: Run;
  /** Starts the engine; does nothing when it runs. Never throws: the next question says what is wrong. */
  warm(): void;
}

export interface AnswersAtHand {
  readonly answered: Answer[];
  readonly told: FunnelTold[];
  readonly studied: StudyAnswer[];
}

export interface AnswersOptions {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  /** Addresses of the files of every mart and cube. */
  readonly files: Readonly<Record<string, MartFile>>;
  readonly packed: PackedAnswers | undefined;
  /** Reads the answers of a kind of single choices, where the page has a file of them. */
  readonly fetchChoices?: (kind: string) => Promise<PackedChoices> | undefined;
  readonly onEngine: (state: EngineState) => void;
}

const loadClient = () => import("../runtime/client.js");

/** Keeps every answer for the rest of the visit to the page: coming back to a choice asks nothing. */
export function createAnswers({manifest, catalogue, files, packed, fetchChoices = () => undefined, onEngine}: AnswersOptions): Answers {
  const lookUps = packed ? [unpackAnswers(packed)] : [];
  const lookUp = (question: Question) => lookUps.reduce<Answer | undefined>((found, one) => found ?? one(question), undefined);
  const lookUpFunnels = packed?.funnels ? [unpackFunnels(packed.funnels)] : [];
  const loaded = new Map<string, Promise<void>>();
  const known = new Map<string, Answer>();
  const told = new Map<string, FunnelTold>();
  const studied = unpackStudies(packed?.studies ?? {});
  // A small file, and nothing of the engine: a touch that needs it shall not wait for it.
  let module: ReturnType<typeof loadClient> | undefined = loadClient();
  module.catch(() => (module = undefined));
  let client: Promise<Client> | undefined;

  function engine(): Promise<Client> {
    client ??= (module ?? loadClient()).then(({createClient}) => createClient({files, onState: onEngine}));
    client.catch(() => (client = undefined));
    return client;
  }

  function find(question: Question): Answer | undefined {
    const key = questionKey(question);
    const answer = known.get(key) ?? lookUp(question);
    if (answer) known.set(key, answer);
    return answer;
  }

  function findFunnel(question: FunnelQuestion): FunnelTold | undefined {
    const key = funnelKey(question);
    const answer = told.get(key) ?? lookUpFunnels.reduce<FunnelTold | undefined>((found, lookUp) => found ?? lookUp(question), undefined);
    if (answer) told.set(key, answer);
    return answer;
  }

  function addChoices({metrics, funnels, studies = {}}: PackedChoices): void {
    if (metrics) lookUps.push(unpackAnswers(metrics));
    if (funnels) lookUpFunnels.push(unpackFunnels(funnels));
    for (const [key, answer] of unpackStudies(studies)) if (!studied.has(key)) studied.set(key, answer);
  }

  return {
    ready: (questions, funnels = [], studies = []) => studies.every((question) => studied.has(studyKey(question))) && questions.every((question) => find(question) !== undefined) && funnels.every((question) => findFunnel(question) !== undefined),
    atHand: (questions, funnels, studies) => ({answered: questions.map((question) => find(question)!), told: funnels.map((question) => findFunnel(question)!), studied: studies.map((question) => studied.get(studyKey(question))!)}),
    async ask(questions, signal) {
      const open = new Map(questions.filter((question) => !find(question)).map((question) => [questionKey(question), question]));
      if (open.size > 0) {
        const {run} = await engine();
        signal.throwIfAborted();
        const answers = await askMany([...open.values()], {manifest, catalogue, run: (statement) => run(statement, {signal})});
        answers.forEach((answer, i) => known.set([...open.keys()][i]!, answer));
      }
      return questions.map((question) => find(question)!);
    },
    async askFunnels(funnels, signal) {
      const open = new Map(funnels.filter((question) => !findFunnel(question)).map((question) => [funnelKey(question), question]));
      if (open.size > 0) {
        const {run} = await engine();
        signal.throwIfAborted();
        const answers = await askFunnels([...open.values()], {manifest, run: (statement) => run(statement, {signal})});
        answers.forEach((answer, i) => told.set([...open.keys()][i]!, answer));
      }
      return funnels.map((question) => findFunnel(question)!);
    },
    async askStudies(studies, signal) {
      const open = new Map(studies.map((question) => [studyKey(question), question] as const).filter(([key]) => !studied.has(key)));
      if (open.size > 0) {
        const {run} = await engine();
        signal.throwIfAborted();
        const answers = await askStudies([...open.values()], {manifest, run: (statement) => run(statement, {signal})});
        answers.forEach((answer, i) => studied.set([...open.keys()][i]!, answer));
      }
      return studies.map((question) => studied.get(studyKey(question))!);
    },
    load(kind) {
      const loading = loaded.get(kind) ?? fetchChoices(kind)?.then(addChoices).catch(() => void loaded.delete(kind)) ?? Promise.resolve();
      loaded.set(kind, loading);
      return loading;
    },
    run: async (statement) => (await engine()).run(statement),
    warm: () => void engine().then((it) => it.warm()).catch(() => {})
  };
}
