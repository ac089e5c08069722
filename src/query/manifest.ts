// What the build tells the pages: as-of, calendar, what was fed, what was read. Written by loaders/manifest.ts.

import type {Cohort, CohortGrain} from "../metrics/cohort.js";
import type {DimensionId, Unit} from "../metrics/define.js";
import type {Funnel, FunnelMode} from "../metrics/funnel.js";
import type {HealthRules} from "../metrics/health.js";
import type {LossRule} from "../metrics/purchases.js";
import type {NamedGoal} from "./goals.js";
import type {ReportRules} from "./rules.js";

/** Rows of one source file: rows = kept + rejected + excluded + superseded. */
export interface FileLedger {
  readonly source: string;
  readonly table: string;
  /** Path relative to the settings file. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly kept: number;
  readonly rejected: number;
  readonly excluded: number;
  readonly superseded: number;
  /** Cells that could not be typed and were left empty in kept rows. */
  readonly rejectedCells: number;
  readonly excludedWhy: Readonly<Record<string, number>>;
  /** Lines below the last record that are no rows and in none of the counts; absent where there are none. */
  readonly footer?: number;
  /** Day of an export before the newest of its source: its rows only tell history. */
  readonly earlierExport?: string;
}

/** How finely the history of a source is known that comes of comparing its exports: a change lies between two of them. */
export interface ExportHistory {
  readonly source: string;
  readonly exports: number;
  /** Days of the first and the newest export. */
  readonly first: string;
  readonly last: string;
  /** Exports that are the same to the byte as the one before. */
  readonly repeated: number;
  readonly medianGapDays: number | null;
  readonly longestGapDays: number | null;
  /** Changes found. */
  readonly changes: number;
}

export interface MartColumn {
  readonly name: string;
  readonly type: string;
}

export interface MartInfo {
  readonly name: string;
  readonly grain: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly columns: readonly MartColumn[];
}

/** Where a mart's rows lie: names or addresses of files. */
export type MartFile =
  | {
      readonly parquet: string;
      /** The same rows as a DuckDB database file, which attaches without decoding. */
      readonly database?: string;
    }
  | {readonly parquet?: undefined; readonly database: string};

/** What a page knows of the report before it asks anything: answers/report.json. */
export interface PublishedReport {
  /** Without source files and checks, which no question needs. */
  readonly manifest: Manifest;
  /** File names of every mart and cube, in the folder `marts` beside that of the answers. */
  readonly files: Readonly<Record<string, MartFile>>;
}

/**
 * A mart counted beforehand: one row per span between breakpoints and member of each dimension of a rung. The column
 * `rung` says which; narrow rungs have few rows.
 */
export interface CubeInfo extends MartInfo {
  /** The mart whose rows it counts. */
  readonly mart: string;
  /** Widest first. */
  readonly rungs: readonly {readonly dimensions: readonly DimensionId[]; readonly rows: number}[];
}

/** A funnel worked out beforehand in one of its modes: see src/query/funnel/walks.ts. */
export interface WalkInfo extends MartInfo {
  /** Id of the funnel. */
  readonly funnel: string;
  readonly mode: FunnelMode;
}

/** A part of a funnel's tally: a mode and window of the funnel, and what its entries are counted by. */
export interface TallyPart {
  readonly mode: FunnelMode;
  /** Days; null for none. */
  readonly window: number | null;
  readonly dimensions: readonly DimensionId[];
  readonly rows: number;
}

/** The entries of a funnel counted beforehand: see src/query/funnel/tallies.ts. */
export interface TallyInfo extends MartInfo {
  /** Id of the funnel. */
  readonly funnel: string;
  /** Column `part` of a row is a position in this list. */
  readonly parts: readonly TallyPart[];
}

/** A part of a funnel's day counts: those of a mode and window from the first step to the last, or of all other pairs of steps. */
export interface PacePart extends TallyPart {
  readonly whole: boolean;
}

/** How many took how many days, counted beforehand: see src/query/funnel/paces.ts. */
export interface PaceInfo extends MartInfo {
  /** Id of the funnel. */
  readonly funnel: string;
  /** Column `part` of a row is a position in this list. */
  readonly parts: readonly PacePart[];
}

