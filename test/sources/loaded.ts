// Settings read and taken in, ready to be asked.

import {asOfDay} from "../../loaders/build/asOf.js";
import {intake} from "../../loaders/canonical/intake.js";
import type {Intake} from "../../loaders/canonical/intake.js";
import {runMarts} from "../../loaders/marts.js";
import {openNative} from "../../loaders/native.js";
import {assess} from "../../loaders/quality/assess.js";
import {readSettings} from "../../loaders/settings.js";
import type {SettingsOverrides} from "../../loaders/settings.js";
import type {QualityCheck} from "../../src/query/manifest.js";
import {realData} from "../helpers/needs.js";

export interface Loaded {
  readonly intake: Intake;
  readonly rows: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  /** The data checks that fail; asked at most once. A report that names no day and has no stamp is of the end of 2025. */
  readonly failed: () => Promise<readonly QualityCheck[]>;
  readonly close: () => void;
}

/** Reads the settings at `path` and takes in their sources; the caller closes. */
export async function loaded(path: string, overrides: SettingsOverrides = {}): Promise<Loaded> {
  const settings = await readSettings(path, overrides, {...process.env, QUARTERDECK_REAL_DATA: realData()});
  const native = await openNative({threads: 2});
  try {
    const taken = await intake(settings, native);
    const failed = async (): Promise<readonly QualityCheck[]> => {
      const asOf = taken.newestStamp === null && taken.newestExport === null && settings.asOf === "newest" ? "2025-12-31" : asOfDay(settings, taken.newestStamp, taken.fed, taken.newestExport);
      await runMarts(native, {asOf, timeZone: settings.timeZone, currency: settings.currency, fed: taken.fed, custom: taken.custom});
      return (await assess(native, {settings, read: taken, asOf})).checks.filter(({status}) => status === "failed");
    };
    return {intake: taken, failed, rows: (sql) => native.run({sql, params: []}) as Promise<readonly Record<string, unknown>[]>, close: () => native.close()};
  } catch (error) {
    native.close();
    throw error;
  }
}
