// A frozen month told in a mail: the elements of the pages are asked and shown, and their words are taken, so that no word or
// number can differ from the report's.

import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import type {ElementDefinition, ReportContext} from "../../src/elements/definition.js";
import {kpiAttentionElement} from "../../src/elements/kpiAttention.js";
import {kpiCardElement} from "../../src/elements/kpiCard.js";
import {kpiHeadlineElement} from "../../src/elements/kpiHeadline.js";
import {reportFormatter} from "../../src/elements/report.js";
import {loadMessages} from "../../src/format/messages.js";
import {goals} from "../../src/metrics/goals.js";
import {askMany} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {catalogueOf, findMetric, missingData} from "../../src/query/catalogue.js";
import {totalRow} from "../../src/components/rows.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Answer, Run} from "../../src/query/question.js";
import type {ReaderState} from "../../src/query/state.js";
import {chosenId} from "../../src/query/variants.js";
import {ruledMetric} from "../alerts/evaluate.js";
import {alertSubject, alertTask} from "../alerts/tasks.js";
import type {AlertRule} from "../alerts/rules.js";
import {mostMemory, openBuilt} from "../native.js";
import type {Settings} from "../settings.js";
import {readAlerts, readLedger} from "../snapshot/published.js";
import {readObject, takeFile} from "../snapshot/objects.js";
import type {Snapshot} from "../snapshot/store.js";
import type {Digest, DigestAttention, DigestKpi} from "./digest.js";

/** What a report tells where neither its settings nor its focus say; those without data are passed over. */
export const usualKpis = ["revenue_won", "win_rate", "open_pipeline", "new_leads", "average_deal_size", "mrr", "logo_churn", "csat"] as const;

/** The sentences at the top. */
const sentencesOf = 3;

/** Returns the manifest that a frozen month was built with. */
export async function manifestOf(store: string, {files}: Pick<Snapshot, "files">): Promise<Manifest> {
  return JSON.parse((await readObject(store, files["build/manifest.json"]!)).toString("utf8")) as Manifest;
}

/** Returns the KPIs that are told, by id of the chosen variant, those alone that have data. Throws a QuestionError for one that there is not. */
export function digestKpis({digest: {kpis}}: Pick<Settings, "digest">, manifest: Manifest): string[] {
  const catalogue = catalogueOf(manifest);
  const focus = goals.find(({id}) => id === manifest.rules?.focus)?.kpis;
  const ids = (kpis ?? focus ?? usualKpis).map((id) => ruledMetric({metric: id.includes(":") ? id : chosenId(id, manifest, catalogue)}, {manifest, catalogue}).id);
  return ids.filter((id) => missingData(findMetric(id, catalogue), manifest) === null);
}