/** A part of a cohort's tally: how long its periods are, and what its cells are counted by. */
export interface CohortTallyPart {
  readonly grain: CohortGrain;
  readonly dimensions: readonly DimensionId[];
  /** First day of the oldest cohort in it; null for all. */
  readonly from: string | null;
  readonly rows: number;
}

/** The cells of a cohort counted beforehand: see src/query/cohort/tallies.ts. */
export interface CohortTallyInfo extends MartInfo {
  /** Id of the cohort. */
  readonly cohort: string;
  /** Column `part` of a row is a position in this list. */
  readonly parts: readonly CohortTallyPart[];
  /** First day on which anyone begins. */
  readonly firstDay: string;
}

/** One dimension a reader may filter and break down by. */
export interface DimensionInfo {
  readonly id: DimensionId;
  /** Members in display order (sorted text; stages in stage order); null last where some records have none. */
  readonly members: readonly (string | null)[];
  /** Label of a custom dimension, from the settings; shipped ones are in the locale files. */
  readonly label?: string;
  /** Marts that carry the dimension as a column of this name. */
  readonly marts: readonly string[];
}

/** Amounts of a currency that no rate turns into the report's, with the first and last day whose rate they need. */
export interface UnratedCurrency {
  readonly currency: string;
  readonly first: string;
  readonly last: string;
  /** Rows that lack the rate, of the mart where most do. */
  readonly count: number;
}

/** One custom measure kept by settings: a numeric column of a mart. */
export interface MeasureInfo {
  /** Column name in the mart. */
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly mart: string;
}

/** What a failed check does: stop refuses the report, warn and note are told. */
export type Grade = "stop" | "warn" | "note";

/** A record that fails a check. */
export interface CheckExample {
  /** Id of the record, or what is looked at where that is no record: the id looked for, a currency, a stage. Masked where it may name a person. */
  readonly id: string;
  /** What is wrong with it, as data: "2025-03-01 before 2025-03-04". */
  readonly detail?: string;
  /** Records that share the example; 1 where absent. */
  readonly count?: number;
}

/** What one check of loaders/quality found at one place. Its words are the messages check.<id>.label, .meaning and .remedy. */
export interface QualityCheck {
  /** references, dates_in_order, amount_extreme … */
  readonly id: string;
  /** Canonical table; "" for a check of the whole report. */
  readonly table: string;
  /** Canonical column; "" for a check of whole rows. */
  readonly column: string;
  /** What it is compared with: the earlier date, the table referred to, a day, currencies, a file. */
  readonly beside?: string;
  /** Where the check is of one source. */
  readonly source?: string;
  /** As the settings have it, else as declared. */
  readonly grade: Grade;
  /** absent: no source feeds what it needs; off: switched off in the settings. */
  readonly status: "passed" | "failed" | "absent" | "off";
  /** Records that fail. */
  readonly count: number;
  /** Records looked at. */
  readonly of: number;
  /** Numbers that the settings may change: {days: 7}. */
  readonly limits: Readonly<Record<string, number>>;
  /** Canonical columns that no source feeds; of absent checks only. */
  readonly lacks: readonly string[];
  /** The first by id, at most five. */
  readonly examples: readonly CheckExample[];
}

/** How old the newest record of a source's table is on the as-of day. The age by the clock is no part of a build. */
export interface Freshness {
  readonly source: string;
  readonly table: string;
  /** Newest modification stamp; where the table has none, the newest day on which something happened to a record. ISO in UTC; null without either. */
  readonly newest: string | null;
  /** Days of the report's zone from the newest stamp to as-of; 0 where it is later. */
  readonly ageDays: number | null;
}

/** Records that explain a part of a difference between the CRM's total and ours. */
export interface ReconcileRecords {
  readonly count: number;
  /** Theirs minus ours, in the metric's unit. */
  readonly difference: number;
  /** The largest first, at most twenty. `why` of a record only in theirs: not_in_export, deleted, merged, test, not_counted … */
  readonly examples: readonly {readonly id: string; readonly theirs: number | null; readonly ours: number | null; readonly why?: string}[];
}

