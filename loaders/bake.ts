// Every page's default view as HTML, and the answers to its single choices as JSON: made once, before Framework runs,
// by the metric layer and the components that the browser uses.

import {existsSync} from "node:fs";
import {cp, mkdir, writeFile} from "node:fs/promises";
import {availableParallelism} from "node:os";
import {dirname, join} from "node:path";
import {JSDOM} from "jsdom";
import {periodOf, withOwnPeriod, type ReportContext} from "../src/elements/definition.js";
import {vocabularyOf} from "../src/elements/catalogue.js";
import {cohortChoices, funnelChoices, readyGroups, type ReadyKind} from "../src/elements/choices.js";
import {reportFormatter} from "../src/elements/report.js";
import {loadMessages} from "../src/format/messages.js";
import {askMany} from "../src/query/ask.js";
import {catalogueOf} from "../src/query/catalogue.js";
import type {Manifest, PublishedReport} from "../src/query/manifest.js";
import {packFunnels} from "../src/query/funnel/packFunnels.js";
import {askFunnels, eventsFollowed, funnelKey, manyEvents, type FunnelQuestion, type FunnelTold} from "../src/query/funnel/question.js";
import {packAnswers, questionKey, type PackedAnswers, type PackedChoices} from "../src/query/pack.js";
import type {Answer, Question} from "../src/query/question.js";
import type {ReaderState} from "../src/query/state.js";
import {askStudies, packStudies, studyKey, studyTakesLong, type StudyAnswer, type StudyQuestion} from "../src/query/studies.js";
import type {Baked, BakedPage} from "./site/baked.js";
import {aimedMetrics} from "./aimed.js";
import {writeMartFiles} from "./build/martFiles.js";
import {assertDefined} from "./definitions/defined.js";
import {definitionsDocument} from "./definitions/document.js";
import {makingsOf} from "./definitions/makings.js";
import {walksFor} from "./funnelWalks.js";
import {mostMemory, openBuilt} from "./native.js";
import {readPages, type Page} from "./site/pages.js";

export interface BakeOptions {
  /** Framework's source root, with the pages. */
  readonly root: string;
  /** Folder of the finished data build: marts, hygiene lists, manifest. */
  readonly built: string;
  /** Folder that is written: baked.json, definitions.json, answers/, marts/, hygiene/. */
  readonly report: string;
  /** What each file of a page's answers may weigh, in bytes as written; the published default is not to be changed but by tests. */
  readonly limit?: number;
  /** Events from which on following each of them is left to the page's engine; the published default is not to be changed but by tests. */
  readonly many?: number;
}

/** A page whose answers were too heavy for its files, or whose choices take too long: those that the engine answers instead, and what the first file then weighs. */
export interface LeftOut {
  readonly page: string;
  readonly choices: Readonly<Record<string, number>>;
  readonly bytes: number;
  /** They were not heavy: of a large report every event had to be followed for them. */
  readonly why?: "events";
}

export interface BakeResult {
  readonly pages: number;
  readonly elements: number;
  readonly questions: number;
  /** Bytes of each page's answers by route; of a second file under the route with “.more”. */
  readonly answerBytes: Readonly<Record<string, number>>;
  readonly leftOut: readonly LeftOut[];
}

/** What a file of a page's answers may weigh, in bytes as written; engine-facts and the pages' promise to phones. */
export const answerLimit = 300_000;

const defaultState: ReaderState = {filters: []};

