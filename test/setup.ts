// A warning is a failure: whatever a test prints to console.warn or console.error, and every process warning, fails it.
// A test that expects one replaces the method: vi.spyOn(console, "warn").mockImplementation(() => {}).

import {format} from "node:util";
import {afterEach, expect} from "vitest";

const heard: string[] = [];
const own = {warn: console.warn, error: console.error};

for (const level of ["warn", "error"] as const) {
  console[level] = (...values: unknown[]) => {
    heard.push(`console.${level}: ${format(...values)}`);
    own[level](...values);
  };
}

process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") heard.push(`${warning.name}: ${warning.message}`);
});

afterEach(() => {
  const warnings = heard.splice(0);
  expect(warnings, "warnings printed during the test").toEqual([]);
});
