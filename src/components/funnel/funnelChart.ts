// The steps of a funnel as bars from one zero: who went on, and what became of those who did not.

import * as Plot from "@observablehq/plot";
import {droppedName} from "../../format/funnelWords.js";
import {shorten} from "../../format/text.js";
import type {FunnelCounts, FunnelRow, StepResult} from "../../query/funnel/answer.js";
import {chart} from "../chart.js";
import {printPick} from "../pick.js";
import {type PlotSize, finishPlot, pickable, plots} from "../plot.js";
import {type TableCell, table} from "../table.js";
import {countText, funnelNotes, funnelSubtitle, noFunnel, stepName, titleName, totalOf, type FunnelViewOptions} from "./frame.js";
import {fateFill, fatePatterns, fates, fateSwatch, swatch, type Fate} from "./patterns.js";

/** Returns the figure of the total; a note in its place where there is nothing to show. */
export function funnelChart(told: FunnelCounts, options: FunnelViewOptions): HTMLElement {
  const {format, document, heading, interactive = false, room} = options;
  const empty = noFunnel(told, options);
  if (empty) return empty;
  const total = totalOf(told)!;
  const finding = leakFinding(told, total, options);
  const words = {label: finding, description: total.steps.map((step) => `${stepName(told, step.position, options)}: ${countText(step.reached, options)}`).join("; ")};
  const picks = total.steps.filter(({dropped}) => dropped).map(({id}) => printPick("funnel-step", id));
  const drawings = plots((size) => {
    const scope = `${told.funnel.id}-${size.name}`;
    const svg = finishPlot(bars(told, total, size, scope, options), size, words);
    if (picks.length > 0) pickable(svg, picks);
    svg.prepend(fatePatterns(scope, document));
    return svg;
  }, {document, live: interactive, ...(room && {room})});
  const subtitle = funnelSubtitle(told, options);
  const unvalued = total.steps.reduce((all, step) => all + step.unvalued, 0);
  const notes = [...funnelNotes(told, options), ...(total.steps.some(({lostValue}) => lostValue) && unvalued > 0 ? [format.message("funnels.note.unvalued", {count: unvalued})] : [])];
  const used = fates.filter((fate) => total.steps.some(({dropped}) => dropped && dropped[fate] > 0));
  const keys = used.length === 0 ? [] : [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("funnels.went_on")},
    ...used.map((fate) => ({swatch: fateSwatch(fate, told.funnel.id, document), text: droppedName(fate, format)}))
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, total, subtitle, options), interactive, format, document, ...(heading && {heading})});
}

/** "Lead to cash: most is lost after Quote sent, €4.2M of 312; 18.2% get from Lead to Paid" */
function leakFinding(told: FunnelCounts, total: FunnelRow, {format, reading: {leak}}: FunnelViewOptions): string {
  const last = total.steps.at(-1)!;
  const gone = leak?.dropped ? leak.dropped.lost + leak.dropped.passed : 0;
  return format.message("funnels.finding", {
    funnel: titleName(told, {format}),
    leak: !leak ? "none" : leak.lostValue ? "value" : "count",
    step: leak ? stepName(told, leak.position, {format}) : "",
    value: format.value(leak?.lostValue ?? null, "currency"),
    count: gone,
    rate: last.overall.value === null ? "none" : "some",
    share: format.value(last.overall.value, "percent"),
    first: stepName(told, 0, {format}),
    last: stepName(told, last.position, {format})
  });
}

