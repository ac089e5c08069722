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
import type {Archive, Manifest, PublishedReport} from "../src/query/manifest.js";
import {packFunnels} from "../src/query/funnel/packFunnels.js";
import {askFunnels, eventsFollowed, funnelKey, manyEvents, type FunnelQuestion, type FunnelTold} from "../src/query/funnel/question.js";
import {packAnswers, questionKey, type PackedAnswers, type PackedChoices} from "../src/query/pack.js";
import type {Answer, Question} from "../src/query/question.js";
import {stateKey, type ReaderState} from "../src/query/state.js";
import {askStudies, packStudies, studyKey, studyTakesLong, type StudyAnswer, type StudyQuestion} from "../src/query/studies.js";
import type {Baked, BakedPage} from "./site/baked.js";
import {aimedMetrics} from "./aimed.js";
import {writeMartFiles} from "./build/martFiles.js";
import {assertDefined} from "./definitions/defined.js";
import {definitionsDocument} from "./definitions/document.js";
import {makingsOf} from "./definitions/makings.js";
import {walksFor} from "./funnelWalks.js";
import {mostMemory, openBuilt} from "./native.js";
import {pageGroups, standingOf, type PageGroup} from "./site/navigation.js";
import {readPages, type Page} from "./site/pages.js";

export interface BakeOptions {
  /** Framework's source root, with the pages. */
  readonly root: string;
  /** Folder of the finished data build: marts, hygiene lists, manifest. */
  readonly built: string;
  /** Folder that is written: baked.json, definitions.json, answers/, marts/, hygiene/. */
  readonly report: string;
  /** Frozen months that are served beside the report; absent in a report that is frozen itself. */
  readonly archive?: Archive;
  /** What each file of a page's answers may weigh, in bytes as written; the published default is not to be changed but by tests. */
  readonly limit?: number;
  /** Events from which on following each of them is left to the page's engine; the published default is not to be changed but by tests. */
  readonly many?: number;
}

/** A page whose answers were too heavy for its files, or whose choices take too long: those that the engine answers instead, and what the first file then weighs. */
export interface LeftOut {
  readonly page: string;
  readonly choices: number;
  readonly bytes: number;
  /** They were not heavy: of a large report every event had to be followed for them. */
  readonly why?: "events";
}

export interface BakeResult {
  readonly pages: number;
  readonly elements: number;
  readonly questions: number;
  /** Bytes of each page's answers by route; of single choices that have a file of their own under the route with their kind, “/funnel.region”. */
  readonly answerBytes: Readonly<Record<string, number>>;
  readonly leftOut: readonly LeftOut[];
}

/** What a file of a page's answers may weigh, in bytes as written; engine-facts and the pages' promise to phones. */
export const answerLimit = 300_000;

const defaultState: ReaderState = {filters: []};

