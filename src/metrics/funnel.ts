// What a funnel is: steps that entities of one kind go through, as plain data. `src/query/funnel` turns it into SQL.

import type {DimensionId, Predicate} from "./define.js";

/** Whose steps they are: leads, opportunities, or the cases of a plain event log. */
export type FunnelEntity = "lead" | "opportunity" | "case";

/**
 * When a step counts, W being the window from the entry, and the entry the first step (of `reached` the first event of any
 * step, too, for who skipped the first; of `any_stage` any step). `ordered`: after the step before, whatever lies between. `strict`: right after it, with no
 * other event that the funnel names between. `all_stages`: after it, with no later step between (going back is allowed).
 * `any`: within W of the entry, before or after it, and all steps before it too. `reached`: it or any later step.
 * `any_stage`: each step alone; no conversion, so there are no rates.
 */
export type FunnelMode = "ordered" | "strict" | "all_stages" | "any" | "reached" | "any_stage";

/**
 * Which entries count. `first_in_range`: an entity's first of the period. `first_ever`: its first of all, if that lies in
 * the period. `every_attempt`: one after another, the next entry being the first after the attempt converted, its window
 * passed, or it was excluded; each belongs to the period of its entry. `optimized`: of the entries in the period the one
 * that gets furthest, of equals the latest.
 */
export type FunnelRepeat = "first_in_range" | "first_ever" | "every_attempt" | "optimized";

/**
 * Whose dimensions an entry has: those of its `first` or `last` reached step or of the named step (who did not reach it is
 * in no row). `all`: the funnel is run within each member, whose events alone count; an entity may then be in two rows.
 */
export type FunnelCredit = "first" | "last" | "all" | {readonly step: string};

export const funnelModes: readonly FunnelMode[] = ["ordered", "strict", "all_stages", "any", "reached", "any_stage"];
export const funnelRepeats: readonly FunnelRepeat[] = ["first_in_range", "first_ever", "every_attempt", "optimized"];

/** Events by name, all of whose further conditions hold. */
export interface EventRule {
  readonly event: string;
  readonly where?: readonly Predicate[];
}

export interface FunnelStep {
  readonly id: string;
  /** Label from the settings or the data; steps without one have the message `step.<id>.label`. */
  readonly label?: string;
  /** One of these must hold. */
  readonly is: readonly EventRule[];
}

/** An event after step `after`, before `before` is reached and within the window, takes an entry out of the funnel. */
export interface FunnelExclusion {
  readonly is: readonly EventRule[];
  readonly after: string;
  readonly before: string;
}

export interface Funnel {
  readonly id: string;
  /** Label from the settings; shipped funnels have the message `funnel.<id>.label`. */
  readonly label?: string;
  readonly entity: FunnelEntity;
  /** Of cases: which log. */
  readonly kind?: string;
  readonly steps: readonly FunnelStep[];
  /** The build puts a step for each open stage of the stage map before the last step. */
  readonly stages?: true;
  /** Events that end it without success. */
  readonly lost: readonly EventRule[];
  readonly mode: FunnelMode;
  /** Days from the entry; null for none. */
  readonly window: number | null;
  readonly repeat: FunnelRepeat;
  readonly exclude: readonly FunnelExclusion[];
  /** A dimension that must stay the same over all steps: each of its values is followed on its own. */
  readonly hold: DimensionId | null;
  readonly credit: FunnelCredit;
}

/** The mart that tells what happened to the entities of a kind. */
export const funnelMart: Readonly<Record<FunnelEntity, string>> = {lead: "fct_lead_event", opportunity: "fct_opportunity_event", case: "fct_case_event"};

const opportunityEvents = {
  opportunity_created: "opportunity.opportunity_id",
  stage_entered: "opportunity_stage_history.entered_at|opportunity_field_history.changed_at",
  quote_sent: "quote.opportunity_id",
  opportunity_won: "opportunity.state",
  opportunity_lost: "opportunity.state",
  order_placed: "sales_order.opportunity_id|sales_order.quote_id",
  invoice_paid: "invoice.paid_at"
};

/** The events of each kind of entity, with the canonical column without which they are not known; those of cases are the log's own. */
export const funnelEvents: Readonly<Record<Exclude<FunnelEntity, "case">, Readonly<Record<string, string>>>> = {
  lead: {
    lead_created: "lead.created_at",
    lead_qualified: "lead.qualified_at",
    lead_converted: "lead.converted_at|lead.converted_opportunity_id",
    lead_lost: "lead.lost_at",
    ...Object.fromEntries(Object.entries(opportunityEvents).map(([event, need]) => [event, event === "opportunity_created" ? "lead.converted_opportunity_id" : need]))
  },
  opportunity: opportunityEvents
};
