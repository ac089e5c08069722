// Goals and how the numbers stand to them: attainment, pace, landing, what each day must bring.

import type {DimensionId} from "../metrics/define.js";
import type {Progress} from "../query/explain/progress.js";
import type {AnswerRow} from "../query/question.js";
import {element} from "./element.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {type TableCell, makeSortable, table} from "./table.js";

export interface TargetLine {
  readonly metric: MetricFace;
  readonly row: AnswerRow;
  readonly progress: Progress;
  /** The goal lies outside anything reached in the last twelve periods. */
  readonly outOfReach: boolean;
}

export interface TargetTableOptions extends ComponentOptions {
  readonly lines: readonly TargetLine[];
  /** Members down where broken down, else KPIs. */
  readonly dimension?: DimensionId;
  readonly total?: TargetLine;
  /** Part of the total's goal that no member's goal covers. */
  readonly unallocated?: number | null;
  readonly caption: string;
  /** Id of the play that a number behind its goal calls for. */
  readonly play?: string;
  readonly interactive?: boolean;
}

/** Returns the table; a note where no number has a goal. */
export function targetTable({lines, dimension, total, unallocated = null, caption, play, interactive = false, format, document}: TargetTableOptions): HTMLElement {
  if (lines.every(({row}) => row.target == null) && total?.row.target == null) return element(document, "p", {class: "qd-empty"}, format.message("targets.none"));
  const paced = [...lines, ...(total ? [total] : [])].some(({progress}) => progress.pace !== null && progress.elapsed !== null && progress.elapsed < 1);
  const first = lines[0] ?? total!;
  const cells = ({metric, row, progress, outOfReach}: TargetLine, name: string): TableCell[] => {
    const value = (of: number | null, note = ""): TableCell => ({text: format.value(of, metric.unit), sort: of, note});
    const {attainment, met, headroom, pace, ahead, aheadDays, landing, landingRange, requiredRunRate} = progress;
    const range = landingRange ? format.message("targets.range", {low: format.value(landingRange[0], metric.unit), high: format.value(landingRange[1], metric.unit)}) : "";
    const standing = ahead === null ? met : ahead >= 0;
    return [
      {text: name},
      value(row.value),
      value(row.target ?? null, outOfReach ? format.message("targets.out_of_reach") : ""),
      {text: attainment !== null ? format.attainment(attainment) : headroom !== null ? format.message("targets.headroom", {value: format.change({value: headroom}, {value: 0}, metric).absolute}) : format.message("targets.unset"), sort: attainment ?? null, ...(standing !== null && {tone: standing ? "good" : "bad"})},
      ...(paced
        ? [
            value(pace),
            {text: aheadDays === null ? "–" : format.message("targets.days", {days: format.value(Math.abs(aheadDays), "ratio"), side: aheadDays >= 0 ? "ahead" : "behind"}), sort: aheadDays, ...(aheadDays !== null && {tone: aheadDays >= 0 ? ("good" as const) : ("bad" as const)})},
            {...value(landing), note: range, text: landing === null ? "–" : `${format.value(landing, metric.unit)}${range && ` (${range})`}`},
            value(requiredRunRate)
          ]
        : [])
    ];
  };
  const nameOf = (line: TargetLine) => (dimension ? format.member(dimension, line.row.members[0]!) : format.metric(line.metric.id));
  const shown = table(
    {
      caption,
      columns: [
        {label: dimension ? format.dimension(dimension) : format.message("table.metric")},
        {label: dimension ? format.metric(first.metric.id) : format.message("table.value"), numeric: true},
        {label: format.message("mark.target"), numeric: true},
        {label: format.message("targets.column.attainment"), numeric: true},
        ...(paced ? ["pace", "ahead", "landing", "run_rate"].map((name) => ({label: format.message(`targets.column.${name}`), numeric: true})) : [])
      ],
      rows: lines.map((line) => cells(line, nameOf(line))),
      ...(total && {total: cells(total, format.message("table.total"))}),
      max: 20
    },
    {format, document}
  );
  if (unallocated !== null && Math.abs(unallocated) > 1e-9)
    shown.append(element(document, "p", {class: "qd-caveats"}, format.message(unallocated > 0 ? "targets.unallocated" : "targets.overallocated", {value: format.value(Math.abs(unallocated), first.metric.unit)})));
  const behind = [...lines, ...(total ? [total] : [])].some(({progress: {ahead, met}}) => (ahead === null ? met === false : ahead < 0));
  if (behind && play) shown.append(element(document, "p", {class: "qd-caveats"}, format.message("targets.play", {look: format.message(`play.${play}.look`), action: format.message(`play.${play}.action`)})));
  if (interactive) makeSortable(shown, {format, document});
  return shown;
}