/** Writes the baked report. Throws a PageError for wrong elements. The same build and pages give the same bytes. */
export async function bake({root, built, report, limit = answerLimit, many = manyEvents}: BakeOptions): Promise<BakeResult> {
  const {manifest, run, exec, close} = await openBuilt(built, {sessions: availableParallelism(), memory: "2GB", most: mostMemory});
  try {
    const catalogue = catalogueOf(manifest);
    const pages = await readPages(root, vocabularyOf(manifest, catalogue));
    const messages = await loadMessages(manifest.locale);
    const format = reportFormatter(manifest, catalogue, messages);
    const {document} = new JSDOM("").window;
    const period = periodOf(defaultState, {manifest}).key;
    const makings = await makingsOf(catalogue, period, manifest, await aimedMetrics({manifest, run, catalogue}));
    assertDefined(pages, {manifest, catalogue, format});
    const contextOf = (page: Page): ReportContext => ({
      manifest: ownManifest(page, manifest),
      catalogue,
      format,
      document,
      definitionHref: (metric) => (page.path === "/definitions" ? `#${metric}` : `/definitions#${metric}`),
      making: ({id}) => makings.get(id)
    });

    const questions = new Map<string, Question>();
    const groups = readyGroups(manifest);
    const perPage = pages.map((page) => {
      const context = contextOf(page);
      const asked = groups.map(({kind, states}) => ({kind, choices: states.length, questions: states.flatMap((state) => page.elements.flatMap(({definition, attributes}) => definition.questions(attributes, state, context)))}));
      const funnelsIn = (state: ReaderState) => page.elements.flatMap(({definition, attributes}) => definition.funnels?.(attributes, state, context) ?? []);
      const funnels = funnelsIn(defaultState);
      const studiesIn = (state: ReaderState) => page.elements.flatMap(({definition, attributes}) => definition.studies?.(attributes, state, context) ?? []);
      const studies = studiesIn(defaultState);
      const offered = [...(funnels.length > 0 ? funnelChoices(context.manifest) : []), ...(studies.some(({study}) => study === "cohort") ? cohortChoices(context.manifest) : [])];
      const isSlow = (question: FunnelQuestion) => eventsFollowed(question, manifest) >= many;
      const packs = [...new Map(offered.map((pack) => [pack.kind, pack])).values()].map(({kind, states}) => {
        const choices = states.map((state) => ({funnels: funnelsIn(state), studies: studiesIn(state).filter((question) => isStudyMadeReady(question, manifest))}));
        return {
          kind, slow: choices.filter((own) => own.funnels.some(isSlow)).length,
          choices: choices.map((own): Choice => ({...own, funnels: own.funnels.filter((question) => !isSlow(question))}))
        };
      });
      for (const {questions: own} of asked) for (const question of own) questions.set(questionKey(question), question);
      return {page, context, asked, funnels, studies, packs};
    });
    const answered = await askMany([...questions.values()], {manifest, run, catalogue});
    const answers = new Map<string, Answer>([...questions.keys()].map((key, i) => [key, answered[i]!]));

    const funnels = distinct(perPage.flatMap((one) => [...one.funnels, ...one.packs.flatMap(({choices}) => choices.flatMap((choice) => choice.funnels))]));
    const toldFunnels = await askFunnels(funnels, {manifest: {...manifest, walks: await walksFor(funnels, {exec, run}, manifest)}, run});
    const told = new Map<string, FunnelTold>(funnels.map((question, i) => [funnelKey(question), toldFunnels[i]!]));

    const studies = distinctStudies(perPage.flatMap((one) => [...one.studies, ...one.packs.flatMap(({choices}) => choices.flatMap((choice) => choice.studies))]));
    const answeredStudies = await askStudies(studies, {manifest, run});
    const studied = new Map<string, StudyAnswer>(studies.map((question, i) => [studyKey(question), answeredStudies[i]!]));

    const baked: BakedPage[] = [];
    const answerBytes: Record<string, number> = {};
    const leftOut: LeftOut[] = [];
    for (const {page, context, asked, funnels, studies, packs} of perPage) {
      const elements = page.elements.map(({definition, attributes, tag, place}) => {
        try {
          const own = definition.questions(attributes, defaultState, context).map((question) => answers.get(questionKey(question))!);
          const ownFunnels = (definition.funnels?.(attributes, defaultState, context) ?? []).map((question) => told.get(funnelKey(question))!);
          const ownStudies = (definition.studies?.(attributes, defaultState, context) ?? []).map((question) => studied.get(studyKey(question))!);
          return {tag, html: serialise(definition.render(own, attributes, defaultState, context, ownFunnels, ownStudies), document)};
        } catch (error) {
          throw new Error(`${place}: ${tag}: ${(error as Error).message}`, {cause: error});
        }
      });
      let hasMore = false;
      const hasAnswers = funnels.length + studies.length > 0 || asked.some(({questions}) => questions.length > 0);
      if (hasAnswers) {
        const {text, more, left} = packWithin(limit, asked, answers, {...packedFunnels(funnels, told), ...packedStudies(studies, studied)});
        for (const [path, content] of [[page.path, text], [`${page.path}.more`, more]] as const) {
          if (content === undefined) continue;
          await write(join(report, "answers", `${path}.json`), content);
          answerBytes[path] = Buffer.byteLength(content);
        }
        if (left !== undefined) leftOut.push({page: page.path, choices: left, bytes: answerBytes[page.path]!});
        hasMore = more !== undefined;
      }
      for (const {kind, choices, slow} of packs) {
        const {text, bytes, left} = packChoices(limit, choices, told, studied);
        await write(join(report, "answers", `${page.path}.${kind}.json`), text);
        if (left > 0) leftOut.push({page: `${page.path}.${kind}`, choices: {choice: left}, bytes});
        if (slow > 0) leftOut.push({page: `${page.path}.${kind}`, choices: {choice: slow}, bytes, why: "events"});
      }
      baked.push({path: page.path, name: pageName(page, format), answers: hasAnswers, more: hasMore, choices: packs.map(({kind}) => kind), elements});
    }
    const words: Baked["words"] = {
      navigation: format.message("site.navigation"),
      skip: format.message("site.skip"),
      asOf: format.message("site.as_of", {date: format.date(manifest.asOf)}),
      fictional: manifest.fictional ? format.message("note.fictional") : null
    };
    await write(join(report, "baked.json"), JSON.stringify({title: manifest.title, lang: manifest.locale, pages: baked, words} satisfies Baked));
    await write(join(report, "definitions.json"), `${JSON.stringify(definitionsDocument({manifest, catalogue, makings, format, period}), null, 1)}\n`);
    // Of the build's files the marts alone: rejects hold cells as exported, timings differ from build to build.
    const files = await writeMartFiles(built, join(report, "marts"));
    const {quality: _, ...live} = manifest;
    await write(join(report, "answers/report.json"), JSON.stringify({manifest: {...live, files: []} satisfies Manifest, files} satisfies PublishedReport));
    if (existsSync(join(built, "hygiene"))) await cp(join(built, "hygiene"), join(report, "hygiene"), {recursive: true});
    return {pages: pages.length, elements: pages.reduce((sum, {elements}) => sum + elements.length, 0), questions: questions.size, answerBytes, leftOut};
  } finally {
    close();
  }
}