/** One line of reconcile.csv: the CRM's own total beside ours. */
export interface Reconciliation {
  /** Line in the file, the header being 1. */
  readonly line: number;
  readonly metric: string;
  readonly period: string;
  readonly where: readonly {readonly dimension: DimensionId; readonly values: readonly (string | null)[]}[];
  readonly theirs: number;
  /** Null where the metric has no value. */
  readonly ours: number | null;
  /** Theirs minus ours. */
  readonly difference: number | null;
  /** Largest difference that counts as equal. */
  readonly tolerance: number;
  readonly agrees: boolean;
  /** Only where the line names a file of the CRM's own records. */
  readonly records?: {readonly onlyTheirs: ReconcileRecords; readonly onlyOurs: ReconcileRecords; readonly different: ReconcileRecords};
}

/** What a hygiene list is about. */
export type HygieneSubject = "opportunity" | "closed_opportunity" | "lead" | "account" | "contact" | "training";

/** A record that somebody should look at in the CRM. */
export interface HygieneRecord {
  /** Id in the CRM; masked where it may name a person. */
  readonly id: string;
  readonly owner?: string | null;
  readonly team?: string | null;
  /** Stage of an opportunity, status of a lead, name of a course. */
  readonly stage?: string | null;
  /** In the report's currency; null where it has none, or no rate. */
  readonly amount?: number | null;
  /** What they count from differs by list: the message hygiene.<id>.days says. */
  readonly days?: number | null;
  /** Days that nine in ten of the stays in this stage took. */
  readonly usual_days?: number | null;
  /** How many ended stays these are of. */
  readonly usual_n?: number | null;
  /** Whether those are the stays in the stage, or, where these are too few, in all. */
  readonly usual_of?: "stage" | "all" | null;
  /** Id of the record that it repeats. */
  readonly same_as?: string | null;
}

export type HygieneColumn = keyof HygieneRecord;

/** Records with one thing missing or overdue. Words are the messages hygiene.<id>.label, .meaning, .remedy and .days. */
export interface HygieneList {
  /** past_close_date, no_amount …; the stem of loaders/quality/hygiene/lists/<id>.sql and of hygiene/<id>.csv. */
  readonly id: string;
  readonly about: HygieneSubject;
  /** Canonical columns that no source feeds, alternatives as "a|b"; where there are any, nothing was looked for. */
  readonly lacks: readonly string[];
  readonly count: number;
  /** Records looked at. */
  readonly of: number;
  /** Sum of the amounts; null where the list has none. */
  readonly value: number | null;
  /** Records of a list with amounts that have none. */
  readonly unpriced: number;
  readonly columns: readonly HygieneColumn[];
  /** Those of the largest amount, then the most days, at most ten. */
  readonly first: readonly HygieneRecord[];
}

/** What one owner has to mend. */
export interface HygieneOwner {
  readonly owner: string | null;
  readonly team: string | null;
  /** Records by list id; lists without any have no entry. */
  readonly counts: Readonly<Record<string, number>>;
  /** Open deals in any list, and their amounts. */
  readonly deals: number;
  readonly value: number;
}

/** Whose an opportunity's numbers are: the owner's on the day of the event, or the present one's of all its days. */
export type OwnerCredit = "at_event" | "current";

/** A window that the data gave. */
export interface MeasuredWindow {
  readonly days: number;
  /** Records that had reached the conversion by as-of. */
  readonly n: number;
  /** False where these were too few: then it is the declared one. */
  readonly measured: boolean;
}

/** The records that a sales manager has to see to, as of the as-of day. */
export interface Hygiene {
  readonly lists: readonly HygieneList[];
  /** Age in hours from which an open lead that nobody contacted is listed. */
  readonly uncontactedHours: number;
  /** Owners with the largest amounts first, at most a hundred. */
  readonly owners: readonly HygieneOwner[];
  /** Owners with anything to mend. */
  readonly ownerCount: number;
  /** Open deals in any list about them, each once. */
  readonly deals: {readonly count: number; readonly of: number; readonly value: number};
  /** Open leads in any list about them, each once. */
  readonly leads: {readonly count: number; readonly of: number};
}

