// What a digest holds, as data: digest.json. Words are in the report's language.

import type {AlertEntry} from "../alerts/rules.js";

export interface DigestChange {
  readonly against: string;
  /** "better", "worse", "neutral" …: what the words and the arrow mean. */
  readonly tone: string;
  readonly text: string;
}

export interface DigestKpi {
  readonly metric: string;
  readonly label: string;
  /** Unrounded, in the KPI's unit; null where there is none. */
  readonly value: number | null;
  readonly unit: string;
  readonly shown: string;
  /** The period and how many records the number rests on, or why there is none. */
  readonly note: string;
  readonly changes: readonly DigestChange[];
  readonly caveats: string;
}

export interface DigestAttention {
  readonly metric: string;
  /** "Win rate 24.1 %". */
  readonly text: string;
  readonly why: string;
  /** What moved it, where to look, what to do, whose task it is. */
  readonly lines: readonly {readonly label: string; readonly text: string}[];
}

export interface DigestRestatement {
  readonly metric: string;
  readonly period: string;
  readonly old: number | null;
  readonly new: number | null;
  /** "Win rate of September 2026: 21.9 %, now 22.4 %". */
  readonly text: string;
}

/** digest.json. */
export interface Digest {
  readonly schema: "quarterdeck/digest/1";
  /** "2026-10", "2026-10-r2". */
  readonly snapshot: string;
  readonly month: string;
  readonly title: string;
  readonly language: string;
  readonly asOf: string;
  readonly frozenOn: string;
  readonly publisher: string | null;
  /** Why it stands in place of an earlier one; null for the first of its month. */
  readonly replaces: {readonly id: string; readonly reason: string} | null;
  /** Where the frozen month is read; null where the settings name no address. */
  readonly url: string | null;
  /** The month in a sentence, and the others. */
  readonly headline: string;
  readonly sentences: string;
  readonly kpis: readonly DigestKpi[];
  readonly attention: readonly DigestAttention[];
  /** How many KPIs were looked at, and by which rule. */
  readonly attentionNote: string;
  /** Numbers of the told KPIs that were published and are others now. */
  readonly restated: readonly DigestRestatement[];
  /** Those of all KPIs. */
  readonly restatedCount: number;
  /** Alerts in words, and as data; none where the settings have none. */
  readonly alerts: readonly {readonly state: AlertEntry["state"]; readonly text: string; readonly task: string | null; readonly entry: AlertEntry}[];
}
