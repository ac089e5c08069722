// A page come alive: one reader's state, from the address, shared by all elements. Elements keep their baked content
// until a choice changes what they would show.

import {loadMessages} from "../format/messages.js";
import {printCohortView} from "../query/cohort/view.js";
import {eventsFollowed, funnelKey, slowness, type FunnelQuestion} from "../query/funnel/question.js";
import {printFunnelView} from "../query/funnel/view.js";
import {parsePeriod} from "../query/calendar.js";
import {catalogueOf} from "../query/catalogue.js";
import type {Manifest} from "../query/manifest.js";
import {questionKey} from "../query/pack.js";
import type {Question} from "../query/question.js";
import {stateKey, togglePick, type ReaderState, type StateContext} from "../query/state.js";
import {studyKey, studyTakesLong, type StudyQuestion} from "../query/studies.js";
import {readUrl, writeUrl} from "../runtime/urlState.js";
import {createAnswers, type Answers, type Asked} from "./answers.js";
import {readAttributes, type AttributeSpecs, type AttributeValues} from "./attributes.js";
import {findElement, vocabularyOf} from "./catalogue.js";
import {enableBrush, showGroups} from "./brush.js";
import {choiceKind} from "./choices.js";
import {withOwnPeriod, type ElementDefinition, type ReportContext} from "./definition.js";
import {createSight, drawInTurn, type Drawing, type Sight} from "./drawOrder.js";
import {engineWords, failureWords, unreadWords} from "./failureWords.js";
import {variantNames} from "../query/variants.js";
import {hosts} from "./hosts.js";
import {keepState} from "./keepState.js";
import {readPageFiles} from "./pageFiles.js";
import {enablePicks, showPicks} from "./picks.js";
import {replaceBar, replaceContent} from "./replace.js";
import {reportFormatter} from "./report.js";
import {offerSaves} from "./saves.js";
import {createStatus, type Status} from "./status.js";

interface Placed {
  readonly host: HTMLElement;
  readonly definition: ElementDefinition;
  readonly attributes: AttributeValues<AttributeSpecs>;
  /** What the host shows: questions and comparison, as text. */
  shown: string;
  /** Pixels across the host, as last laid out; 0 while unknown. */
  room: number;
}

interface LivePage {
  readonly context: ReportContext;
  readonly answers: Answers;
  readonly status: Status;
  readonly placed: Placed[];
  readonly sight: Sight;
  readonly rest: readonly (readonly [string, string])[];
  state: ReaderState;
  /** What Escape goes back to, the latest last. */
  readonly earlier: ReaderState[];
  change: AbortController | undefined;
}

let page: Promise<LivePage> | undefined;

/** Makes the page live; further calls return the same. Rejects when the page's files do not load; a later call tries again. */
export function startPage(): Promise<LivePage> {
  page ??= open(document, window);
  page.catch(() => (page = undefined));
  return page;
}

/** Shows an element that a script added to the page. */
export async function showElement(host: HTMLElement): Promise<void> {
  const live = await startPage();
  const placed = place(host, live.context);
  placed.shown = "";
  live.placed.push(placed);
  live.sight.watch(host);
  await show(live, live.state);
  keepState(live.context.document, window.location);
}

