import {byNearness, nearestFew} from "./nearest.js";

export type QuestionErrorCode =
  | "unknown_metric" | "unknown_funnel" | "unknown_step" | "unknown_cohort" | "unknown_choice" | "unknown_dimension" | "unknown_member" | "unknown_period" | "unknown_grain"
  | "period_after_as_of" | "range_reversed" | "repeated_dimension" | "empty_filter" | "trend_count" | "identifier" | "unknown_variant" | "no_records" | "no_targets";

interface Details {
  readonly code: QuestionErrorCode;
  /** The word that was not understood. */
  readonly value: string;
  /** What happened, without the remedy. */
  readonly message: string;
  /** What would be understood; the nearest is suggested. */
  readonly allowed?: readonly string[];
  /** The suggestion, where it is not a matter of spelling. */
  readonly nearest?: string;
}

/** A question that cannot be answered as it stands. The message says what is allowed and the nearest right word. */
export class QuestionError extends Error {
  readonly code: QuestionErrorCode;
  readonly value: string;
  readonly allowed: readonly string[];
  readonly nearest: string | undefined;

  constructor({code, value, message, allowed = [], nearest: suggestion}: Details) {
    const meant = suggestion === undefined ? nearestFew(value, allowed) : [suggestion];
    const listed = allowed.length > 12 ? [...byNearness(value, allowed).slice(0, 12), `… (${allowed.length} in all)`] : allowed;
    super([
      message,
      meant.length ? `; did you mean ${meant.map((word) => JSON.stringify(word)).join(" or ")}?` : "",
      listed.length ? ` Allowed: ${listed.join(", ")}.` : ""
    ].join(""));
    this.name = "QuestionError";
    this.code = code;
    this.value = value;
    this.allowed = allowed;
    this.nearest = meant[0];
  }
}
