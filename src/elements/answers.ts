// Where a page's answers come from: its own file for the choices made ready at build, the engine for everything else.

import type {Metric} from "../metrics/define.js";
import {askEach} from "../query/ask.js";
import {unpackFunnels} from "../query/funnel/packFunnels.js";
import {askEachFunnel, funnelKey, type FunnelQuestion, type FunnelTold} from "../query/funnel/question.js";
import type {Manifest, MartFile} from "../query/manifest.js";
import {questionKey, unpackAnswers, type PackedAnswers, type PackedChoices} from "../query/pack.js";
import type {Answer, Question, Run} from "../query/question.js";
import {askStudies, studyKey, unpackStudies, type StudyAnswer, type StudyQuestion} from "../query/studies.js";
import type {Client, EngineState} from "../runtime/client.js";

/** What an element asks. */
export interface Asked {
  readonly questions: readonly Question[];
  readonly funnels: readonly FunnelQuestion[];
  readonly studies: readonly StudyQuestion[];
}

export interface Answers {
  /** Whether all questions are answered without the engine. */
  ready(questions: readonly Question[], funnels?: readonly FunnelQuestion[], studies?: readonly StudyQuestion[]): boolean;
  /**
   * Asks what several elements ask together; returns of each when its answers are at hand. They reject as `ask` does. What
   * may take `long` leaves the engine when the signal fires.
   */
  askEach(asked: readonly Asked[], signal: AbortSignal, options?: {readonly long?: boolean}): Promise<unknown>[];
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

/** Answers to questions of one kind. */
interface Kept<Q, A> {
  find(question: Q): A | undefined;
  /** Asks for those that are not known yet, each once. */
  askEach(questions: readonly Q[], signal: AbortSignal, long?: boolean): Promise<A>[];
}

interface KeptOptions<Q, A> {
  readonly key: (question: Q) => string;
  /** Finds what was made ready. */
  readonly lookUp: (question: Q) => A | undefined;
  readonly ask: (questions: readonly Q[], run: Run) => Promise<A>[];
  readonly engine: () => Promise<Client>;
}

function createKept<Q, A>({key, lookUp, ask, engine}: KeptOptions<Q, A>): Kept<Q, A> {
  const known = new Map<string, A>();

  function find(question: Q): A | undefined {
    const own = key(question);
    const answer = known.get(own) ?? lookUp(question);
    if (answer) known.set(own, answer);
    return answer;
  }

  return {
    find,
    askEach(questions, signal, long = false) {
      const open = new Map(questions.filter((question) => !find(question)).map((question) => [key(question), question]));
      const asked = open.size === 0 ? undefined : engine().then(({run}) => {
        signal.throwIfAborted();
        return ask([...open.values()], (statement) => run(statement, {signal, long}));
      });
      const answers = new Map([...open.keys()].map((own, i) => [own, asked!.then(async (each) => {
        const answer = await each[i]!;
        known.set(own, answer);
        return answer;
      })]));
      return questions.map((question) => answers.get(key(question)) ?? Promise.resolve(find(question)!));
    }
  };
}

/** Keeps every answer for the rest of the visit to the page: coming back to a choice asks nothing. */
export function createAnswers({manifest, catalogue, files, packed, fetchChoices = () => undefined, onEngine}: AnswersOptions): Answers {
  const lookUps = packed ? [unpackAnswers(packed)] : [];
  const lookUpFunnels = packed?.funnels ? [unpackFunnels(packed.funnels)] : [];
  const unpacked = unpackStudies(packed?.studies ?? {});
  const loaded = new Map<string, Promise<void>>();
  // A small file, and nothing of the engine: a touch that needs it shall not wait for it.
  let module: ReturnType<typeof loadClient> | undefined = loadClient();
  module.catch(() => (module = undefined));
  let client: Promise<Client> | undefined;

  function engine(): Promise<Client> {
    client ??= (module ?? loadClient()).then(({createClient}) => createClient({files, onState: onEngine}));
    client.catch(() => (client = undefined));
    return client;
  }

  const metrics = createKept<Question, Answer>({
    key: questionKey, engine,
    lookUp: (question) => lookUps.reduce<Answer | undefined>((found, one) => found ?? one(question), undefined),
    ask: (questions, run) => askEach(questions, {manifest, catalogue, run})
  });
  const funnels = createKept<FunnelQuestion, FunnelTold>({
    key: funnelKey, engine,
    lookUp: (question) => lookUpFunnels.reduce<FunnelTold | undefined>((found, one) => found ?? one(question), undefined),
    ask: (questions, run) => askEachFunnel(questions, {manifest, run})
  });
  const studies = createKept<StudyQuestion, StudyAnswer>({
    key: studyKey, engine,
    lookUp: (question) => unpacked.get(studyKey(question)),
    ask(questions, run) {
      const answers = askStudies(questions, {manifest, run});
      return questions.map(async (_, i) => (await answers)[i]!);
    }
  });

  function addChoices(choices: PackedChoices): void {
    if (choices.metrics) lookUps.push(unpackAnswers(choices.metrics));
    if (choices.funnels) lookUpFunnels.push(unpackFunnels(choices.funnels));
    for (const [key, answer] of unpackStudies(choices.studies ?? {})) if (!unpacked.has(key)) unpacked.set(key, answer);
  }

  return {
    ready: (asked, askedFunnels = [], askedStudies = []) => askedStudies.every(studies.find) && asked.every(metrics.find) && askedFunnels.every(funnels.find),
    atHand: (asked, askedFunnels, askedStudies) => ({answered: asked.map((question) => metrics.find(question)!), told: askedFunnels.map((question) => funnels.find(question)!), studied: askedStudies.map((question) => studies.find(question)!)}),
    askEach(asked, signal, {long = false} = {}) {
      const answered = metrics.askEach(asked.flatMap(({questions}) => questions), signal, long);
      const told = funnels.askEach(asked.flatMap((one) => one.funnels), signal, long);
      const studied = studies.askEach(asked.flatMap((one) => one.studies), signal, long);
      return asked.map((one) => Promise.all([...answered.splice(0, one.questions.length), ...told.splice(0, one.funnels.length), ...studied.splice(0, one.studies.length)]));
    },
    ask: async (questions, signal) => Promise.all(metrics.askEach(questions, signal)),
    askFunnels: async (questions, signal) => Promise.all(funnels.askEach(questions, signal)),
    askStudies: async (questions, signal) => Promise.all(studies.askEach(questions, signal)),
    load(kind) {
      const loading = loaded.get(kind) ?? fetchChoices(kind)?.then(addChoices).catch(() => void loaded.delete(kind)) ?? Promise.resolve();
      loaded.set(kind, loading);
      return loading;
    },
    run: async (statement) => (await engine()).run(statement),
    warm: () => void engine().then((it) => it.warm()).catch(() => {})
  };
}