async function open(document: Document, window: Window): Promise<LivePage> {
  const {report: {manifest: published}, marts, packed, fetchChoices} = await readPageFiles(document);
  const manifest = withOwnPeriod(published, document.querySelector("kpi-filters[period]")?.getAttribute("period"));
  const catalogue = catalogueOf(manifest);
  const format = reportFormatter(manifest, catalogue, await loadMessages(manifest.locale));
  const status = createStatus(document);
  const definitions = document.querySelector<HTMLAnchorElement>('.site-nav a[href*="definitions"]')?.getAttribute("href")?.replace(/[?#].*$/, "") ?? "";
  const answers = createAnswers({
    manifest, catalogue, files: marts, packed, fetchChoices,
    onEngine: (state) => state === "starting" && document.querySelector("main[aria-busy]") !== null && status.working(format.message("site.engine"))
  });
  const onChange = (state: ReaderState) => {
    live.earlier.push(live.state);
    void choose(live, state);
  };
  const context: ReportContext = {
    manifest, catalogue, format, document, definitionHref: (metric) => `${definitions}#${metric}`, onChange,
    onFunnelView: (funnel) => onChange({...live.state, funnel}),
    onVariants: (variants) => onChange({...live.state, variants}),
    onCohortView: (cohort) => onChange({...live.state, cohort}),
    askStudies: (questions) => answers.askStudies(questions, new AbortController().signal),
    askFunnels: (questions) => answers.askFunnels(questions, new AbortController().signal),
    onFailure: (error) => status.say([format.message("chart.save_failed", {why: engineWords(error, context)})])
  };
  const {state, unread, rest} = readUrl(window.location, stateContext(manifest));
  const placed = [...document.querySelectorAll<HTMLElement>(hosts)].map((host) => place(host, context));
  const sight = createSight();
  for (const {host} of placed) sight.watch(host);
  const live: LivePage = {context, answers, status, placed, sight, rest, state: {filters: []}, earlier: [], change: undefined};
  for (const {host, definition, attributes} of placed) if (definition.update) replaceBar(host, definition.render([], attributes, live.state, context));
  for (const {host, definition, attributes} of placed) definition.enliven?.(host, attributes, live.state, context);
  if (stateKey(state) !== stateKey(live.state)) await show(live, state);
  keepState(document, window.location);
  if (unread.length > 0) status.say(unread.map((value) => unreadWords(value, context)));
  document.addEventListener("toggle", ({target}) => void warmFor(target as Element, live), {capture: true});
  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, ({target}) => loadFor(target as Element, live));
  document.addEventListener("toggle", ({target}) => void unfold(target as HTMLElement, live), {capture: true});
  for (const details of document.querySelectorAll<HTMLElement>(".qd-making[open]")) void unfold(details, live);
  letChoose(live, window);
  warmWhenIdle(live, window);
  return live;
}

function place(host: HTMLElement, context: ReportContext): Placed {
  const definition = findElement(host.localName);
  const given = Object.fromEntries([...host.attributes].map(({name, value}) => [name, value]));
  const attributes = readAttributes(definition.attributes, given, vocabularyOf(context.manifest, context.catalogue));
  const state = {filters: []};
  const placed = {host, definition, attributes, shown: contentKey({definition, attributes}, definition.questions(attributes, state, context), funnelsOf({definition, attributes}, state, context), studiesOf({definition, attributes}, state, context), state, context), room: 0};
  // The inside of a card that is off the screen has no size yet; the card has.
  new ResizeObserver(([entry]) => (placed.room = entry?.contentRect.width ?? 0)).observe(host.closest(".card") ?? host);
  return placed;
}

const funnelsOf = ({definition, attributes}: Pick<Placed, "definition" | "attributes">, state: ReaderState, context: ReportContext): readonly FunnelQuestion[] => definition.funnels?.(attributes, state, context) ?? [];

const studiesOf = ({definition, attributes}: Pick<Placed, "definition" | "attributes">, state: ReaderState, context: ReportContext): readonly StudyQuestion[] => definition.studies?.(attributes, state, context) ?? [];

function contentKey({definition, attributes}: Pick<Placed, "definition" | "attributes">, questions: readonly Question[], funnels: readonly FunnelQuestion[], studies: readonly StudyQuestion[], state: ReaderState, context: ReportContext): string {
  const {compare, funnel = {}, cohort: {cell: _, ...cohort} = {}} = state;
  const view = funnels.length > 0 ? `${funnels.map(funnelKey).join(" ")} ${JSON.stringify(printFunnelView(funnel))}` : "";
  const laid = studies.length > 0 ? `${studies.map(studyKey).join(" ")} ${JSON.stringify(printCohortView(cohort))}` : "";
  const marked = JSON.stringify(definition.marked?.(attributes, state, context) ?? []);
  return `${compare ?? "previous"} ${questions.map(questionKey).join(" ")} ${view} ${laid} ${marked}`;
}

/** What a click on a mark or a row chooses, and Escape takes back. */
function letChoose(live: LivePage, {document}: Window): void {
  const {context, status} = live;
  const {manifest, format} = context;
  const known = stateContext(manifest);
  const {earlier} = live;
  if (document.querySelector("kpi-cohort")) enableBrush(document, {label: format.message("cohorts.brush"), view: () => live.state.cohort ?? {}, choose: (view) => context.onCohortView?.(view)});
  enablePicks(document, {
    format,
    state: () => live.state,
    choose(pick, add) {
      const next = togglePick(live.state, pick, known, {add});
      if (!next) return;
      earlier.push(live.state);
      void choose(live, next);
    },
    undo() {
      const last = earlier.pop();
      if (last) void choose(live, last);
    }
  });
  // After the table has been made, which the same event does.
  document.addEventListener("toggle", ({target}) => {
    if (target instanceof HTMLDetailsElement && target.open && target.matches(".qd-twin")) setTimeout(() => offerSaves(target, {format, failed: (words) => status.say([words])}));
  }, {capture: true});
}

/** The address follows what is shown, after it is painted: browsers take their time over it. */
async function choose(live: LivePage, state: ReaderState): Promise<void> {
  const follow = () => void setTimeout(() => {
    writeUrl(live.state, live.rest, window);
    keepState(live.context.document, window.location);
  });
  await show(live, state, follow);
  follow();
}

interface Due extends Asked {
  readonly one: Placed;
}

/**
 * Shows a state in every element: what stands in the window all at once, then the rest, and those last that look at the
 * single entries of a large funnel. What still shows the earlier state is marked as busy. When that fails, the earlier
 * state stands. `seen` is told when what stands in the window is drawn.
 */
async function show(live: LivePage, state: ReaderState, seen = () => {}): Promise<void> {
  const {context, answers, status, placed, sight} = live;
  live.change?.abort();
  const change = (live.change = new AbortController());
  const before = live.state;
  const due = dueOf(live, state);
  const main = context.document.querySelector("main");
  const settle = () => {
    live.state = state;
    showState(live);
  };
  try {
    const kind = choiceKind(state, context.manifest);
    if (kind !== undefined && !isReady(answers, due)) await answers.load(kind);
    if (change.signal.aborted) return;
    const asked = (of: readonly FunnelQuestion[]) => of.filter((question) => !answers.ready([], [question]));
    const awaited = (of: readonly StudyQuestion[]) => of.filter((question) => !answers.ready([], [], [question]));
    const later = due.filter((each) => asked(each.funnels).some((question) => slowness(question, context.manifest) !== undefined)
      || awaited(each.studies).some((question) => studyTakesLong(question, context.manifest)));
    const soon = due.filter((each) => !later.includes(each));
    const first = soon.filter(({one}) => sight.has(one.host));
    const then = soon.filter((each) => !first.includes(each));
    const waits = !isReady(answers, due);
    markBusy(placed, waits ? due : then);
    if (waits) {
      main?.setAttribute("aria-busy", "true");
      status.working(waitWords(asked(due.flatMap((each) => each.funnels)), awaited(due.flatMap((each) => each.studies)), context));
    }
    const turns = {view: window, sight, signal: change.signal};
    // What is at hand is drawn in its order; what is asked for, as it is answered.
    const drawings = (part: readonly Due[], long = false) => {
      const asked = isReady(answers, part) ? [] : answers.askEach(part, change.signal, {long});
      for (const answered of asked) answered.catch(() => {});
      return part.map((each, i): Drawing => ({host: each.one.host, draw: () => draw(live, each, state), ...(asked[i] && {ready: asked[i]})}));
    };
    await Promise.all(answers.askEach(first, change.signal));
    if (change.signal.aborted) return;
    // The engine goes on with the rest while what is seen is drawn; what both ask is asked once.
    const rest = drawings(then);
    for (const each of first) draw(live, each, state);
    settle();
    // From here on the page says the new state: on paper nothing stands beside it that is of the earlier one.
    for (const {one} of [...then, ...later]) one.host.setAttribute("data-stale", "");
    seen();
    await drawInTurn(rest, turns);
    if (change.signal.aborted) return;
    await drawInTurn(drawings(later, true), turns);
    if (change.signal.aborted) return;
    showState(live);
    status.clear();
  } catch (error) {
    if (change.signal.aborted) return;
    const back = dueOf(live, before);
    await Promise.all(answers.askEach(back, change.signal)).then(() => back.forEach((each) => draw(live, each, before))).catch(() => {});
    live.state = before;
    showState(live);
    status.say([failureWords(error, live.state, context)]);
  } finally {
    if (live.change === change) {
      main?.removeAttribute("aria-busy");
      markBusy(placed, []);
    }
  }
}

/** What of the state is said outside of answers: marks that are chosen, groups beside one another, the controls. */
function showState({context, placed, state}: LivePage): void {
  showPicks(context.document, state);
  showGroups(context.document, state.cohort ?? {});
  for (const {host, definition} of placed) if (host.firstElementChild) definition.update?.(host.firstElementChild, state, context);
}

/** Tells assistive tools and the stylesheets which elements do not show the page's state yet. */
function markBusy(placed: readonly Placed[], due: readonly Due[]): void {
  const busy = new Set(due.map(({one}) => one));
  for (const one of placed) {
    if (busy.has(one)) one.host.setAttribute("aria-busy", "true");
    else for (const name of ["aria-busy", "data-stale"]) one.host.removeAttribute(name);
  }
}

/** What is told of a wait: what is looked at one by one, where anything is. */
function waitWords(funnels: readonly FunnelQuestion[], studies: readonly StudyQuestion[], {manifest, format}: ReportContext): string {
  const why = new Set(funnels.map((question) => slowness(question, manifest)));
  if (why.has("events")) return format.message("site.following", {count: Math.max(...funnels.map((question) => eventsFollowed(question, manifest)))});
  return format.message(why.has("entries") || studies.some((question) => studyTakesLong(question, manifest)) ? "site.counting" : why.has("lookup") ? "site.looking_up" : "site.working");
}

/** Elements that would show something else. */
const dueOf = ({placed, context}: LivePage, state: ReaderState): Due[] => placed
  .map((one) => ({one, questions: one.definition.questions(one.attributes, state, context), funnels: funnelsOf(one, state, context), studies: studiesOf(one, state, context)}))
  .filter(({one, questions, funnels, studies}) => questions.length + funnels.length + studies.length > 0 && contentKey(one, questions, funnels, studies, state, context) !== one.shown);

const isReady = (answers: Answers, due: readonly Due[]): boolean => due.every(({questions, funnels, studies}) => answers.ready(questions, funnels, studies));

/** Draws one element from answers at hand. */
function draw({answers, context}: LivePage, {one, questions, funnels, studies}: Due, state: ReaderState): void {
  const {answered, told, studied} = answers.atHand(questions, funnels, studies);
  replaceContent(one.host, one.definition.render(answered, one.attributes, state, one.room > 0 ? {...context, room: one.room} : context, told, studied));
  one.shown = contentKey(one, questions, funnels, studies, state, context);
  for (const name of ["aria-busy", "data-stale"]) one.host.removeAttribute(name);
}

const stateContext = (manifest: Manifest): StateContext => ({dimensions: manifest.dimensions, isPeriod: (key) => isPeriod(key, manifest), funnels: manifest.funnels ?? [], cohorts: manifest.cohorts ?? [], variants: variantNames(catalogueOf(manifest))});

function isPeriod(key: string, manifest: Manifest): boolean {
  try {
    parsePeriod(key, manifest);
    return true;
  } catch {
    return false;
  }
}

/** Whoever comes near a control gets what was made ready of its choices. */
function loadFor(target: Element, {answers}: LivePage): void {
  const control = target.closest?.<HTMLElement>("details[data-dimension], .qd-controls label");
  const name = control?.dataset.dimension ?? control?.querySelector("select")?.name;
  if (name) for (const kind of name === "period" ? ["month", "quarter", "year"] : [name]) void answers.load(kind);
}

/** A menu whose choice no file can answer starts the engine while the reader is still reading it. */
async function warmFor(target: Element, {answers, state, context, placed}: LivePage): Promise<void> {
  const id = target instanceof HTMLDetailsElement && target.open ? target.dataset.dimension : undefined;
  const first = context.manifest.dimensions.find((dimension) => dimension.id === id)?.members[0];
  if (id === undefined || first === undefined) return;
  const chosen = {...state, filters: [...state.filters.filter(({dimension}) => dimension !== id), {dimension: id, values: [first]}]};
  const kind = choiceKind(chosen, context.manifest);
  if (kind !== undefined) await answers.load(kind);
  const questions = placed.flatMap(({definition, attributes}) => definition.questions(attributes, chosen, context));
  const funnels = placed.flatMap((one) => funnelsOf(one, chosen, context));
  const studies = placed.flatMap((one) => studiesOf(one, chosen, context));
  if (!answers.ready(questions, funnels, studies)) answers.warm();
}

/** What stands behind the numbers of an element, when a reader unfolds it. */
async function unfold(details: HTMLElement, {answers, context, placed, state}: LivePage): Promise<void> {
  if (!(details instanceof HTMLDetailsElement) || !details.open || !details.classList.contains("qd-making")) return;
  answers.warm();
  const {fillMaking} = await import("./fillMaking.js");
  const one = placed.find(({host}) => host.contains(details));
  const [question] = one?.definition.questions(one.attributes, state, context) ?? [];
  const [answer] = question ? await answers.ask([question], new AbortController().signal).catch(() => []) : [];
  fillMaking(details, {context, state, run: answers.run, answer, failure: (error) => engineWords(error, context)});
}

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
  readonly downlink?: number;
}

/** The engine is worth 8 MB of an idle desktop browser on a fast line, and of nobody else's. */
function warmWhenIdle({answers}: LivePage, window: Window): void {
  const {connection, deviceMemory = 0} = window.navigator as Navigator & {connection?: Connection; deviceMemory?: number};
  const desktop = window.matchMedia("(hover: hover) and (pointer: fine) and (min-width: 900px)").matches;
  if (!desktop || !connection || connection.saveData || connection.effectiveType !== "4g" || (connection.downlink ?? 0) < 5 || deviceMemory < 4) return;
  setTimeout(() => window.requestIdleCallback?.(() => answers.warm()), 4000);
}
