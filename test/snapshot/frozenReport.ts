// A small report that is frozen month by month: deals by hand, a store of its own, pages of two lines.

import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {mkdir, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {compare, snapshot, verify, type SnapshotEffects, type SnapshotExit} from "../../loaders/snapshot/command.js";
import type {FreezeEffects} from "../../loaders/snapshot/freeze.js";
import {readLedger, readPublished} from "../../loaders/snapshot/published.js";
import {readSnapshot} from "../../loaders/snapshot/store.js";

export type Deal = readonly [id: string, stage: string, created: string, closed: string, amount: string, merged?: string];

/** As they were known at the end of January 2025. */
export const january: readonly Deal[] = [
  ["D1", "Won", "2025-01-02", "2025-01-10", "100"],
  ["D2", "Lost", "2025-01-03", "2025-01-20", "50"],
  ["D3", "Won", "2025-01-06", "2025-01-24", "300"],
  ["D4", "Offer", "2025-01-08", "", "75"]
];

const settings = `title: Frozen
language: en
time_zone: UTC
currency: EUR
as_of: AS_OF
sources:
  - id: deals
    type: csv
    folder: exports
    tables:
      opportunity:
        file: deals.csv
        columns: {opportunity_id: id, stage: stage, created_at: created, closed_at: closed, amount: amount, merged_into_id: merged}
        stages: {open: [Offer], won: [Won], lost: [Lost]}
`;

/** Pages that cost nothing: what they show is the data's hash. */
export const pages: FreezeEffects["pages"] = async (_built, {asOf, hash}, out) => {
  await mkdir(out, {recursive: true});
  await writeFile(join(out, "index.html"), `<p>${asOf} ${hash}</p>\n`);
};

/** A code that stays the same while others work on the real one. */
export const code: FreezeEffects["code"] = async () => ({hash: "c0de".repeat(16), version: "1.0.0", node: "v20"});

export interface FrozenReport {
  readonly folder: string;
  readonly store: string;
  readonly config: string;
  /** Puts other deals, and another as-of day, in the place of what is there. */
  write(deals: readonly Deal[], asOf: string, edit?: (text: string) => string): void;
}

/** Makes an empty report; with a store of another one it carries on from there. */
export function frozenReport(store = join(mkdtempSync(join(tmpdir(), "quarterdeck-store-")), "months")): FrozenReport {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-frozen-"));
  mkdirSync(join(folder, "exports"));
  return {
    folder, store, config: join(folder, "report.yaml"),
    write(deals, asOf, edit = (text) => text) {
      writeFileSync(join(folder, "exports/deals.csv"), `${["id,stage,created,closed,amount,merged", ...deals.map(([id, stage, created, closed, amount, merged = ""]) => [id, stage, created, closed, amount, merged].join(","))].join("\n")}\n`);
      writeFileSync(join(folder, "report.yaml"), edit(`${settings.replace("AS_OF", asOf)}snapshots: {store: "\${STORE}", publisher: Ana}\n`));
    }
  };
}

export interface Ran {
  readonly exitCode: SnapshotExit;
  readonly out: string;
  readonly err: string;
}

async function ran(command: typeof snapshot, {config, folder, store}: FrozenReport, argv: readonly string[], {now = "2025-06-03T08:00:00Z", build = {}}: {readonly now?: string; readonly build?: SnapshotEffects["build"]} = {}): Promise<Ran> {
  let [out, err] = ["", ""];
  const exitCode = await command(["--config", config, ...argv], {
    out: (text) => (out += text), err: (text) => (err += text), progress: () => {}, done: () => {}, now, environment: {STORE: store},
    build: {pages, code, pipeline: {cache: join(folder, "cache")}, ...build}
  });
  return {exitCode, out, err};
}

export const freeze = (report: FrozenReport, argv: readonly string[] = [], options: Parameters<typeof ran>[3] = {}): Promise<Ran> => ran(snapshot, report, argv, options);
export const prove = (report: FrozenReport, argv: readonly string[] = [], options: Parameters<typeof ran>[3] = {}): Promise<Ran> => ran(verify, report, argv, options);
export const compareSaid = (report: FrozenReport, argv: readonly string[]): Promise<Ran> => ran(compare, report, argv);

export const ledgerOf = async ({store}: FrozenReport, id: string) => (await readLedger(store, id)).lines;
export const publishedOf = ({store}: FrozenReport, id: string) => readPublished(store, id);
export const snapshotOf = ({store}: FrozenReport, id: string) => readSnapshot(store, id);
export const textOf = ({store}: FrozenReport, ...path: string[]): string => readFileSync(join(store, ...path), "utf8");
export const forget = ({folder}: FrozenReport): void => rmSync(folder, {recursive: true, force: true});
