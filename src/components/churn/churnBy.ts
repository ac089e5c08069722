// How many of those who stood at the start left, by what they were then: bars with intervals, and all rates in the table.

import {traitName} from "../../format/churnWords.js";
import type {ChurnByMember, ChurnByTold} from "../../query/churnBy/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {table, type TableCell} from "../table.js";

export interface ChurnByOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
  /** Customers below which a rate is grey and makes no title. */
  readonly minN: number;
  /** 95 % interval of a share. */
  readonly intervalOf: (part: number, whole: number) => readonly [number, number];
}

const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const points = (share: number | null, {format}: Pick<ComponentOptions, "format">): string => (share === null ? "–" : format.percent(share, 1));

/** Returns the figure; a note in its place where nobody stood at the start. */
export function churnBy(told: ChurnByTold, options: ChurnByOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, minN, intervalOf} = options;
  if (told.truncated) return emptyState({why: "no_rows", detail: format.message("churn_by.truncated", {day: format.date(told.days.start)}), format, document});
  const shown = told.members.filter(({suppressed, start}) => !suppressed && start > 0);
  if (shown.length === 0) return emptyState({why: "no_rows", ...(told.members.length > 0 && {detail: format.reason("suppressed")}), format, document});
  const ranked = [...shown].sort((a, b) => Number(a.start < minN) - Number(b.start < minN) || b.lost / b.start - a.lost / a.start);
  const finding = findingOf(told, ranked, options);
  const subtitle = format.message("churn_by.subtitle", {by: format.message(`churn_by.${told.by}`), period: spanText(told, options), as_of: format.date(told.asOf)});
  // Bands keep their order, plans are ranked.
  const bars = (told.by === "plan" ? ranked : shown).map((one): RankBar => {
    const interval = intervalOf(one.lost, one.start);
    const said = format.message("churn_by.said", {share: points(one.lost / one.start, options), lost: one.lost, start: one.start});
    return {name: nameOf(one, told, options), said, value: one.lost / one.start, interval, small: one.start < minN, tip: `${nameOf(one, told, options)}: ${said}; ${intervalText(interval, options)}`};
  });
  const words = {label: finding, description: bars.map(({name, said}) => `${name}: ${said}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const keys: KeyEntry[] = [{swatch: swatch("var(--qd-actual)", document), text: format.message("churn_by.key")}, ...(bars.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])];
  const hidden = told.members.filter(({suppressed}) => suppressed).length;
  const notes = [
    format.message(`churn_by.note.${told.by}`),
    ...(hidden > 0 ? [format.reason("suppressed")] : []),
    ...(told.notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(told.notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

const spanText = ({days, period}: ChurnByTold, {format}: Pick<ComponentOptions, "format">): string =>
  (days.start === period.start ? format.period(period) : format.message("churn_by.span", {from: format.date(days.start), to: format.date(dayBefore(days.end))}));
const dayBefore = (iso: string): string => new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

const nameOf = ({member}: ChurnByMember, told: ChurnByTold, {format}: Pick<ComponentOptions, "format">): string => traitName(member, told, {format});

const intervalText = ([low, high]: readonly [number, number], {format}: Pick<ComponentOptions, "format">): string => format.message("caveat.interval", {low: format.percent(low, 0), high: format.percent(high, 0)});

function findingOf(told: ChurnByTold, ranked: readonly ChurnByMember[], options: ChurnByOptions): string {
  const {format, minN} = options;
  const large = ranked.filter(({start}) => start >= minN);
  const [most, least] = [large[0], large.at(-1)];
  const share = (one: ChurnByMember | undefined) => points(one ? one.lost / one.start : null, options);
  const kind = large.length > 1 ? "many" : large.length === 1 ? "one" : "none";
  return format.message("churn_by.finding", {
    kind, all: points(shareOf(told.all.lost, told.all.start), options), most: most ? nameOf(most, told, options) : "", most_share: share(most), least: least ? nameOf(least, told, options) : "", least_share: share(least)
  });
}

const columns = ["start", "lost", "share", "interval", "mrr_start", "gross", "net", "grr", "nrr", "quick", "due", "renewed"] as const;

function twinOf(told: ChurnByTold, subtitle: string, options: ChurnByOptions): HTMLElement {
  const {format, document, minN, intervalOf} = options;
  const rate = (value: number | null, small: boolean): TableCell => ({text: points(value, options), sort: value, ...(small && {muted: true})});
  const quick = ({mrrCame, mrrExpansion, mrrChurn, mrrContraction}: ChurnByMember, small: boolean): TableCell => {
    const value = mrrCame === null || mrrChurn + mrrContraction === 0 ? null : (mrrCame + mrrExpansion) / (mrrChurn + mrrContraction);
    return {text: value === null ? "–" : format.value(value, "ratio"), sort: value, ...(small && {muted: true})};
  };
  const shown = columns.filter((key) => (key === "quick" ? told.all.mrrCame !== null : key === "due" || key === "renewed" ? told.all.renewals !== null : true));
  const row = (name: string, one: ChurnByMember): TableCell[] => {
    if (one.suppressed) return [{text: name}, {text: format.reason("suppressed"), muted: true}, ...shown.slice(1).map((): TableCell => ({text: ""}))];
    const small = one.start < minN;
    const {mrrStart: whole, mrrChurn, mrrContraction, mrrExpansion} = one;
    const gross = shareOf(mrrChurn + mrrContraction, whole);
    const net = shareOf(mrrChurn + mrrContraction - mrrExpansion, whole);
    return [
      {text: name}, {text: countText(one.start, {format}), sort: one.start}, {text: countText(one.lost, {format}), sort: one.lost}, rate(shareOf(one.lost, one.start), small),
      {text: one.start > 0 ? intervalOf(one.lost, one.start).map((end) => format.percent(end, 0)).join("–") : "–", muted: true},
      {text: format.value(whole, "currency", {precise: true, bare: true}), sort: whole},
      rate(gross, small), rate(net, small), rate(gross === null ? null : 1 - gross, small), rate(net === null ? null : 1 - net, small),
      ...(told.all.mrrCame === null ? [] : [quick(one, small)]),
      ...(told.all.renewals === null ? [] : [{text: countText(one.renewals?.due ?? 0, {format}), sort: one.renewals?.due ?? 0}, rate(shareOf(one.renewals?.renewed ?? 0, one.renewals?.due ?? 0), (one.renewals?.due ?? 0) < minN)])
    ];
  };
  return table(
    {
      caption: [subtitle, ...(told.all.mrrCame === null ? [] : [format.message("churn_by.note.quick")]), ...(told.all.renewals === null ? [] : [format.message("churn_by.note.renewed")])].join(" · "),
      columns: [{label: format.message(`churn_by.${told.by}`)}, ...shown.map((key) => ({label: format.message(`churn_by.column.${key}`), numeric: true, ...(key === "mrr_start" && {unit: format.unit("currency")})}))],
      rows: [...told.members.map((one) => row(nameOf(one, told, options), one)), row(format.message("churn_by.all"), told.all)]
    },
    {format, document}
  );
}
