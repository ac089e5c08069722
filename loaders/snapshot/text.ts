// What the commands say of a month: in English, as other commands do.

import type {PipelineStep} from "../pipeline.js";
import type {SiteStep} from "../site.js";
import {commandWords} from "../quality/words.js";
import type {Formatter} from "../../src/format/formatter.js";
import {metrics} from "../../src/metrics/index.js";
import type {ComparedMonths, ComparedRecords} from "./compareMonths.js";
import type {Metric} from "../../src/metrics/define.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Drifted} from "./drift.js";
import type {Frozen} from "./freeze.js";
import type {LedgerLine, Restated} from "./ledger.js";
import type {Verified} from "./verify.js";

type Step = PipelineStep | SiteStep | "values" | "compare" | "keep";

const steps: Readonly<Record<Step, string>> = {
  recover: "mending what an interrupted build left", hash: "looking for changes", read: "reading exports", marts: "marts", check: "checking the data",
  write: "writing marts", bake: "computing all default views", pages: "building pages", scan: "looking for personal data", publish: "putting the pages in place",
  values: "computing all KPIs", compare: "comparing with what was published", keep: "keeping everything"
};

/** Returns what a step is called. */
export const stepWords = (step: Step, detail?: string): string => (detail === undefined || step === "publish" ? steps[step] : `${steps[step]}: ${detail}`);

/** Lines of restated numbers that are printed; the ledger holds all. */
const shown = 10;

/** Returns what was frozen, and what of earlier months is another number now. */
export async function frozenLines({snapshot, unchanged, ledger, bytes, added}: Frozen, store: string): Promise<string[]> {
  const {id, title, asOf, files, replaces, previous, currency} = snapshot;
  if (unchanged) return [`${title}: ${id} is already frozen from the same inputs`, `  store     ${store}/${id}, as of ${asOf}, frozen on ${snapshot.frozenOn}`];
  const format = await commandWords(currency);
  const restated = ledger.lines;
  const kpis = new Set(restated.map(({metric}) => metric)).size;
  return [
    `${title}, ${id}: frozen as of ${asOf}`,
    ...(snapshot.accepted ? [`  accepted  ${[...snapshot.accepted.kpis.map(({metric}) => metric), ...snapshot.accepted.rows.map(({table}) => table)].join(", ")} outside what is usual: ${snapshot.accepted.reason ?? "no reason asked for"}`] : []),
    ...(replaces ? [`  replaces  ${replaces.id}: ${replaces.reason}`] : []),
    `  store     ${store}/${id}: ${Object.keys(files).length} files, ${megabytes(bytes)}, of which ${megabytes(added)} are new to the store`,
    previous === null ? "  restated  nothing to compare with: it is the first" : restated.length === 0 ? `  restated  nothing that ${previous} published` : `  restated  ${restated.length} numbers of ${kpis} KPIs that ${previous} published`,
    ...restated.slice(0, shown).map((line) => `            ${restatedWords(line, format)}`),
    ...(restated.length > shown ? [`            … all in ${store}/${id}/ledger.json`] : []),
    `  serve     npm run report puts it at /snapshots/${id}/`
  ];
}

function restatedWords({metric, period, old, new: now, causes = []}: Restated & Partial<Pick<LedgerLine, "causes">>, format: Formatter): string {
  const unit = metrics.find(({id}) => id === metric)?.unit ?? "count";
  const number = (value: number | null) => (value === null ? "–" : format.value(value, unit, {precise: true}));
  const why = causes.map(({cause, records, detail}) => [cause, ...(detail === undefined ? [] : [detail]), ...(records > 0 ? [String(records)] : [])].join(" ")).join(", ");
  return `${metric} ${period}: ${number(old)} to ${number(now)}${why === "" ? "" : ` (${why})`}`;
}

