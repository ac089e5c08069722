// The CRM's own totals beside ours.

import {join} from "node:path";
import {ask} from "../../../src/query/ask.js";
import type {Manifest, Reconciliation} from "../../../src/query/manifest.js";
import type {Run} from "../../../src/query/question.js";
import {QuestionError} from "../../../src/query/questionError.js";
import type {Mart} from "../../marts.js";
import {openNative, quoteIdentifier, quoteText, type Native} from "../../native.js";
import {SettingsError} from "../../settings/problems.js";
import {explain, RecordsError} from "./explain.js";
import type {ReconcileLine, ReconcileSettings} from "./readReconcile.js";

export interface ReconcileOptions {
  readonly settings: ReconcileSettings;
  readonly manifest: Manifest;
  /** The written marts: totals are asked of what is published. */
  readonly folder: string;
  readonly marts: readonly Mart[];
}

/**
 * Returns each line with our value for the same question, and the records that explain the difference where the line
 * names a file of them. Throws a SettingsError that names the line where a metric, period or member is unknown.
 */
export async function reconcile(native: Native, {settings: {file, lines}, manifest, folder, marts}: ReconcileOptions): Promise<Reconciliation[]> {
  const published = await openNative();
  try {
    for (const {name} of manifest.marts) await published.exec(`create view ${quoteIdentifier(name)} as select * from read_parquet(${quoteText(join(folder, `${name}.parquet`))})`);
    const results: Reconciliation[] = [];
    for (const line of lines) results.push(await reconcileLine(line, {native, run: published.run, manifest, marts}).catch((error: unknown) => refuse(error, file, line)));
    return results;
  } finally {
    published.close();
  }
}

interface Context {
  readonly native: Native;
  readonly run: Run;
  readonly manifest: Manifest;
  readonly marts: readonly Mart[];
}

async function reconcileLine({line, metric, period, where, value: theirs, tolerance, records}: ReconcileLine, {native, run, manifest, marts}: Context): Promise<Reconciliation> {
  const answer = await ask({metrics: [metric], period, filters: where}, {manifest, run});
  if (answer.notApplied.length > 0) throw new RecordsError("where", answer.notApplied[0]!.dimension, `a dimension of ${metric}`);
  const ours = answer.rows.find(({role, total}) => role === "current" && total)?.value ?? null;
  const difference = ours === null ? null : rounded(theirs - ours);
  const agrees = difference !== null && Math.abs(difference) <= tolerance * (1 + 1e-9);
  return {
    line, metric, period, where, theirs, ours, difference, tolerance, agrees,
    ...(records && {records: await explain(native, {metric, period, where, path: records.path, manifest, marts})})
  };
}

/** Without the noise of binary fractions. */
const rounded = (value: number): number => Number(value.toFixed(9));

function refuse(error: unknown, file: string, {line}: ReconcileLine): never {
  if (error instanceof QuestionError) {
    const {allowed, nearest} = error;
    throw new SettingsError([{code: "wrong_value", file, line, value: error.message.split(/; did you mean | Allowed: /)[0]!, allowed, ...(nearest !== undefined && {nearest})}]);
  }
  if (error instanceof RecordsError) throw new SettingsError([{code: "wrong_value", file, line, key: error.key, value: error.value, expected: error.message}]);
  throw error;
}