function bars(told: FunnelCounts, total: FunnelRow, {width, fontSize, name}: PlotSize, scope: string, options: FunnelViewOptions): SVGSVGElement | HTMLElement {
  const {format, document, reading: {chain, leak}} = options;
  const {steps} = total;
  const narrow = name === "narrow";
  const names = steps.map(({position}) => stepName(told, position, options));
  const letters = narrow ? 40 : name === "medium" ? 18 : 26;
  const left = narrow ? 0 : Math.min(letters, Math.max(...names.map((text) => [...text].length))) * fontSize * 0.6 + 12;
  const column = narrow ? 46 : 78;
  const right = chain ? 2 * column : 0;
  const most = Math.max(1, ...steps.map(({reached}) => reached));
  const reach = Math.max(...steps.map(({reached}) => countText(reached, options).length)) * fontSize * 0.62 + 10;
  const scale = Math.max(40, width - left - right - reach) / most;
  const [head, above, bar, below] = [narrow ? 34 : 22, narrow ? 16 : 0, narrow ? 17 : 24, chain ? 25 : 8];
  const pitch = above + bar + below;
  const top = (step: StepResult) => head + step.position * pitch + above;
  const middle = (step: StepResult) => top(step) + bar / 2;
  const from = (step: StepResult, fate: Fate | null) => {
    const {lost = 0, passed = 0, open = 0} = step.dropped ?? {};
    const on = step.reached - lost - passed - open;
    const ends = {on, lost: on + lost, passed: on + lost + passed, open: step.reached};
    return fate === null ? [0, ends.on] : fate === "lost" ? [ends.on, ends.lost] : fate === "passed" ? [ends.lost, ends.passed] : [ends.passed, ends.open];
  };
  const rects = (fate: Fate | null, fill: string) =>
    Plot.rect(steps.filter((step) => from(step, fate)[1]! > from(step, fate)[0]!), {x1: (step: StepResult) => left + from(step, fate)[0]! * scale, x2: (step: StepResult) => left + from(step, fate)[1]! * scale, y1: top, y2: (step: StepResult) => top(step) + bar, fill});
  const text = (data: readonly StepResult[], label: (step: StepResult) => string, more: Plot.TextOptions) => Plot.text(data, {fontSize, fontVariant: "tabular-nums", fill: "currentColor", text: label, y: middle, ...more});
  const between = (step: StepResult) => format.message(narrow ? "funnels.between_short" : "funnels.between", {
    share: format.value(steps[step.position + 1]!.fromPrevious.value, "percent"),
    known: steps[step.position + 1]!.fromPrevious.value === null ? "no" : "yes",
    lost: countText(step.dropped!.lost, options), passed: countText(step.dropped!.passed, options), open: countText(step.dropped!.open, options)
  });
  const drops = steps.filter(({dropped}) => dropped);
  const columns = chain ? ([["funnels.column.step_rate", 0, "fromPrevious"], ["funnels.column.overall", 1, "overall"]] as const) : [];
  const height = head + steps.length * pitch - (chain ? below - 6 : 0);
  const tip = (step: StepResult) => tipOf(told, total, step, options);
  const place = {x1: 0, x2: width, y1: (step: StepResult) => top(step) - above - 2, y2: (step: StepResult) => top(step) + bar + below - 2, fill: "currentColor", fillOpacity: 0, title: tip};
  return Plot.plot({
    document, width, height, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      rects(null, "var(--qd-actual)"),
      ...fates.map((fate) => rects(fate, fateFill(fate, scope))),
      Plot.link([0], {x1: left, x2: left, y1: head + above - 3, y2: height, stroke: "var(--qd-baseline)"}),
      text(steps, ({position}) => shorten(names[position]!, letters), narrow ? {x: 0, textAnchor: "start", y: (step: StepResult) => top(step) - 8, fontWeight: 600} : {x: left - 8, textAnchor: "end"}),
      text(steps, ({reached}) => countText(reached, options), {x: (step: StepResult) => left + step.reached * scale, textAnchor: "start", dx: 6, fontWeight: 600}),
      ...columns.flatMap(([key, i, of]) => [
        text(steps.filter(({position}) => of === "overall" || position > 0), (step) => format.value(step[of].value, "percent"), {x: width - right + (i + 1) * column, textAnchor: "end"}),
        Plot.text([format.message(narrow ? `${key}_short` : key)], {x: width - right + (i + 1) * column, y: narrow ? 12 : 10, textAnchor: "end", fontSize, fill: "var(--qd-quiet)", lineWidth: narrow ? 5 : 20})
      ]),
      ...[false, true].map((isLeak) => text(drops.filter((step) => (step.position === leak?.position) === isLeak), between, {x: left, textAnchor: "start", dx: narrow ? 0 : 2, y: (step: StepResult) => top(step) + bar + 11, fontSize: fontSize - (narrow ? 1 : 0), fill: isLeak ? "currentColor" : "var(--qd-quiet)", fontWeight: isLeak ? 600 : 400})),
      Plot.rect(steps.filter(({dropped}) => !dropped), place),
      ...(drops.length > 0 ? [Plot.rect(drops, place)] : [])
    ]
  });
}

function tipOf(told: FunnelCounts, total: FunnelRow, step: StepResult, {format}: FunnelViewOptions): string {
  const n = (count: number) => countText(count, {format});
  const lines = [`${stepName(told, step.position, {format})}: ${n(step.reached)}`];
  if (step.overall.value !== null) lines.push(format.message("funnels.tip.rate", {share: format.value(step.overall.value, "percent"), part: n(step.mature), whole: n(total.entered - total.inProgress)}));
  for (const fate of step.dropped ? fates : []) lines.push(`${droppedName(fate, format)}: ${n(step.dropped![fate])}`);
  if (step.lostValue !== null) lines.push(`${format.message("funnels.column.lost_value")}: ${format.value(step.lostValue, "currency", {precise: true})}`);
  return lines.join("\n");
}

function twinOf(told: FunnelCounts, {steps}: FunnelRow, caption: string, {format, document}: FunnelViewOptions): HTMLElement {
  const n = (value: number | null | undefined, muted = false): TableCell => (value == null ? {text: "–", sort: null} : {text: countText(value, {format}), sort: value, muted});
  const rate = ({value, interval}: StepResult["overall"]): TableCell => ({
    text: format.value(value, "percent", {precise: true}), sort: value,
    ...(interval && {note: format.message("caveat.interval", {low: format.percent(interval[0], 1), high: format.percent(interval[1], 1)})})
  });
  const heads = ["reached", "mature", "step_rate", "overall"].map((key) => ({label: format.message(`funnels.column.${key}`), numeric: true}));
  return table(
    {
      caption,
      columns: [{label: format.message("funnels.column.step")}, ...heads, ...fates.map((fate) => ({label: droppedName(fate, format), numeric: true})), {label: format.message("funnels.column.lost_value"), unit: format.unit("currency"), numeric: true}],
      rows: steps.map((step) => [
        {text: stepName(told, step.position, {format}), ...(step.dropped && {pick: printPick("funnel-step", step.id)})},
        n(step.reached), n(step.mature, true), step.position === 0 ? n(null) : rate(step.fromPrevious), rate(step.overall),
        ...fates.map((fate) => n(step.dropped?.[fate])),
        {text: format.value(step.lostValue, "currency", {precise: true, bare: true}), sort: step.lostValue}
      ])
    },
    {format, document}
  );
}