/** Writes the baked report. Throws a PageError for wrong elements. The same build and pages give the same bytes. */
export async function bake({root, built, report, archive, limit = answerLimit, many = manyEvents}: BakeOptions): Promise<BakeResult> {
  const {manifest: described, run, exec, close} = await openBuilt(built, {sessions: availableParallelism(), memory: "2GB", most: mostMemory});
  try {
    const manifest: Manifest = {...described, ...(archive && {archive})};
    const catalogue = catalogueOf(manifest);
    const pages = (await readPages(root, vocabularyOf(manifest, catalogue))).filter(({frontMatter}) => frontMatter["needs"] !== "snapshots" || archive !== undefined);
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
      const asked = groups.map(({kind, states}): AskedGroup => ({kind, choices: states.map((state) => ({state, metrics: page.elements.flatMap(({definition, attributes}) => definition.questions(attributes, state, context))}))}));
      const funnelsIn = (state: ReaderState) => page.elements.flatMap(({definition, attributes}) => definition.funnels?.(attributes, state, context) ?? []);
      const funnels = funnelsIn(defaultState);
      const studiesIn = (state: ReaderState) => page.elements.flatMap(({definition, attributes}) => definition.studies?.(attributes, state, context) ?? []);
      const studies = studiesIn(defaultState);
      const offered = [...(funnels.length > 0 ? funnelChoices(context.manifest) : []), ...(studies.some(({study}) => study === "cohort") ? cohortChoices(context.manifest) : [])];
      const isSlow = (question: FunnelQuestion) => eventsFollowed(question, manifest) >= many;
      const packs = [...new Map(offered.map((pack) => [pack.kind, pack])).values()].map(({kind, states}) => {
        const choices = states.map((state): Choice => ({state, metrics: [], funnels: funnelsIn(state), studies: studiesIn(state).filter((question) => isStudyMadeReady(question, manifest))}));
        return {
          kind, slow: choices.filter((own) => own.funnels.some(isSlow)).length,
          choices: choices.map((own): Choice => ({...own, funnels: own.funnels.filter((question) => !isSlow(question))}))
        };
      });
      for (const question of asked.flatMap(metricsOf)) questions.set(questionKey(question), question);
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
      let beyond: readonly AskedGroup[] = [];
      const hasAnswers = funnels.length + studies.length > 0 || asked.some((group) => metricsOf(group).length > 0);
      if (hasAnswers) {
        const {text, left} = packWithin(limit, asked, answers, {...packedFunnels(funnels, told), ...packedStudies(studies, studied)});
        await write(join(report, "answers", `${page.path}.json`), text);
        answerBytes[page.path] = Buffer.byteLength(text);
        beyond = left;
      }
      const ownPacks = withMetrics(packs, beyond);
      for (const {kind, choices, slow} of ownPacks) {
        const {text, bytes, left} = packChoices(limit, choices, {answers, told, studied});
        await write(join(report, "answers", `${page.path}.${kind}.json`), text);
        answerBytes[`${page.path}.${kind}`] = bytes;
        if (left > 0) leftOut.push({page: `${page.path}.${kind}`, choices: left, bytes});
        if (slow > 0) leftOut.push({page: `${page.path}.${kind}`, choices: slow, bytes, why: "events"});
      }
      baked.push({path: page.path, name: pageName(page, format), group: standingOf(page.frontMatter).group, answers: hasAnswers, choices: ownPacks.map(({kind}) => kind), elements});
    }
    const words: Baked["words"] = {
      navigation: format.message("site.navigation"),
      groups: Object.fromEntries(pageGroups.map((group) => [group, format.message(`site.group.${group}`)])) as Record<PageGroup, string>,
      skip: format.message("site.skip"),
      asOf: format.message("site.as_of", {date: format.date(manifest.asOf)}),
      fictional: manifest.fictional ? format.message("note.fictional") : null,
      ...(archive && {missing: format.message("snapshots.missing", {asked: "{asked}", months: format.list(archive.months.map(({id}) => id))})})
    };
    await write(join(report, "baked.json"), JSON.stringify({title: manifest.title, lang: manifest.locale, pages: baked, ...(archive && archive.months.length > 0 && {months: archive.months.map(({id, pages}) => ({id, pages}))}), words} satisfies Baked));
    await write(join(report, "definitions.json"), `${JSON.stringify(definitionsDocument({manifest, catalogue, makings, format, period}), null, 1)}\n`);
    // Of the build's files the marts alone: rejects hold cells as exported, timings differ from build to build.
    const files = await writeMartFiles(built, join(report, "marts"));
    const {quality: _, archive: whole, ...rest} = manifest;
    const live = {...rest, ...(whole && whole.restated.length > 0 && {archive: restatedOnCards(whole, pages)})};
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
  readonly choices: readonly Pick<Choice, "state" | "metrics">[];
}

const metricsOf = ({choices}: AskedGroup): Question[] => choices.flatMap(({metrics}) => metrics);

const packedFunnels = (funnels: readonly FunnelQuestion[], told: ReadonlyMap<string, FunnelTold>): Pick<PackedAnswers, "funnels"> =>
  (funnels.length > 0 ? {funnels: packFunnels(distinct(funnels).map((question) => [question, told.get(funnelKey(question))!]))} : {});

const packedStudies = (studies: readonly StudyQuestion[], studied: ReadonlyMap<string, StudyAnswer>): Pick<PackedAnswers, "studies"> =>
  (studies.length > 0 ? {studies: packStudies(distinctStudies(studies).map((question) => [question, studied.get(studyKey(question))!]))} : {});

const packedMetrics = (questions: readonly Question[], answers: ReadonlyMap<string, Answer>): PackedAnswers =>
  packAnswers([...new Set(questions.map(questionKey))].map((key) => answers.get(key)!));

