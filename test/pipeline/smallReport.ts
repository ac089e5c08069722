// A report of one CSV source, small enough to read, in a folder of its own.

import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

export interface SmallReport {
  readonly folder: string;
  readonly config: string;
  /** An empty folder for finished builds. */
  readonly cache: string;
}

export const deals = [
  "id,agent,stage,created,closed,amount,updated",
  "1,Ana,Won,2025-01-10T09:00:00Z,2025-02-20T12:00:00Z,100.50,2025-02-20T12:00:00Z",
  "2,Ana,Lost,2025-01-11T09:00:00Z,2025-02-21T12:00:00Z,50,2025-02-21T12:00:00Z",
  "3,Ben,Won,2025-01-12T23:30:00Z,2025-03-05T12:00:00Z,200,2025-03-05T12:00:00Z",
  "4,Ben,Proposal,2025-02-01T09:00:00Z,,75,2025-03-30T22:30:00Z",
  "5,,Proposal,2025-03-01T09:00:00Z,,,2025-03-30T12:00:00Z"
];

const settings = `title: Small report
language: en
time_zone: Europe/Budapest
currency: EUR
as_of: newest
reject_limit: 50%
sources:
  - id: deals
    type: csv
    folder: exports
    tables:
      opportunity:
        file: deals.csv
        columns: {opportunity_id: id, owner_id: agent, stage: stage, created_at: created, closed_at: closed, amount: amount, updated_at: updated}
        stages: {open: [Proposal], won: [Won], lost: [Lost]}
`;

/** Writes the report; `lines` are those of deals.csv, `edit` changes the settings. */
export function smallReport({lines = deals, edit = (text: string) => text} = {}): SmallReport {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
  mkdirSync(join(folder, "exports"));
  writeFileSync(join(folder, "exports/deals.csv"), `${lines.join("\n")}\n`);
  writeFileSync(join(folder, "report.yaml"), edit(settings));
  return {folder, config: join(folder, "report.yaml"), cache: join(folder, "cache")};
}