/** A page may say which period it shows where the reader chose none. */
function ownManifest({elements}: Page, manifest: Manifest): Manifest {
  const period = elements.find(({definition}) => definition.name === "kpi-filters")?.attributes["period"];
  return withOwnPeriod(manifest, typeof period === "string" ? period : undefined);
}

interface AskedGroup {
  readonly kind: ReadyKind;
  readonly choices: number;
  readonly questions: readonly Question[];
}

const packedFunnels = (funnels: readonly FunnelQuestion[], told: ReadonlyMap<string, FunnelTold>): Pick<PackedAnswers, "funnels"> =>
  (funnels.length > 0 ? {funnels: packFunnels(distinct(funnels).map((question) => [question, told.get(funnelKey(question))!]))} : {});

const packedStudies = (studies: readonly StudyQuestion[], studied: ReadonlyMap<string, StudyAnswer>): Pick<PackedAnswers, "studies"> =>
  (studies.length > 0 ? {studies: packStudies(distinctStudies(studies).map((question) => [question, studied.get(studyKey(question))!]))} : {});

interface PackedPage {
  readonly text: string;
  /** A second file, that a page reads when a choice is made whose answer it holds. */
  readonly more: string | undefined;
  readonly left: LeftOut["choices"] | undefined;
}

/**
 * Returns a page's answers as JSON. Beyond the limit groups go to a second file from the end: teams, regions, quarters and
 * months from the oldest; what is too heavy for that as well is left out and counted. The default view always stays.
 */
