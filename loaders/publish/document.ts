// What `npm run publish -- --json` prints: one document, whatever came of the run. `--schema` prints its JSON Schema.

import {z} from "zod";
import {gateIds, type GateResult} from "./gates/define.js";
import type {KeptRelease, Placed} from "./target.js";

const count = z.int().nonnegative();
const files = z.object({added: z.array(z.string()), changed: z.array(z.string()), removed: z.array(z.string()), same: count});

export const publishSchema = z.object({
  outcome: z.enum(["published", "rolled_back", "unchanged", "would_change", "listed", "settings", "target", "gate", "busy"]).describe("What came of the run"),
  exitCode: z.int().min(0).max(5),
  message: z.string().nullable().describe("Why nothing was published; null where nothing is wrong"),
  target: z.string().nullable(),
  release: z.object({id: z.string(), title: z.string(), asOf: z.string()}).nullable(),
  changes: files.nullable().describe("Files by path at the target"),
  bytes: count.nullable().describe("Bytes of added and changed files"),
  dropped: z.array(z.string()).describe("Releases that are kept no longer"),
  kept: z.object({releases: count, bytes: count.nullable()}).nullable().describe("Kept releases, this one too, and the bytes of their different files"),
  gates: z.array(z.object({id: z.enum(gateIds), grade: z.enum(["stop", "warn", "note"]), status: z.enum(["passed", "failed", "unknown"]), findings: z.array(z.string())})).nullable().describe("What the build was looked at for; null where nothing was to be published"),
  list: z.array(z.object({id: z.string(), title: z.string(), asOf: z.string(), published: z.string(), files: count, current: z.boolean()})).nullable().describe("Kept releases, the last published first")
});

export type PublishDocument = z.output<typeof publishSchema>;

export interface DocumentParts {
  readonly outcome: PublishDocument["outcome"];
  readonly target: string | null;
  readonly exitCode?: number;
  readonly message?: string;
  readonly placed?: Placed;
  readonly gates?: readonly GateResult[];
  readonly list?: readonly KeptRelease[];
}

/** Returns the document of a run. */
export const publishDocument = ({outcome, target, exitCode = 0, message, placed, gates, list}: DocumentParts): PublishDocument =>
  publishSchema.parse({
    outcome, exitCode, message: message ?? null, target, release: placed?.release ?? null, changes: placed?.changes ?? null,
    bytes: placed?.bytes ?? null, dropped: placed?.dropped ?? [], kept: placed?.kept ?? null, gates: gates ?? null, list: list ?? null
  });
