// What an alert is, as data.

/** Lists whose records an alert can be about: those of loaders/quality/hygiene, and the customers at risk. */
export const alertLists = [
  "closed_on_another_day", "duplicate_accounts", "duplicate_contacts", "duplicate_leads", "leads_overdue", "leads_uncontacted", "leads_without_follow_up",
  "leads_without_owner", "leads_without_source", "no_amount", "no_next_step", "no_owner", "no_source", "past_close_date", "stale_in_stage", "training_overdue",
  "customers_at_risk"
] as const;
export type AlertList = (typeof alertLists)[number];

interface Rule {
  /** The name that the settings give it. */
  readonly id: string;
  /** Of a number: fires above this. Of a list: records worth more than this. */
  readonly above: number | null;
  /** Days after which one that goes on is told again; null for once. */
  readonly again: number | null;
  /** Days from as-of until its task is due. */
  readonly due: number;
  readonly task: string | null;
  /** Whose task it is where what it is about has no owner. */
  readonly owner: string | null;
}

export interface MetricRule extends Rule {
  readonly kind: "metric";
  /** Id, with its variant behind a colon where one is named. */
  readonly metric: string;
  /** Dimension whose members are judged one by one; null for the whole. */
  readonly by: string | null;
  readonly period: string;
  readonly below: number | null;
  readonly signal: "worse" | "any" | null;
  /** A number that fired has to come back to this; null for the limit itself. */
  readonly recover: number | null;
}

export interface ListRule extends Rule {
  readonly kind: "list";
  readonly list: AlertList;
}

export type AlertRule = MetricRule | ListRule;

/**
 * How what an alert is about stands: `held` has come back over its limit and not yet to where it recovers; of the
 * `unknown` nothing can be said (no data, too few records), and what was goes on.
 */
export type AlertStanding = "fires" | "held" | "clear" | "unknown";

/** What was found of one alert and one of what it is about. */
export interface AlertFinding {
  readonly alert: string;
  /** Member of the dimension, or id of the record in the CRM; null for the whole, or for records without a member. */
  readonly entity: string | null;
  readonly standing: AlertStanding;
  /** The number, or what the record is worth. */
  readonly value: number | null;
  readonly owner: string | null;
}

/** What is kept of an alert that goes on, for the next run. */
export interface AlertMemory {
  readonly alert: string;
  readonly entity: string | null;
  /** As-of day on which it was found first. */
  readonly since: string;
  /** As-of day on which it was told last. */
  readonly told: string;
}

export interface AlertEntry extends AlertMemory {
  readonly state: "new" | "ongoing" | "recovered";
  /** Whether it is told now: new and recovered ones, and ongoing ones whose time has come again. */
  readonly tell: boolean;
  readonly value: number | null;
  readonly owner: string | null;
}

/** alerts.json. */
export interface AlertReport {
  readonly schema: "quarterdeck/alerts/1";
  readonly asOf: string;
  /** The snapshot with which it is compared; null without one. */
  readonly previous: string | null;
  /** In the order of the rules: new ones first, then ongoing and recovered ones. */
  readonly entries: readonly AlertEntry[];
}
