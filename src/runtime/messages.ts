// What pages and the engine's worker say to each other. One port a page; ids are the page's own.

import type {MartFile} from "../query/manifest.js";
import type {Statement} from "../query/question.js";
import type {EngineFailure} from "./engineError.js";

/** Where the data of each mart lies; absolute addresses. */
export type MartFiles = Readonly<Record<string, MartFile>>;

export type Row = Readonly<Record<string, string | number | boolean | null>>;

export type ToEngine =
  /** First message of a page. Starts the engine when it does not run yet. */
  | {readonly kind: "open"; readonly files: MartFiles}
  /** `long`: it may take seconds, and stops when it is cancelled. */
  | {readonly kind: "run"; readonly id: number; readonly statement: Statement; readonly long: boolean}
  | {readonly kind: "cancel"; readonly id: number}
  /** The page goes away. */
  | {readonly kind: "bye"};

export type FromEngine =
  /** `reused`: the engine was up already, from an earlier page or another tab. */
  | {readonly kind: "ready"; readonly reused: boolean}
  | {readonly kind: "rows"; readonly id: number; readonly rows: readonly Row[]}
  | {readonly kind: "failed"; readonly id: number; readonly failure: EngineFailure}
  /** The engine is gone: everything under way has failed and the port is dead. */
  | {readonly kind: "gone"; readonly failure: EngineFailure};
