// Goals and how the numbers stand to them: attainment, pace, landing, what each day must bring, what is not allocated.

import type {DimensionId} from "../metrics/define.js";
import type {TargetPart} from "../metrics/targets.js";
import type {TargetReading} from "../query/explain/targetNumbers.js";
import {element} from "./element.js";
import type {ComponentOptions, MetricFace} from "./options.js";
import {type TableCell, makeSortable, table} from "./table.js";

export interface TargetLine extends TargetReading {
  readonly face: MetricFace;
}

export interface TargetTableOptions extends ComponentOptions {
  readonly lines: readonly TargetLine[];
  /** Members down where broken down, else KPIs. */
  readonly dimension?: DimensionId;
  readonly total?: TargetLine;
  readonly caption: string;
  /** Id of the play that a number behind its goal calls for. */
  readonly play?: string;
  readonly interactive?: boolean;
}

/** Returns the table; a note where no number has a goal. */
export function targetTable({lines, dimension, total, caption, play, interactive = false, format, document}: TargetTableOptions): HTMLElement {
  const all = [...lines, ...(total ? [total] : [])];
  if (all.every(({row}) => row.target == null)) return element(document, "p", {class: "qd-empty"}, format.message("targets.none"));
  const paced = all.some(({progress}) => progress.pace !== null && progress.elapsed !== null && progress.elapsed < 1);
  const seasonal = paced && all.some(({progress}) => progress.seasonalPace !== null);
  const shared = dimension !== "owner" && lines.some(({unallocated}) => unallocated !== null);
  const first = all[0]!;
  const cells = (line: TargetLine, name: string): TableCell[] => {
    const {face, row, progress: {met, headroom, ahead, aheadDays, landingRange}, outOfReach} = line;
    const value = (of: number | null, note = ""): TableCell => ({text: format.value(of, face.unit), sort: of, note});
    const number = (part: TargetPart): TableCell => {
      const {value: of, reason} = line.numbers[part];
      return value(of, format.reason(reason));
    };
    const attainment = line.numbers.attainment.value;
    const range = landingRange ? format.message("targets.range", {low: format.value(landingRange[0], face.unit), high: format.value(landingRange[1], face.unit)}) : "";
    const standing = ahead === null ? met : ahead >= 0;
    const landing = number("landing");
    return [
      {text: name},
      value(row.value),
      value(row.target ?? null, outOfReach ? format.message("targets.out_of_reach") : ""),
      {text: attainment !== null ? format.attainment(attainment) : headroom !== null ? format.message("targets.headroom", {value: format.change({value: headroom}, {value: 0}, face).absolute}) : format.message("targets.unset"), sort: attainment, ...(standing !== null && {tone: standing ? "good" : "bad"})},
      ...(paced
        ? [
            number("pace"),
            ...(seasonal ? [number("pace_seasonal")] : []),
            {text: aheadDays === null ? "–" : format.message("targets.days", {days: format.value(Math.abs(aheadDays), "ratio"), side: aheadDays >= 0 ? "ahead" : "behind"}), sort: aheadDays, ...(aheadDays !== null && {tone: aheadDays >= 0 ? ("good" as const) : ("bad" as const)})},
            range === "" ? landing : {...landing, note: range, text: `${landing.text} (${range})`},
            number("run_rate")
          ]
        : []),
      ...(shared ? [number("unallocated")] : [])
    ];
  };
  const nameOf = (line: TargetLine) => (dimension ? format.member(dimension, line.row.members[0]!) : format.metric(line.face.id));
  const shown = table(
    {
      caption,
      columns: [
        {label: dimension ? format.dimension(dimension) : format.message("table.metric")},
        {label: dimension ? format.metric(first.face.id) : format.message("table.value"), numeric: true},
        {label: format.message("targets.column.target"), numeric: true},
        ...["attainment", ...(paced ? ["pace", ...(seasonal ? ["pace_seasonal"] : []), "ahead", "landing", "run_rate"] : []), ...(shared ? ["unallocated"] : [])].map((name) => ({label: format.message(`targets.column.${name}`), numeric: true}))
      ],
      rows: lines.map((line) => cells(line, nameOf(line))),
      ...(total && {total: cells(total, format.message("table.total"))}),
      max: 20
    },
    {format, document}
  );
  const note = (text: string) => shown.append(element(document, "p", {class: "qd-caveats"}, text));
  if (shared) note(format.message("targets.unallocated_meaning", {by: dimension ? format.dimension(dimension, "sentence") : "none"}));
  const left = total?.unallocated ?? null;
  if (left !== null && Math.abs(left) > 1e-9) note(format.message(left > 0 ? "targets.unallocated" : "targets.overallocated", {value: format.value(Math.abs(left), first.face.unit)}));
  const behind = all.some(({progress: {ahead, met}}) => (ahead === null ? met === false : ahead < 0));
  if (behind && play) note(format.message("targets.play", {look: format.message(`play.${play}.look`), action: format.message(`play.${play}.action`)}));
  if (interactive) makeSortable(shown, {format, document});
  return shown;
}
