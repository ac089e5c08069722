// What a funnel, its steps and its rule are called.

import type {Funnel, FunnelStep} from "../metrics/funnel.js";
import type {Formatter} from "./formatter.js";

type Words = Pick<Formatter, "has" | "message">;

/** Returns the funnel's name: from the settings, else the message; its id where there is neither. */
export const funnelName = ({id, label}: Pick<Funnel, "id" | "label">, {has, message}: Words): string =>
  label ?? (has(`funnel.${id}.label`) ? message(`funnel.${id}.label`) : id);

/** Returns the step's name: from the settings or the data, else the message; its id where there is neither. */
export const funnelStepName = ({id, label}: Pick<FunnelStep, "id" | "label">, {has, message}: Words): string =>
  label ?? (has(`step.${id}.label`) ? message(`step.${id}.label`) : id);

/** Returns what became of those who dropped out: lost, past their window, or in it still. */
export const droppedName = (why: "lost" | "passed" | "open", {message}: Words): string => message(`funnel.dropped.${why}`);

/**
 * Returns how the funnel counts, in words: mode, window, repeats, credit where `by` breaks it down, and what is held
 * constant. It is printed wherever the funnel's numbers are. `dimensionName` names a dimension.
 */
export function funnelRule(funnel: Funnel, words: Words, {by, dimensionName}: {readonly by: boolean; readonly dimensionName: (id: string) => string}): string {
  const {message} = words;
  const {mode, window, repeat, credit, hold, steps} = funnel;
  const step = typeof credit === "object" ? steps.find(({id}) => id === credit.step) : undefined;
  return [
    message(`funnel.mode.${mode}`),
    window === null ? message("funnel.window.none") : message("funnel.window", {days: window}),
    message(`funnel.repeat.${repeat}`),
    ...(hold === null ? [] : [message("funnel.hold", {dimension: dimensionName(hold)})]),
    ...(by ? [step ? message("funnel.credit.step", {step: funnelStepName(step, words)}) : message(`funnel.credit.${typeof credit === "object" ? "first" : credit}`)] : [])
  ].join(" · ");
}
