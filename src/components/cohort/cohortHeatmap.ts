// The triangle of a cohort: a table, one line a cohort, one column an age, each cell in a tone of the scale.

import type {CohortAnswer, CohortCell, CohortLine} from "../../query/cohort/answer.js";
import {element, type Child} from "../element.js";
import {printPick} from "../pick.js";
import {ageName, ageShort, bareText, cohortFinding, cohortNotes, cohortSubtitle, countText, lineName, measureName, noCohort, scaleCells, unitText, valueText, type CohortViewOptions} from "./frame.js";

export interface CohortHeatmapOptions extends CohortViewOptions {
  /** Returns how a cell is spelled that a reader picks (query/cohort/view.ts), and the key of such picks. */
  readonly pick: {readonly key: string; readonly print: (period: number, line: string) => string};
}

/** Tones of the scale (theme/palette.ts, sequential). */
const tones = 7;
/** Columns that fit on paper. */
const paperAges = 24;

/** Returns the figure; a note in its place where nobody begins or all groups are too small. */
export function cohortHeatmap(answer: CohortAnswer, options: CohortHeatmapOptions): HTMLElement {
  const {format, document, heading = "h3"} = options;
  const empty = noCohort(answer, options);
  if (empty) return empty;
  const finding = cohortFinding(answer, options);
  const notes = cohortNotes(answer, {format});
  const wide = answer.lines[0]!.cells.length > paperAges;
  return element(
    document,
    "figure",
    {class: "qd-chart qd-cohorts"},
    element(document, "figcaption", {}, element(document, heading, {class: "qd-finding"}, finding), element(document, "p", {class: "qd-subtitle"}, cohortSubtitle(answer, {format}))),
    grid(answer, options),
    scale(answer, options),
    wide && element(document, "p", {class: "qd-caveats qd-paper"}, format.message("cohorts.note.paper", {count: paperAges})),
    notes.length > 0 && element(document, "p", {class: "qd-caveats"}, notes.join(" · "))
  );
}

/** Largest value of the scale; above 0. */
const topOf = (answer: CohortAnswer): number => Math.max(0, ...scaleCells(answer).map(({value}) => value!)) || 1;

const toneOf = (value: number, top: number): number => 1 + Math.min(tones - 1, Math.max(0, Math.floor((value / top) * tones)));

