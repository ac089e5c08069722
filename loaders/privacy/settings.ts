// The grammar of what report.yaml says about privacy.

import {z} from "zod";
import {canonicalTables, type CanonicalTable} from "../canonical/schema.js";
import type {SourceDeclaration} from "../sources/define.js";

/** Keys of report.yaml about what may be published, and of whom. */
export const privacyKeys = {
  audience: z.enum(["internal", "public"]).default("internal").describe("Who may read the report; for public, internal columns are published only where publish names them"),
  publish: z
    .array(z.strictObject({
      column: z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/, "table.column, such as opportunity.amount").describe("Column that is published in spite of its privacy class: opportunity.amount"),
      reason: z.string().trim().min(3).describe("Why; for those who ask later")
    }))
    .default([])
    .describe("Personal columns of your own, and with audience: public internal ones, that are published nevertheless"),
  owners: z.enum(["names", "pseudonyms"]).default("names").describe("How colleagues are shown"),
  pseudonym_key: z.string().optional().describe("Secret that pseudonyms are made with, at least 16 characters: ${QUARTERDECK_PSEUDONYM_KEY}"),
  min_group: z.int().min(1).default(1).describe("Members of a breakdown with fewer records have no number"),
  allow: z.array(z.string().min(3)).default([]).describe("E-mail addresses and telephone numbers that may stand in the report; * stands for anything: *@example.com")
};

/** What may be published. */
export interface PrivacySettings {
  readonly audience: "internal" | "public";
  /** Columns that are published in spite of their class: "opportunity.amount". */
  readonly publish: readonly {readonly column: string; readonly reason: string}[];
  /** Secret that the pseudonyms of owners are made with; null where names are shown. */
  readonly pseudonymKey: string | null;
  /** Members of a breakdown with fewer records have no number; 1 where all have. */
  readonly minGroup: number;
  /** E-mail addresses and telephone numbers that may stand in the report; an asterisk stands for any characters. */
  readonly allow: readonly string[];
}

/** Everything is as where the settings say nothing. */
export const openPrivacy: PrivacySettings = {audience: "internal", publish: [], pseudonymKey: null, minGroup: 1, allow: []};

/** Characters that a key must have at least: with less, names could be tried out against it. */
export const shortestKey = 16;

/** Returns the names of the sources' personal columns that the settings publish. */
export function publishedPersonal({publish}: Pick<PrivacySettings, "publish">, sources: readonly Pick<SourceDeclaration, "mappings">[]): string[] {
  const named = new Set(publish.map(({column}) => column));
  return sources.flatMap(({mappings}) => mappings.flatMap(({table, custom}) => Object.entries(custom).filter(([name, {privacy}]) => privacy === "personal" && named.has(`${table}.${name}`)).map(([name]) => name)));
}

/** Returns the columns that may be named in `publish`: those of the model and those kept by the sources. */
export function publishable(sources: readonly SourceDeclaration[]): string[] {
  const model = Object.entries<CanonicalTable>(canonicalTables).flatMap(([table, {columns}]) => Object.keys(columns).map((name) => `${table}.${name}`));
  const custom = sources.flatMap(({mappings}) => mappings.flatMap(({table, custom}) => Object.keys(custom).map((name) => `${table}.${name}`)));
  return [...new Set([...custom, ...model])];
}
