// What customers have not bought though others like them did: where the most is to be had, and whom to ask first.

import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import type {SpaceEntry, SpaceOffer, WhiteSpace} from "../../query/products/question.js";
import {chart} from "../chart.js";
import {countText} from "../countText.js";
import {element} from "../element.js";
import {emptyState} from "../emptyState.js";
import type {ComponentOptions} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {saveButton} from "../saveButton.js";
import {makeSortable, table, type TableCell} from "../table.js";
import type {ProductViewOptions} from "./nextProducts.js";
import {rankPlot, type RankBar} from "./rankPlot.js";

export interface WhiteSpaceOptions extends ProductViewOptions {
  /** Hands the reader all of the list as a file; absent where no script runs. */
  readonly save?: () => void;
}

/** Returns the figure and the list of accounts; a note in their place where no item is common enough. */
export function whiteSpace(answer: WhiteSpace, options: WhiteSpaceOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, rows = 8} = options;
  const {offers, asOf, level, least, notApplied} = answer;
  if (offers.length === 0) return emptyState({why: "no_rows", format, document});
  const shown = offers.slice(0, rows);
  const count = (value: number) => countText(value, {format});
  const [first] = offers as [SpaceOffer];
  const finding = format.message("products.space.finding", {item: plainText(first.item), segment: segmentOf(first, options), open: first.open, n: count(first.n), share: format.percent(first.share), total: format.value(first.total, "currency"), all: format.value(answer.expected, "currency")});
  const subtitle = format.message("products.space.subtitle", {level, unit: format.unit("currency") || "none", as_of: format.date(asOf)});
  const said = (offer: SpaceOffer) => format.message("products.space.said", {total: format.value(offer.total, "currency"), open: offer.open});
  const name = (offer: SpaceOffer) => `${plainText(offer.item)} · ${segmentOf(offer, options)}`;
  const tip = (offer: SpaceOffer) => [
    name(offer),
    format.message("products.space.tip.share", {share: format.percent(offer.share, 1), bought: count(offer.bought), n: count(offer.n), low: format.percent(offer.low, 1), high: format.percent(offer.high, 1)}),
    format.message("products.space.tip.value", {value: format.value(offer.value, "currency"), expected: format.value(offer.expected, "currency"), open: count(offer.open)})
  ].join("\n");
  const bars = shown.map((offer): RankBar => ({name: name(offer), said: said(offer), value: offer.total, small: false, tip: tip(offer)}));
  const words = {label: finding, description: shown.map((offer) => `${name(offer)}: ${said(offer)}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const notes = [
    format.message("products.space.note", {n: least.customers, share: format.percent(least.share)}),
    ...(shown.length < offers.length ? [format.message("chart.first_of", {shown: shown.length, count: offers.length})] : []),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return element(
    document,
    "div",
    {class: "qd-space"},
    chart({finding, subtitle, drawings, marks: [], notes, twin: () => offersTable(offers, subtitle, options), interactive, heading, format, document}),
    answer.entries && answer.entries.length > 0 && accounts(answer, answer.entries, options)
  );
}

const segmentOf = ({segment}: Pick<SpaceOffer, "segment">, {format}: Pick<ComponentOptions, "format">): string => format.member("segment", segment);

function offersTable(offers: readonly SpaceOffer[], caption: string, options: WhiteSpaceOptions): HTMLElement {
  const {format, document, interactive = false} = options;
  const say = (key: string) => format.message(`products.space.column.${key}`);
  const [percent, money] = [format.unit("percent"), format.unit("currency")];
  const share = (value: number): TableCell => ({text: format.value(value, "percent", {precise: true, bare: true}), sort: value});
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value});
  const amount = (value: number): TableCell => ({text: format.value(value, "currency", {precise: true, bare: true}), sort: value});
  const made = table(
    {
      caption,
      columns: [
        {label: say("item")}, {label: format.dimension("segment")}, {label: say("open"), numeric: true}, {label: say("n"), numeric: true}, {label: say("share"), unit: percent, numeric: true},
        {label: say("low"), unit: percent, numeric: true}, {label: say("high"), unit: percent, numeric: true}, {label: say("value"), unit: money, numeric: true}, {label: say("expected"), unit: money, numeric: true}, {label: say("total"), unit: money, numeric: true}
      ],
      rows: offers.map((offer): TableCell[] => [
        {text: plainText(offer.item)}, {text: segmentOf(offer, options)}, count(offer.open), count(offer.n), share(offer.share), share(offer.low), share(offer.high), amount(offer.value), amount(offer.expected), amount(offer.total)
      ]),
      max: 12
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}

const headingOf = (entries: readonly SpaceEntry[], {format}: Pick<ComponentOptions, "format">): string => format.message(entries.some(({record}) => record !== null) ? "products.space.record" : "products.space.customer");

function accounts({count}: WhiteSpace, entries: readonly SpaceEntry[], options: WhiteSpaceOptions): HTMLElement {
  const {format, document, save} = options;
  return element(
    document,
    "div",
    {class: "qd-accounts"},
    table(
      {
        caption: format.message("products.space.caption", {shown: entries.length, count}),
        columns: [
          {label: headingOf(entries, options)}, {label: format.message("products.space.column.item")}, {label: format.message("products.space.column.expected"), unit: format.unit("currency"), numeric: true},
          {label: format.message("products.space.column.share"), unit: format.unit("percent"), numeric: true}, {label: format.dimension("segment")}, {label: format.message("products.space.last")}
        ],
        rows: entries.map((one): TableCell[] => [
          one.record === null ? {text: countText(one.customer, {format}), sort: one.customer} : {text: plainText(one.record)},
          {text: plainText(one.item)}, {text: format.value(one.expected, "currency", {precise: true, bare: true}), sort: one.expected},
          {text: format.value(one.share, "percent", {precise: true, bare: true}), sort: one.share}, {text: segmentOf(one, options)},
          {text: format.date(one.lastDay), sort: one.lastDay}
        ])
      },
      {format, document}
    ),
    // Before a script runs its room is kept.
    element(document, "div", {class: "qd-room", "data-count": count}, save && saveSpace(count, save, options))
  );
}

/** Returns the button that hands the reader all of the list. */
export const saveSpace = (count: number, save: () => void, {format, document}: ComponentOptions): HTMLElement => saveButton(format.message("products.space.save", {count}), save, document);

/** Returns the list as CSV: days as ISO text, shares 0–1, amounts unrounded; nothing that a spreadsheet would run. */
export function spaceCsv({entries}: WhiteSpace, {format}: Pick<ComponentOptions, "format">): string {
  const say = (key: string) => format.message(`products.space.column.${key}`);
  const all = entries ?? [];
  return csvText(
    [headingOf(all, {format}), say("item"), format.dimension("segment"), say("share"), say("expected"), format.message("products.space.last")],
    all.map((one): CsvValue[] => [one.record ?? one.customer, one.item, one.segment, one.share, one.expected, one.lastDay])
  );
}