function packWithin(limit: number, asked: readonly AskedGroup[], answers: ReadonlyMap<string, Answer>, extra: Pick<PackedAnswers, "funnels" | "studies">): PackedPage {
  const pack = (groups: readonly AskedGroup[], beside: object) => {
    const keys = new Set(groups.flatMap(({questions}) => questions.map(questionKey)));
    return JSON.stringify({...packAnswers([...keys].map((key) => answers.get(key)!)), ...beside});
  };
  const kinds = (groups: readonly AskedGroup[]) => (groups.length > 0 ? {more: [...new Set(groups.map(({kind}) => kind))]} : {});
  const fits = (text: string) => Buffer.byteLength(text) <= limit;
  let count = asked.length;
  while (count > 1 && !fits(pack(asked.slice(0, count), {...extra, ...kinds(asked.slice(count))}))) count--;
  let last = asked.length;
  while (last > count && !fits(pack(asked.slice(count, last), {}))) last--;
  const second = asked.slice(count, last);
  const left: Partial<Record<ReadyKind, number>> = {};
  for (const {kind, choices} of asked.slice(last).reverse()) left[kind] = (left[kind] ?? 0) + choices;
  return {
    text: pack(asked.slice(0, count), {...extra, ...kinds(second)}),
    more: second.length > 0 ? pack(second, {}) : undefined,
    left: last < asked.length ? left : undefined
  };
}

/** Lists look at each event of a large report; triangles do where they were not counted beforehand, but there are few of them. */
const isStudyMadeReady = (one: StudyQuestion, manifest: Manifest): boolean => !(one.study === "cohort" && one.question.members !== undefined && studyTakesLong(one, manifest));

/** What the elements of a page ask when a single thing is chosen. */
interface Choice {
  readonly funnels: readonly FunnelQuestion[];
  readonly studies: readonly StudyQuestion[];
}

/** Returns the answers of as many choices as the limit allows, the first ones first, and how many were left out. */
function packChoices(limit: number, choices: readonly Choice[], told: ReadonlyMap<string, FunnelTold>, studied: ReadonlyMap<string, StudyAnswer>): {text: string; bytes: number; left: number} {
  for (let count = choices.length; ; count--) {
    const kept = choices.slice(0, count);
    const text = JSON.stringify({...packedFunnels(kept.flatMap(({funnels}) => funnels), told), ...packedStudies(kept.flatMap(({studies}) => studies), studied)} satisfies PackedChoices);
    const bytes = Buffer.byteLength(text);
    if (bytes <= limit || count === 0) return {text, bytes, left: choices.length - count};
  }
}

/** Questions that have the same answer once. */
const distinct = (questions: readonly FunnelQuestion[]): FunnelQuestion[] => [...new Map(questions.map((question) => [funnelKey(question), question])).values()];

const distinctStudies = (questions: readonly StudyQuestion[]): StudyQuestion[] => [...new Map(questions.map((question) => [studyKey(question), question])).values()];

/** Text enters as text nodes, so what comes out is escaped. */
function serialise(node: Node, document: Document): string {
  const holder = document.createElement("div");
  holder.append(node);
  return holder.innerHTML;
}

/** The page's short name in the report's language; its front matter's title where the locale files have none. */
function pageName({path, frontMatter}: Page, format: ReturnType<typeof reportFormatter>): string {
  const key = `page.${path.slice(1).replaceAll("/", ".")}`;
  return format.has(key) ? format.message(key) : String(frontMatter.title ?? path.slice(1));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  await writeFile(path, text);
}
