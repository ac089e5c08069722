// A variance in signs and words. Sign, arrow and word say the same as the colour, so that none needs the other.

import type {Unit} from "../metrics/define.js";
import type {Numbers} from "./numbers.js";
import type {Say} from "./periods.js";
import type {Tone, Variance} from "./variance.js";

export interface Change {
  readonly variance: Variance;
  /** "+8.2%", "−1.4 pp", "±0"; the absolute change where a relative one means nothing; "–" where nothing is known. */
  readonly text: string;
  /** In the metric's unit: "+€94.2K", "−1.4 pp", "–". */
  readonly absolute: string;
  /** Why there is no relative change, in words; "" where there is one. */
  readonly note: string;
  readonly arrow: "▲" | "▼" | "●" | "–";
  readonly tone: Tone;
  /** Stem of the sentence that sets it beside its reference: `change.<verdict>`. */
  readonly verdict: "better" | "worse" | "higher" | "lower" | "level" | "unknown";
}

const arrows = {up: "▲", down: "▼", flat: "●", unknown: "–"} as const;

/** Returns the words of a variance; `numbers` and `message` belong to one formatter. */
export function describeChange(variance: Variance, unit: Unit, {numbers, message}: {numbers: Numbers; message: Say}): Change {
  const {absolute, relative, movement, tone, why} = variance;
  const inUnit = absolute === null ? "–" : movement === "flat" ? "±0" : signed(absolute, unit);
  return {
    variance,
    absolute: inUnit,
    text: movement === "flat" ? "±0" : relative === null ? inUnit : percent(relative),
    note: why ? message(`change.why.${why}`) : "",
    arrow: arrows[movement],
    tone,
    verdict: movement === "unknown" ? "unknown" : movement === "flat" ? "level" : tone === "good" ? "better" : tone === "bad" ? "worse" : movement === "up" ? "higher" : "lower"
  };

  function signed(value: number, of: Unit): string {
    if (of === "percent") return message("change.points", {points: digits(value * 100)});
    const text = numbers.format(value, of, {sign: "always"});
    return of === "days" || of === "hours" || of === "seconds" ? message(`value.${of}`, {[of]: text, count: Math.abs(value)}) : text;
  }

  function percent(share: number): string {
    const size = Math.abs(share);
    if (size >= 10) return message("change.times", {times: numbers.format(1 + share, "ratio")});
    return numbers.format(share, "percent", {sign: "always", digits: size < 0.9995 ? 1 : 0});
  }

  function digits(points: number): string {
    return numbers.format(points, "ratio", {sign: "always", digits: Math.abs(points) < 0.095 ? 2 : 1});
  }
}
