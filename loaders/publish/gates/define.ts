// What a release has to pass before readers see it, beside what the build has refused already (data checks, personal data).

import {z} from "zod";
import type {Grade} from "../../../src/query/manifest.js";

export const gateIds = ["links", "sizes", "pages", "requests"] as const;
export type GateId = (typeof gateIds)[number];

/** What one gate found. */
export interface GateResult {
  readonly id: GateId;
  readonly grade: Grade;
  /** `unknown`: it could not be looked at. */
  readonly status: "passed" | "failed" | "unknown";
  /** Where, what and how to mend it; of an unknown one, why. */
  readonly findings: readonly string[];
}

export interface GateRule {
  readonly grade: Grade | "off";
  readonly limits: Readonly<Record<string, number>>;
}

export type GateRules = Readonly<Record<GateId, GateRule>>;

/** Grades and limits where the settings say nothing. 100 MB is what hosts of git repositories take of a file. */
const declared: GateRules = {
  links: {grade: "stop", limits: {}},
  sizes: {grade: "warn", limits: {site_mb: 1000, file_mb: 100, page_mb: 3}},
  pages: {grade: "stop", limits: {}},
  requests: {grade: "stop", limits: {}}
};

const grade = z.enum(["stop", "warn", "note", "off"]);

/** Key of report.yaml about gates. */
export const gatesSchema = z
  .strictObject(Object.fromEntries(gateIds.map((id) => {
    const {grade: usual, limits} = declared[id];
    const numbers = Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, z.number().positive().optional().describe(`Default ${value}`)]));
    return [id, z.union([grade, z.strictObject({grade: grade.optional().describe(`Default ${usual}`), ...numbers})]).optional()];
  })))
  .default({})
  .describe("Grades of what a release is looked at for by npm run publish, and their limits; src/guide/publishing.md");

/** Returns the rule of every gate: as declared, where the settings say nothing. */
export function gateRules(written: z.output<typeof gatesSchema>): GateRules {
  return Object.fromEntries(gateIds.map((id): [GateId, GateRule] => {
    const own = (written as Readonly<Record<string, string | Readonly<Record<string, unknown>> | undefined>>)[id];
    const {grade: given = declared[id].grade, ...numbers} = (typeof own === "string" ? {grade: own} : own ?? {}) as {readonly grade?: Grade | "off"} & Readonly<Record<string, number>>;
    return [id, {grade: given, limits: {...declared[id].limits, ...numbers}}];
  })) as GateRules;
}