/** Cells of one column of a file that were rejected for one reason. */
export interface RejectSample {
  readonly file: string;
  readonly table: string;
  /** Heading in the file; null for whole rows. */
  readonly column: string | null;
  /** date, number …, required, state, malformed, list. */
  readonly rule: string;
  readonly count: number;
  /** The first rows, at most three. The value is null where the cell is empty, masked where it may name a person. */
  readonly examples: readonly {readonly row: number; readonly value: string | null; readonly masked?: true}[];
}

/** What is known of the quality of the data. Nothing in it depends on the clock. */
export interface Quality {
  /** Failed ones first, by grade; then passed, absent, off; then as declared. */
  readonly checks: readonly QualityCheck[];
  /** By source, then table. */
  readonly freshness: readonly Freshness[];
  /** Sources whose history comes of comparing their exports; absent where there are none. */
  readonly history?: readonly ExportHistory[];
  /** In the order of the file. */
  readonly reconcile: readonly Reconciliation[];
  /** Absent where the report names no records. */
  readonly hygiene?: Hygiene;
  /** The most frequent first, at most forty. */
  readonly rejects?: readonly RejectSample[];
}

/** What was done about a KPI, as the company wrote it: an internal note, absent where the report is public. */
export interface Action {
  /** Id of the KPI. */
  readonly metric: string;
  /** The part of the company it is for; null for the whole. A null value stands for records without one. */
  readonly segment: {readonly dimension: DimensionId; readonly value: string | null} | null;
  readonly action: string;
  readonly role: string | null;
  /** First day on which it works. */
  readonly start: string;
  /** Where the number is meant to go, and by how much in its unit; null where nobody says. */
  readonly expected: {readonly direction: "up" | "down"; readonly by: number | null} | null;
  /** What of it means nothing in this report: it is told, and not judged. */
  readonly fault?: "metric" | "segment" | "expected";
}

/** Something that happened on a day, as the company wrote it: drawn on axes of time. */
export interface EventNote {
  readonly date: string;
  readonly label: string;
}

