// A page come alive: one reader's state, from the address, shared by all elements. Elements keep their baked content
// until a choice changes what they would show.

import {filterWords} from "../components/filterBar.js";
import {loadMessages} from "../format/messages.js";
import {funnelKey, type FunnelQuestion} from "../query/funnel/question.js";
import {printFunnelView} from "../query/funnel/view.js";
import {parsePeriod} from "../query/calendar.js";
import {catalogueOf} from "../query/catalogue.js";
import type {Manifest, MartFile, PublishedReport} from "../query/manifest.js";
import {questionKey, type PackedAnswers} from "../query/pack.js";
import type {Question} from "../query/question.js";
import {stateKey, togglePick, type ReaderState, type StateContext, type UnreadValue} from "../query/state.js";
import {readUrl, writeUrl} from "../runtime/urlState.js";
import {createAnswers, type Answers} from "./answers.js";
import {readAttributes, type AttributeSpecs, type AttributeValues} from "./attributes.js";
import {findElement, vocabularyOf} from "./catalogue.js";
import {periodOf, withOwnPeriod, type ElementDefinition, type ReportContext} from "./definition.js";
import {hosts} from "./hosts.js";
import {keepState} from "./keepState.js";
import {enablePicks, showPicks} from "./picks.js";
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
  await show(live, live.state);
  keepState(live.context.document, window.location);
}