function grid(answer: CohortAnswer, options: CohortHeatmapOptions): HTMLElement {
  const {format, document} = options;
  const {lines, average, choices: {key, measure}} = answer;
  const top = topOf(answer);
  const unit = unitText(answer, {format});
  const [first] = lines;
  const pays = measure === "payback";
  const caption = format.message("cohorts.caption", {cohort: cohortSubtitle(answer, {format}), unit: unit || "none"});
  const head = (text: string, attributes: Record<string, string | null>, ...more: Child[]) => element(document, "th", {scope: "col", ...attributes}, text, ...more);
  const far = (at: number) => at >= paperAges && "qd-far";
  const number = (text: string) => element(document, "td", {class: "qd-number"}, text);
  const row = (line: CohortLine, i: number) => element(
    document,
    "tr",
    {"data-line": key === "start" ? line.key : null},
    element(
      document, "th", {scope: "row"}, element(document, "bdi", {}, lineName(answer, line, options)),
      line.isTruncated && element(document, "span", {class: "qd-flag", title: format.message("cohorts.truncated")}, "*", element(document, "span", {class: "qd-sr"}, ` ${format.message("cohorts.truncated")}`)),
      line.isCurrent && element(document, "span", {class: "qd-flag", title: format.message("cohorts.current")}, "…", element(document, "span", {class: "qd-sr"}, ` ${format.message("cohorts.current")}`))
    ),
    number(line.suppressed ? "–" : countText(line.size, {format})),
    pays && number(format.value(line.cac ?? null, "currency", {axis: true, bare: true})),
    pays && number(line.paybackPeriod == null ? "–" : ageShort(answer, {period: line.paybackPeriod}, {format})),
    line.cells.map((cell, at) => cellOf(cell, {line, at, below: lines[i + 1]?.cells[at], next: line.cells[at + 1]}))
  );

  function cellOf(cell: CohortCell, {line, at, below, next}: {readonly line: CohortLine; readonly at: number; readonly below: CohortCell | undefined; readonly next: CohortCell | undefined}): HTMLElement {
    if (cell.state === "later") return element(document, "td", {class: classes("qd-later", far(at))}, key === "start" ? element(document, "span", {class: "qd-sr"}, format.message("cohorts.later")) : null);
    const edges = [next?.state === "later" && "qd-edge", below?.state === "later" && "qd-edge-low"] as const;
    const part = cell.state === "part" && "qd-partly";
    if (cell.value === null) return element(document, "td", {class: classes("qd-number", part, ...edges, far(at)), title: cell.suppressed ? format.reason("suppressed") : null}, "–");
    const isWhole = cell.state === "whole";
    return element(
      document,
      "td",
      {class: classes("qd-number", part, ...edges, far(at)), "data-tone-step": toneOf(cell.value, top), "data-pick": printPick(options.pick.key, options.pick.print(cell.period, line.key)), title: tipOf(answer, line, cell, options)},
      bareText(answer, cell.value, {format}),
      !isWhole && element(document, "span", {class: "qd-sr"}, ` ${format.message("cohorts.partly")}`)
    );
  }

  const averaged = (cell: CohortCell | undefined, at: number) => (cell && cell.value !== null
    ? element(document, "td", {class: classes("qd-number", far(at)), "data-tone-step": toneOf(cell.value, top), title: format.message("cohorts.tip.average", {age: ageName(answer, cell, {format}), value: valueText(answer, cell.value, {format}), count: cell.observed})}, bareText(answer, cell.value, {format}))
    : element(document, "td", {class: classes("qd-later", far(at))}));
  const ages = first!.cells;
  const size = lines.reduce((all, line) => all + line.size, 0);
  return element(
    document,
    "div",
    {class: "qd-table"},
    element(
      document,
      "div",
      {class: "qd-scroll", tabindex: 0, role: "region", "aria-label": caption},
      element(
        document,
        "table",
        {class: "qd-cohort"},
        element(document, "caption", {}, caption),
        element(
          document,
          "thead",
          {},
          element(
            document,
            "tr",
            {},
            head(key === "start" ? format.message("cohorts.column.start") : format.dimension(key), {}),
            head(format.message("cohorts.column.size"), {class: "qd-number"}),
            pays && head(format.message("cohorts.column.cac"), {class: "qd-number"}, element(document, "span", {class: "qd-unit"}, ` ${format.unit("currency")}`)),
            pays && head(format.message("cohorts.column.payback"), {class: "qd-number"}),
            ages.map((cell, at) => head(ageShort(answer, cell, {format}), {class: classes("qd-number", far(at)), title: ageName(answer, cell, {format})}))
          )
        ),
        element(document, "tbody", {}, lines.map(row)),
        element(
          document,
          "tfoot",
          {},
          element(document, "tr", {}, element(document, "th", {scope: "row"}, format.message("cohorts.average")), number(countText(size, {format})), pays && number(""), pays && number(""), ages.map((cell, at) => averaged(average.find(({period}) => period === cell.period), at)))
        )
      )
    )
  );
}

const classes = (...names: readonly (string | false)[]): string => names.filter(Boolean).join(" ");

function tipOf(answer: CohortAnswer, line: CohortLine, cell: CohortCell, options: CohortViewOptions): string {
  const {format} = options;
  const {low, high} = cell;
  return [
    `${lineName(answer, line, options)}, ${ageName(answer, cell, {format})}: ${valueText(answer, cell.value, {format})}`,
    ...(cell.active === null ? [] : [format.message("cohorts.tip.of", {part: countText(cell.active, {format}), whole: countText(cell.observed, {format})})]),
    ...(low !== undefined && high !== undefined ? [format.message("caveat.interval", {low: format.percent(low, 1), high: format.percent(high, 1)})] : []),
    ...(cell.state === "part" ? [format.message("cohorts.partly")] : [])
  ].join("\n");
}

/** The scale with its ends in the unit, and what a hatched and an empty cell mean. */
function scale(answer: CohortAnswer, {format, document}: CohortViewOptions): HTMLElement {
  const top = topOf(answer);
  const cells = scaleCells(answer);
  const over = answer.lines.some((line) => line.cells.some(({value}) => value !== null && value > top));
  const low = Math.min(0, ...cells.map(({value}) => value!));
  return element(
    document,
    "ul",
    {class: "qd-key qd-scale", "aria-label": format.message("chart.key")},
    element(
      document, "li", {},
      `${measureName(answer, {format})}: ${low < 0 ? "≤ " : ""}${valueText(answer, 0, {format})} `,
      element(document, "span", {class: "qd-steps", "aria-hidden": "true"}, Array.from({length: tones}, (_, k) => element(document, "span", {"data-tone-step": k + 1}))),
      ` ${over ? "≥ " : ""}${valueText(answer, top, {format})}`
    ),
    answer.lines.some((line) => line.cells.some(({state}) => state === "part")) && element(document, "li", {}, element(document, "span", {class: "qd-box qd-partly", "aria-hidden": "true"}), " ", format.message("cohorts.partly")),
    answer.lines.some((line) => line.cells.some(({state}) => state === "later")) && element(document, "li", {}, element(document, "span", {class: "qd-box", "aria-hidden": "true"}), " ", format.message("cohorts.later"))
  );
}