/** A month as it was told, served beside the report. */
export interface FrozenMonth {
  /** "2026-10", "2026-10-r2": its folder. */
  readonly id: string;
  readonly month: string;
  readonly asOf: string;
  /** Day on which it was frozen. */
  readonly frozenOn: string;
  readonly publisher: string | null;
  readonly replaces: {readonly id: string; readonly reason: string} | null;
  readonly replacedBy: string | null;
  /** Its pages: "funnel.html". */
  readonly pages: readonly string[];
  /** What it told of its month, by KPI. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** A published number that is another one in a later month. */
export interface RestatedNumber {
  readonly metric: string;
  readonly period: string;
  readonly old: number | null;
  readonly new: number | null;
  /** The month that tells it. */
  readonly seenIn: string;
  readonly seenOn: string;
  readonly causes: readonly {readonly cause: string; readonly records: number; readonly detail?: string}[];
}

/** What a frozen month forecast of the next. */
export interface FrozenForecast {
  /** The snapshot that keeps it: the first of its month. */
  readonly id: string;
  /** Day at whose end it stood so. */
  readonly statedOn: string;
  readonly period: string;
  /** By way to forecast. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** What the report knows of its frozen months: oldest first, restated numbers newest first. */
/** All that a frozen month told of itself, and what it says of the months frozen before it. */
export interface ToldMonth {
  /** "2026-10", "2026-10-r2". */
  readonly id: string;
  readonly month: string;
  /** Value and records of its own month, by KPI. */
  readonly values: Readonly<Record<string, readonly [value: number | null, n: number]>>;
  /** Version of each KPI's definition. */
  readonly versions: Readonly<Record<string, number>>;
  /** By id of an earlier month: what its numbers are here, where they are others. */
  readonly restated: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

export interface Archive {
  readonly months: readonly FrozenMonth[];
  /** In the order of `months`. */
  readonly told?: readonly ToldMonth[];
  readonly restated: readonly RestatedNumber[];
  /** Oldest first. */
  readonly forecasts?: readonly FrozenForecast[];
}

/** Calendar rules of the report. */
export interface CalendarRules {
  readonly timeZone: string;
  /** 1 = January. */
  readonly fiscalYearStart: number;
  /** 1 = Monday (ISO week) … 7 = Sunday. */
  readonly weekStart: number;
  /** ISO weekday numbers. */
  readonly workingDays: readonly number[];
  readonly holidays: readonly string[];
}

export interface Manifest {
  readonly title: string;
  readonly locale: string;
  readonly currency: string;
  readonly asOf: string;
  /** How as-of was found: set in the settings, or the newest modification stamp. */
  readonly asOfRule: "set" | "newest";
  /** First and last day with any record. */
  readonly firstDay: string;
  /** First day of each date column of the facts, "fct_lead.created_date": what is placed by it is not known earlier. */
  readonly firstDays?: Readonly<Record<string, string>>;
  /** Currencies without a rate; marts with amounts name them in `unrated_currency`. Absent where all have one. */
  readonly unrated?: readonly UnratedCurrency[];
  readonly fictional: boolean;
  readonly calendar: CalendarRules;
  /** Period shown when the reader chose none: "closed:month" and the like. */
  readonly defaultPeriod: string;
  /** Canonical columns that some source feeds: "opportunity.amount". */
  readonly fed: readonly string[];
  /** Canonical columns that some source feeds and that are not published; absent where there are none. */
  readonly withheld?: readonly string[];
  readonly dimensions: readonly DimensionInfo[];
  readonly measures: readonly MeasureInfo[];
  readonly marts: readonly MartInfo[];
  /**
   * Marts whose rows are records of the CRM, with the canonical table they are of. Their ids stand beside the mart, row by row,
   * in a mart of the name `idsOf`. Absent where the report is public.
   */
  readonly records?: Readonly<Record<string, string>>;
  /** The cohorts of the report: shipped ones, as the settings have them, then those of the settings. Absent in manifests made by hand. */
  readonly cohorts?: readonly Cohort[];
  /** The funnels of the report: shipped ones, as the settings have them, then those of the settings. Absent in manifests made by hand. */
  readonly funnels?: readonly Funnel[];
  /** Of the funnels that pay; absent in manifests made by hand. */
  readonly walks?: readonly WalkInfo[];
  readonly tallies?: readonly TallyInfo[];
  readonly paces?: readonly PaceInfo[];
  /** Of the cohorts that pay; absent in manifests made by hand. */
  readonly cohortTallies?: readonly CohortTallyInfo[];
  /** Only those that are much smaller than their marts. */
  readonly cubes?: readonly CubeInfo[];
  readonly files: readonly FileLedger[];
  /** Members of a breakdown with fewer records have no number; absent where all have one. */
  readonly minGroup?: number;
  /** Absent in manifests made by hand. */
  readonly quality?: Quality;
  /** The definition that stands for a KPI, by its id; absent where all are the declared ones. */
  readonly variants?: Readonly<Record<string, string>>;
  /** Overrides of declared windows by metric id: days, or null for none. */
  readonly windows: Readonly<Record<string, number | null>>;
  /** Windows that the data gave, by metric id; they stand in `windows` too. Absent where there are none. */
  readonly measuredWindows?: Readonly<Record<string, MeasuredWindow>>;
  /** Days without a paid subscription from which on a customer has left; absent where they are the usual ones. */
  readonly graceDays?: number;
  /** When a customer without a contract counts as lost; absent where it is by the gaps of its segment. */
  readonly loss?: LossRule;
  /** Absent where the owner at the event has the credit. */
  readonly ownerCredit?: "current";
  /** Newest first; absent where there are none, and where the report is public. */
  readonly actions?: readonly Action[];
  /** By date; absent where there are none. */
  readonly events?: readonly EventNote[];
  /** Goals with a name, a parent or milestones; absent where there are none, and where the report is public. */
  readonly goals?: readonly NamedGoal[];
  /** What the settings say of how numbers are judged and explained; absent where they say nothing. */
  readonly rules?: ReportRules;
  /** Weights and bands of the customers' health; absent where they are the declared ones. */
  readonly health?: HealthRules;
  /** Absent in every frozen month. */
  readonly archive?: Archive;
  /** SHA-256 over inputs, settings and code: the cache key of everything computed from them. */
  readonly hash: string;
}

/** Name of the mart that holds the CRM's ids of a mart's rows, in its order. */
export const idsOf = (mart: string): string => `ids_of_${mart}`;