async function open(document: Document, window: Window): Promise<LivePage> {
  const address = (name: string) => document.querySelector<HTMLLinkElement>(`link[${name}]`)?.href;
  const [{manifest: published, files}, packed] = await Promise.all([
    fetchJson<PublishedReport>(address("data-report")),
    address("data-answers") === undefined ? undefined : fetchJson<PackedAnswers>(address("data-answers"))
  ]);
  const manifest = withOwnPeriod(published, document.querySelector("kpi-filters[period]")?.getAttribute("period"));
  const catalogue = catalogueOf(manifest);
  const format = reportFormatter(manifest, catalogue, await loadMessages(manifest.locale));
  const status = createStatus(document);
  const definitions = document.querySelector<HTMLAnchorElement>('.site-nav a[href*="definitions"]')?.getAttribute("href")?.replace(/[?#].*$/, "") ?? "";
  const answers = createAnswers({manifest, catalogue, files: martAddresses(files, address("data-report")!), packed, onEngine: (state) => state === "starting" && document.querySelector("main[aria-busy]") !== null && status.working(format.message("site.engine"))});
  const onChange = (state: ReaderState) => {
    live.earlier.push(live.state);
    void choose(live, state);
  };
  const context: ReportContext = {
    manifest, catalogue, format, document, definitionHref: (metric) => `${definitions}#${metric}`, onChange,
    onFunnelView: (funnel) => onChange({...live.state, funnel}),
    askFunnels: (questions) => answers.askFunnels(questions, new AbortController().signal)
  };
  const {state, unread, rest} = readUrl(window.location, stateContext(manifest));
  const placed = [...document.querySelectorAll<HTMLElement>(hosts)].map((host) => place(host, context));
  const live: LivePage = {context, answers, status, placed, rest, state: {filters: []}, earlier: [], change: undefined};
  for (const {host, definition, attributes} of placed) if (definition.update) replaceBar(host, definition.render([], attributes, live.state, context));
  if (stateKey(state) !== stateKey(live.state)) await show(live, state);
  keepState(document, window.location);
  if (unread.length > 0) status.say(unread.map((value) => unreadWords(value, context)));
  document.addEventListener("toggle", ({target}) => warmFor(target as Element, live), {capture: true});
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
  const placed = {host, definition, attributes, shown: contentKey({definition, attributes}, definition.questions(attributes, state, context), funnelsOf({definition, attributes}, state, context), state, context), room: 0};
  new ResizeObserver(([entry]) => (placed.room = entry?.contentRect.width ?? 0)).observe(host);
  return placed;
}

const funnelsOf = ({definition, attributes}: Pick<Placed, "definition" | "attributes">, state: ReaderState, context: ReportContext): readonly FunnelQuestion[] => definition.funnels?.(attributes, state, context) ?? [];

function contentKey({definition, attributes}: Pick<Placed, "definition" | "attributes">, questions: readonly Question[], funnels: readonly FunnelQuestion[], state: ReaderState, context: ReportContext): string {
  const {compare, funnel = {}} = state;
  const view = funnels.length > 0 ? `${funnels.map(funnelKey).join(" ")} ${JSON.stringify(printFunnelView(funnel))}` : "";
  const marked = JSON.stringify(definition.marked?.(attributes, state, context) ?? []);
  return `${compare ?? "previous"} ${questions.map(questionKey).join(" ")} ${view} ${marked}`;
}

/** What a click on a mark or a row chooses, and Escape takes back. */
function letChoose(live: LivePage, {document}: Window): void {
  const {context, status} = live;
  const {manifest, format} = context;
  const known = stateContext(manifest);
  const {earlier} = live;
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
  await show(live, state);
  setTimeout(() => {
    writeUrl(live.state, live.rest, window);
    keepState(live.context.document, window.location);
  });
}

/** Shows a state in every element, all at once. When that fails, the earlier state stands. */
async function show(live: LivePage, state: ReaderState): Promise<void> {
  const {context, answers, status, placed} = live;
  live.change?.abort();
  const change = (live.change = new AbortController());
  const due = placed
    .map((one) => ({one, questions: one.definition.questions(one.attributes, state, context), funnels: funnelsOf(one, state, context)}))
    .filter(({one, questions, funnels}) => questions.length + funnels.length > 0 && contentKey(one, questions, funnels, state, context) !== one.shown);
  const questions = due.flatMap((each) => each.questions);
  const funnels = due.flatMap((each) => each.funnels);
  const main = context.document.querySelector("main");
  try {
    if (!answers.ready(questions, funnels)) {
      main?.setAttribute("aria-busy", "true");
      status.working(context.format.message("site.working"));
    }
    const [answered, told] = await Promise.all([answers.ask(questions, change.signal), answers.askFunnels(funnels, change.signal)]);
    if (change.signal.aborted) return;
    let next = 0;
    let nextTold = 0;
    for (const {one, questions, funnels} of due) {
      const own = answered.slice(next, (next += questions.length));
      const ownTold = told.slice(nextTold, (nextTold += funnels.length));
      replaceContent(one.host, one.definition.render(own, one.attributes, state, one.room > 0 ? {...context, room: one.room} : context, ownTold));
      one.shown = contentKey(one, questions, funnels, state, context);
    }
    live.state = state;
    showPicks(context.document, state);
    status.clear();
  } catch (error) {
    if (change.signal.aborted) return;
    status.say([failureWords(error, live)]);
  } finally {
    if (live.change === change) {
      main?.removeAttribute("aria-busy");
      for (const {host, definition} of placed) if (host.firstElementChild) definition.update?.(host.firstElementChild, live.state, context);
    }
  }
}

/** What a reader has unfolded stays so. */
function replaceContent(host: HTMLElement, content: Node): void {
  const unfolded = [...host.querySelectorAll("details[open]")].map(({className}) => className);
  host.replaceChildren(content);
  if (unfolded.length > 0) for (const details of host.querySelectorAll("details")) details.open ||= unfolded.includes(details.className);
}

/** Puts the live bar in the place of the baked one, with the menu that a reader has already opened. */
function replaceBar(host: HTMLElement, bar: Node): void {
  const {document} = globalThis;
  const opened = host.querySelector("details[open]")?.getAttribute("data-dimension");
  const focused = host.contains(document.activeElement) ? document.activeElement?.closest("details")?.getAttribute("data-dimension") : undefined;
  host.replaceChildren(bar);
  const menu = (id: string) => [...host.querySelectorAll<HTMLDetailsElement>("details[data-dimension]")].find((details) => details.dataset.dimension === id);
  if (opened != null) menu(opened)?.setAttribute("open", "");
  if (focused != null) menu(focused)?.querySelector("summary")?.focus();
}

const stateContext = (manifest: Manifest): StateContext => ({dimensions: manifest.dimensions, isPeriod: (key) => isPeriod(key, manifest), funnels: manifest.funnels ?? []});

function isPeriod(key: string, manifest: Manifest): boolean {
  try {
    parsePeriod(key, manifest);
    return true;
  } catch {
    return false;
  }
}

function unreadWords({key, value, nearest}: UnreadValue, {format}: ReportContext): string {
  const what = key.startsWith("funnel-") ? format.message("funnels.choices") : key === "period" ? format.message("filter.period") : key === "compare" ? format.message("filter.compare") : format.dimension(key);
  return nearest === undefined ? format.message("site.unread", {what, value}) : format.message("site.unread_nearest", {what, value, nearest});
}

function failureWords(error: unknown, {context, state}: LivePage): string {
  const {format} = context;
  return format.message("site.failed", {shown: filterWords(state, periodOf(state, context), {format}), why: engineWords(error, context)});
}

function engineWords(error: unknown, {format}: ReportContext): string {
  const code = `engine.${(error as {code?: string}).code ?? "worker"}`;
  return format.message(format.has(code) ? code : "engine.worker");
}

/** A menu whose choice the page's file cannot answer starts the engine while the reader is still reading it. */
function warmFor(target: Element, {answers, state, context, placed}: LivePage): void {
  const id = target instanceof HTMLDetailsElement && target.open ? target.dataset.dimension : undefined;
  const first = context.manifest.dimensions.find((dimension) => dimension.id === id)?.members[0];
  if (id === undefined || first === undefined) return;
  const chosen = {...state, filters: [...state.filters.filter(({dimension}) => dimension !== id), {dimension: id, values: [first]}]};
  const questions = placed.flatMap(({definition, attributes}) => definition.questions(attributes, chosen, context));
  if (!answers.ready(questions, placed.flatMap((one) => funnelsOf(one, chosen, context)))) answers.warm();
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

/** Marts stand in a folder beside that of the answers, wherever the site is. */
function martAddresses(files: PublishedReport["files"], report: string): Record<string, MartFile> {
  const absolute = (name: string) => new URL(`../marts/${name}`, report).href;
  return Object.fromEntries(Object.entries(files).map(([mart, {parquet, database}]) => [mart, parquet === undefined ? {database: absolute(database)} : {parquet: absolute(parquet), ...(database !== undefined && {database: absolute(database)})}]));
}

async function fetchJson<T>(address: string | undefined): Promise<T> {
  if (address === undefined) throw new Error("the page names no data file");
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return (await response.json()) as T;
}