/** Returns how two months differ: KPIs first, then records. `all` prints every number. */
export async function comparedLines({then, now, restated, kpis, records}: ComparedMonths, all: boolean): Promise<string[]> {
  const format = await commandWords(now.currency);
  const listed = (label: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`  ${label.padEnd(10)}${ids.length}: ${few(ids)}`]);
  const lines = all ? restated : restated.slice(0, shown);
  return [
    `${now.title}: ${then.id}, as of ${then.asOf}, and ${now.id}, as of ${now.asOf}`,
    ...listed("new KPIs", kpis.new), ...listed("gone KPIs", kpis.gone), ...listed("redefined", kpis.redefined),
    restated.length === 0 ? "  numbers   the same in every period that both tell" : `  numbers   ${restated.length} of ${new Set(restated.map(({metric}) => metric)).size} KPIs are others in periods that both tell`,
    ...lines.map((line) => `            ${restatedWords(line, format)}`),
    ...(lines.length < restated.length ? ["            … all with --all"] : []),
    ...(records.length === 0 ? ["  records   not kept: the report is public, or has none in both"] : records.flatMap(recordLines))
  ];
}

function recordLines({table, then, now, new: added, gone, changed, fields}: ComparedRecords): string[] {
  const told = ([["new", added], ["gone", gone], ["changed", changed]] as const).flatMap(([word, {records, ids}]) => (records === 0 ? [] : [`            ${word.padEnd(8)}${records}: ${ids.join(", ")}${records > ids.length ? ", …" : ""}`]));
  return [`  records   ${table}: ${then} then, ${now} now`, ...told, ...(fields.length === 0 ? [] : [`            fields  ${fields.slice(0, shown).map(({field, records}) => `${field} ${records}`).join(", ")}${fields.length > shown ? ", …" : ""}`])];
}

const few = (ids: readonly string[]): string => `${ids.slice(0, shown).join(", ")}${ids.length > shown ? ", …" : ""}`;

/** Returns what was proved, or what was not. */
export function provedLines({snapshot, broken, differing, same, otherCode}: Verified): string[] {
  const {id, title, files} = snapshot;
  const list = (names: readonly string[]) => [...names.slice(0, shown).map((name) => `            ${name}`), ...(names.length > shown ? [`            … ${names.length} in all`] : [])];
  const code = otherCode ? [`  code      not that of then: ${versionOf(otherCode.then)} froze it, ${versionOf(otherCode.now)} is here. Bytes may differ for that alone; check that version out to prove it.`] : [];
  if (broken.length > 0) return [`${title}, ${id}: not whole`, ...code, `  kept      ${broken.length} of ${Object.keys(files).length} files are not what was kept`, ...list(broken.map(({name, fault}) => `${name}: ${fault}`))];
  const whole = `  kept      ${Object.keys(files).length} files, each with its hash`;
  if (differing.length > 0) return [`${title}, ${id}: not proved`, ...code, whole, `  rebuilt   ${same} files the same to the byte, ${differing.length} not`, ...list(differing)];
  return [`${title}, ${id}: proved`, ...code, whole, `  rebuilt   ${same} files from the kept inputs, the same to the byte`];
}

const versionOf = ({hash, version, node}: {readonly hash: string; readonly version: string; readonly node: string}): string => `${version} (${hash.slice(0, 12)}, Node ${node})`;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Returns what left what is usual for it, and how to publish it. */
export async function driftLines({kpis, rows}: Drifted, month: string, {currency}: Pick<Manifest, "currency">, catalogue: readonly Metric[]): Promise<string[]> {
  const format = await commandWords(currency);
  return [
    `${month} is not frozen: ${kpis.length + rows.length === 1 ? "one thing is" : `${kpis.length + rows.length} things are`} outside what is usual.`,
    ...kpis.map(({metric, value, lower, upper}) => {
      const number = (of: number) => format.value(of, catalogue.find(({id}) => id === metric)!.unit);
      return `  ${metric}: ${number(value)}, usual are ${number(lower)} to ${number(upper)}`;
    }),
    ...rows.map(({source, table, rows: counts, before}) => `  rows of ${table} from ${source}: ${counts} since the snapshot as of ${before}`),
    "Look at the exports first. To publish it as it is, and say why: --accept REASON"
  ];
}
