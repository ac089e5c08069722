// What is asked of a funnel, with everything that the declaration leaves to the reader decided.

import type {DimensionId} from "../../metrics/define.js";
import type {Funnel, FunnelCredit, FunnelMode, FunnelRepeat} from "../../metrics/funnel.js";
import type {Filter} from "../question.js";

/** What a reader may choose; where absent, what the funnel declares. */
export interface FunnelChoices {
  /** Key of the period of entry, as in a question. */
  readonly period: string;
  readonly filters?: readonly Filter[];
  readonly by?: DimensionId;
  readonly mode?: FunnelMode;
  /** Days; null for no window. */
  readonly window?: number | null;
  readonly repeat?: FunnelRepeat;
  readonly credit?: FunnelCredit;
}

/** The part of a tally that a plan reads: its table, and its position in the list of parts. */
export interface TallyUse {
  readonly name: string;
  readonly part: number;
}

/** The parts of a funnel's day counts that a plan reads: of the pairs of neighbouring steps, and of the whole way. */
export interface PaceUse {
  readonly name: string;
  readonly steps: number;
  readonly whole: number;
}

/** A funnel as it is to be run. Days are ISO text, `end` exclusive. */
export interface FunnelPlan {
  readonly funnel: Funnel;
  readonly start: string;
  readonly end: string;
  /** Last day that the data know about. */
  readonly asOf: string;
  readonly filters: readonly Filter[];
  readonly by: DimensionId | null;
  /** The mart of walks that answers it; absent where the events must. */
  readonly walk?: string;
  /** The part of the tally that its counts are read from; absent where none has them. */
  readonly tally?: TallyUse;
  /** The day counts that its times are found by; absent where none has them. */
  readonly pace?: PaceUse;
}

/** Returns the funnel as the reader chose it to be. */
export const chosenFunnel = (funnel: Funnel, {mode = funnel.mode, window = funnel.window, repeat = funnel.repeat, credit = funnel.credit}: Omit<FunnelChoices, "period">): Funnel =>
  ({...funnel, mode, window, repeat, credit});

/** Whether a step counts only where the one before does: of all modes but that in which each step stands alone. */
export const isChain = ({mode}: Pick<Funnel, "mode">): boolean => mode !== "any_stage";
