// What a page asks of the segments by recency, frequency and value: all of them, and beside them the customers of one.

import type {DimensionId} from "../../metrics/define.js";
import type {RfmSegmentId} from "../../metrics/rfm.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

export interface RfmQuestion {
  readonly filters: readonly Filter[];
  /** Also list the customers of a segment: at most `limit`; of that worth most to win back where none is named. */
  readonly members?: {readonly segment?: RfmSegmentId; readonly limit: number};
}

export interface RfmSegment {
  readonly id: RfmSegmentId;
  readonly customers: number;
  /** What they bought less what they returned. */
  readonly revenue: number;
  readonly medianRecency: number;
  readonly medianFrequency: number;
  /** Too few for numbers: these are 0 then. */
  readonly suppressed?: true;
}

export interface RfmMember {
  /** Its number in the report. */
  readonly customer: number;
  /** The id that its CRM knows it by; null where ids are not published. */
  readonly record: string | null;
  readonly recency: number;
  readonly frequency: number;
  readonly value: number;
}

export interface RfmList {
  readonly segment: RfmSegmentId;
  /** How many there are in all. */
  readonly count: number;
  /** The largest value first. */
  readonly entries: readonly RfmMember[];
}

export interface RfmTold {
  readonly asOf: string;
  readonly customers: number;
  readonly revenue: number;
  /** Orders that name no customer: they are in no segment. */
  readonly nobody: number;
  /** Those that have customers, in the order of `rfmSegments`. */
  readonly segments: readonly RfmSegment[];
  readonly notApplied: readonly DimensionId[];
  /** Null where no segment can be listed; absent where it was not asked for. */
  readonly members?: RfmList | null;
}

/** Returns a text that is equal for questions with the same answer. */
export const rfmKey = ({filters, members}: RfmQuestion): string =>
  JSON.stringify([tidyFilters(filters).map(({dimension, values}) => [dimension, values]), members ? [members.segment ?? 0, members.limit] : 0]);
