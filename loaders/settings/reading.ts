// What every part of the settings is read with, and what several of them write alike.

import type {SettingsProblem} from "./problems.js";
import type {Validated} from "./validate.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Reading {
  readonly file: string;
  readonly lineOf: Validated["lineOf"];
  readonly environment: Environment;
  /** Faults are added here. */
  readonly found: SettingsProblem[];
}

/** Returns the text with `${NAME}` filled in from the environment; a name that is not set becomes a fault of the place. */
export function expandVariables(text: string, path: readonly (string | number)[], {file, lineOf, environment, found}: Reading): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined || value === "") found.push({code: "missing_variable", file, line: lineOf(path), value: name});
    return value ?? "";
  });
}

/** Returns "1%" or 0.01 as a share 0–1. */
export const toShare = (share: string | number): number => (typeof share === "number" ? share : parseFloat(share) / 100);
