// What the build tells the pages: as-of, calendar, what was fed, what was read. Written by loaders/manifest.ts.

import type {DimensionId} from "../metrics/define.js";

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

/** One custom measure kept by settings: a numeric column of a mart. */
export interface MeasureInfo {
  /** Column name in the mart. */
  readonly id: string;
  readonly label: string;
  readonly unit: "count" | "currency" | "percent" | "days" | "ratio" | "score";
  readonly mart: string;
}

/** Something odd in the data that did not stop the build. */
export interface DataWarning {
  /** dates_out_of_order, unmatched_reference, missing_rate … */
  readonly code: string;
  readonly table: string;
  readonly column: string;
  /** The earlier date, the table referred to, or the currencies without a rate. */
  readonly beside?: string;
  /** Records concerned. */
  readonly count: number;
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
  readonly fictional: boolean;
  readonly calendar: CalendarRules;
  /** Period shown when the reader chose none: "closed:month" and the like. */
  readonly defaultPeriod: string;
  /** Canonical columns that some source feeds: "opportunity.amount". */
  readonly fed: readonly string[];
  readonly dimensions: readonly DimensionInfo[];
  readonly measures: readonly MeasureInfo[];
  readonly marts: readonly MartInfo[];
  /** Only those that are much smaller than their marts. */
  readonly cubes?: readonly CubeInfo[];
  readonly files: readonly FileLedger[];
  readonly warnings?: readonly DataWarning[];
  /** Overrides of declared windows by metric id: days, or null for none. */
  readonly windows: Readonly<Record<string, number | null>>;
  /** SHA-256 over inputs, settings and code: the cache key of everything computed from them. */
  readonly hash: string;
}
