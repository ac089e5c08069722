// Settings read and taken in, ready to be asked.

import {intake} from "../../loaders/canonical/intake.js";
import type {Intake} from "../../loaders/canonical/intake.js";
import {openNative} from "../../loaders/native.js";
import {readSettings} from "../../loaders/settings.js";
import type {SettingsOverrides} from "../../loaders/settings.js";
import {realData} from "../helpers/needs.js";

export interface Loaded {
  readonly intake: Intake;
  readonly rows: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => void;
}

/** Reads the settings at `path` and takes in their sources; the caller closes. */
export async function loaded(path: string, overrides: SettingsOverrides = {}): Promise<Loaded> {
  const settings = await readSettings(path, overrides, {...process.env, QUARTERDECK_REAL_DATA: realData()});
  const native = await openNative({threads: 2});
  try {
    const taken = await intake(settings, native);
    return {intake: taken, rows: (sql) => native.run({sql, params: []}) as Promise<readonly Record<string, unknown>[]>, close: () => native.close()};
  } catch (error) {
    native.close();
    throw error;
  }
}