/** Returns the digest of a frozen month. Throws what readAlerts, readLedger and askMany throw. */
export async function makeDigest(snapshot: Snapshot, settings: Pick<Settings, "digest" | "alerts" | "snapshots">): Promise<Digest> {
  const {store} = settings.snapshots;
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-digest-"));
  try {
    for (const [name, file] of Object.entries(snapshot.files)) if (name.startsWith("build/")) await takeFile(store, file, join(folder, name.slice("build/".length)));
    const {manifest, run, close} = await openBuilt(folder, {memory: "1300MB", most: mostMemory});
    try {
      return await tell(snapshot, settings, {manifest, run});
    } finally {
      close();
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function tell(snapshot: Snapshot, settings: Pick<Settings, "digest" | "alerts" | "snapshots">, {manifest, run}: {readonly manifest: Manifest; readonly run: Run}): Promise<Digest> {
  const {id, month, title, language, asOf, frozenOn, publisher, replaces} = snapshot;
  const catalogue = catalogueOf(manifest);
  const format = reportFormatter(manifest, catalogue, await loadMessages(manifest.locale));
  const context: ReportContext = {manifest, catalogue, format, document: new JSDOM("").window.document, definitionHref: (metric) => `#${metric}`};
  const state: ReaderState = {filters: [], period: month};
  const metrics = digestKpis(settings, manifest);
  const [top, attention, ...cards] = metrics.length === 0 ? [] : await shown([
    [kpiHeadlineElement, {metrics: metrics.slice(0, sentencesOf)}],
    [kpiAttentionElement, {metrics: metrics.filter((metric) => findMetric(metric, catalogue).direction !== "context")}],
    ...metrics.map((metric) => [kpiCardElement, {metric}] as const)
  ], state, {run, ...context});
  const ledger = await readLedger(settings.snapshots.store, id);
  const restated = ledger.lines.map(({metric, period, old, new: now}) => {
    const {unit} = findMetric(metric, catalogue);
    const [then, present] = [old, now].map((value) => format.value(value, unit, {precise: true}));
    return {metric, period, old, new: now, text: format.message("digest.restated", {metric: format.metric(metric), period: format.period(parsePeriod(period, manifest)), old: then!, new: present!})};
  });
  return {
    schema: "quarterdeck/digest/1", snapshot: id, month, title, language, asOf, frozenOn, publisher,
    replaces: replaces && {id: replaces.id, reason: replaces.reason},
    url: settings.digest.url === null ? null : `${settings.digest.url}/snapshots/${id}/`,
    headline: textIn(top?.content, "h1") || title,
    sentences: textIn(top?.content, ".qd-headline"),
    kpis: cards.map(({content, answer}, i) => cardIn(content, answer!, findMetric(metrics[i]!, catalogue).unit)),
    attention: [...(attention?.content.querySelectorAll("li[data-metric]") ?? [])].map(attentionIn),
    attentionNote: textIn(attention?.content, ".qd-caveats"),
    restated: restated.filter(({metric}) => metrics.includes(metric)),
    restatedCount: restated.length,
    alerts: await alertsIn(snapshot, settings, {manifest, catalogue, format})
  };
}

interface Shown {
  readonly content: Element;
  readonly answer: Answer | undefined;
}

/** Asks and shows elements as a page would that has the state. */
async function shown(elements: readonly (readonly [ElementDefinition, object])[], state: ReaderState, {run, ...context}: ReportContext & {readonly run: Run}): Promise<Shown[]> {
  const asked = elements.map(([definition, attributes]) => definition.questions(attributes as never, state, context));
  const answers = await askMany(asked.flat(), {manifest: context.manifest, catalogue: context.catalogue, run});
  let next = 0;
  return elements.map(([definition, attributes], i): Shown => {
    const own = asked[i]!.map(() => answers[next++]!);
    const content = context.document.createElement("div");
    content.append(definition.render(own, attributes as never, state, context));
    return {content, answer: own[0]};
  });
}

function cardIn(content: Element, answer: Answer, unit: string): DigestKpi {
  const card = content.querySelector("[data-metric]")!;
  const metric = card.getAttribute("data-metric")!;
  const told = textIn(card, ".qd-value");
  return {
    metric, unit, label: textIn(card, ".qd-name"),
    value: totalRow(answer, metric)?.value ?? null,
    shown: told || "–",
    note: textIn(card, ".qd-n") || textIn(card, ".qd-empty"),
    changes: [...card.querySelectorAll(".qd-changes li")].map((line) => ({against: line.getAttribute("data-compare")!, tone: line.getAttribute("data-tone")!, text: textOf(line)})),
    caveats: [".qd-open-window", ".qd-caveats"].map((one) => textIn(card, one)).filter(Boolean).join(" · ")
  };
}

function attentionIn(item: Element): DigestAttention {
  const labels = [...item.querySelectorAll("dt")];
  return {
    metric: item.getAttribute("data-metric")!, text: textIn(item, "h3"), why: textIn(item, "p"),
    lines: labels.map((label) => ({label: textOf(label), text: textOf(label.nextElementSibling!)}))
  };
}

async function alertsIn(snapshot: Snapshot, {alerts: rules, snapshots: {store}}: Pick<Settings, "alerts" | "snapshots">, words: Omit<Parameters<typeof alertSubject>[1], "rules">): Promise<Digest["alerts"]> {
  const report = await readAlerts(store, snapshot);
  // Of a rule that the settings have no more there are no words.
  const known = (report?.entries ?? []).filter(({alert}) => rules.some(({id}: AlertRule) => id === alert));
  return known.map((entry) => ({state: entry.state, text: alertSubject(entry, {...words, rules}), task: entry.state === "recovered" ? null : alertTask(entry, {...words, rules}), entry}));
}

const textOf = (node: Element): string => (node.textContent ?? "").replace(/\s+/g, " ").trim();
const textIn = (node: Element | undefined, selector: string): string => {
  const found = node?.querySelector(selector);
  return found ? textOf(found) : "";
};