/**
 * Returns a page's answers as JSON, as many groups as the limit allows from the first one on, and the others: they get
 * files of their own, by the kind of choice. The default view always stays.
 */
function packWithin(limit: number, asked: readonly AskedGroup[], answers: ReadonlyMap<string, Answer>, extra: Pick<PackedAnswers, "funnels" | "studies">): {readonly text: string; readonly left: readonly AskedGroup[]} {
  for (let count = asked.length; ; count--) {
    const text = JSON.stringify({...packedMetrics(asked.slice(0, count).flatMap(metricsOf), answers), ...extra});
    if (count <= 1 || Buffer.byteLength(text) <= limit) return {text, left: asked.slice(count)};
  }
}

interface Pack {
  readonly kind: string;
  /** Choices that are left to the engine since every event would be followed for them. */
  readonly slow: number;
  readonly choices: readonly Choice[];
}

/** Adds what a page asks of metrics to the choices of its files; kinds that have no file yet get one. */
function withMetrics(packs: readonly Pack[], groups: readonly AskedGroup[]): Pack[] {
  const kinds = [...new Set([...packs.map(({kind}) => kind), ...groups.filter((group) => metricsOf(group).length > 0).map(({kind}) => kind)])];
  return kinds.map((kind): Pack => {
    const {choices = [], slow = 0} = packs.find((pack) => pack.kind === kind) ?? {};
    const own = groups.filter((group) => group.kind === kind).flatMap((group) => group.choices);
    const known = new Map(choices.map((choice) => [stateKey(choice.state), choice]));
    for (const {state, metrics} of own) known.set(stateKey(state), {...(known.get(stateKey(state)) ?? {state, funnels: [], studies: []}), metrics});
    return {kind, slow, choices: [...known.values()]};
  });
}

/** Lists look at each event of a large report; triangles do where they were not counted beforehand, but there are few of them. */
const isStudyMadeReady = (one: StudyQuestion, manifest: Manifest): boolean => !(one.study === "cohort" && one.question.members !== undefined && studyTakesLong(one, manifest));

/** What the elements of a page ask when a single thing is chosen. */
interface Choice {
  readonly state: ReaderState;
  /** None where the page's first file answers them. */
  readonly metrics: readonly Question[];
  readonly funnels: readonly FunnelQuestion[];
  readonly studies: readonly StudyQuestion[];
}

interface Answered {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly told: ReadonlyMap<string, FunnelTold>;
  readonly studied: ReadonlyMap<string, StudyAnswer>;
}

/** Returns the answers of as many choices as the limit allows, the first ones first, and how many were left out. */
function packChoices(limit: number, choices: readonly Choice[], {answers, told, studied}: Answered): {text: string; bytes: number; left: number} {
  for (let count = choices.length; ; count--) {
    const kept = choices.slice(0, count);
    const metrics = kept.flatMap((choice) => choice.metrics);
    const text = JSON.stringify({
      ...(metrics.length > 0 && {metrics: packedMetrics(metrics, answers)}),
      ...packedFunnels(kept.flatMap(({funnels}) => funnels), told), ...packedStudies(kept.flatMap(({studies}) => studies), studied)
    } satisfies PackedChoices);
    const bytes = Buffer.byteLength(text);
    if (bytes <= limit || count === 0) return {text, bytes, left: choices.length - count};
  }
}

/** Questions that have the same answer once. */
const distinct = (questions: readonly FunnelQuestion[]): FunnelQuestion[] => [...new Map(questions.map((question) => [funnelKey(question), question])).values()];

const distinctStudies = (questions: readonly StudyQuestion[]): StudyQuestion[] => [...new Map(questions.map((question) => [studyKey(question), question])).values()];

/** What of the archive a reader's choice of another period needs: the latest restatement of each number that a card may show. */
function restatedOnCards({restated}: Archive, pages: readonly Page[]): Archive {
  const shown = new Set(pages.flatMap(({elements}) => elements.flatMap(({definition, attributes}) => (definition.name === "kpi-card" ? [(attributes as {readonly metric: string}).metric] : []))));
  const latest = new Map<string, Archive["restated"][number]>();
  for (const one of restated) if (shown.has(one.metric) && !latest.has(`${one.metric} ${one.period}`)) latest.set(`${one.metric} ${one.period}`, one);
  return {months: [], restated: [...latest.values()]};
}

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
