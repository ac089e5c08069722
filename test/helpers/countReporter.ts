// Prints the plain last line of a test run, "N passed, N failed, N skipped", after saying why tests were skipped.

import {writeFileSync} from "node:fs";
import type {Reporter, TestCase, TestModule} from "vitest/node";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Skipped tests by what they would need: "browser", "real data". */
  skippedFor: Record<string, number>;
}

const needs = /\[needs ([^\]]+)\]/;

/** Counts tests by outcome; a file that fails to load and an error outside any test count as one failure each. */
export function countTests(modules: readonly TestModule[], errors: readonly unknown[] = []): Counts {
  const counts: Counts = {passed: 0, failed: errors.length, skipped: 0, skippedFor: {}};
  for (const module of modules) {
    if (module.errors().length > 0) counts.failed++;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed++;
    for (const test of module.children.allTests()) countTest(counts, test);
  }
  return counts;
}

function countTest(counts: Counts, test: TestCase) {
  const {state} = test.result();
  if (state === "passed") counts.passed++;
  else if (state === "failed") counts.failed++;
  else {
    counts.skipped++;
    // Tests are skipped too when what comes before them fails; those lack nothing.
    const need = test.options.mode === "skip" ? needs.exec(test.fullName)?.[1] : undefined;
    if (need !== undefined) counts.skippedFor[need] = (counts.skippedFor[need] ?? 0) + 1;
  }
}

/** The lines that close a run; the last one is read by continuous integration. */
export function closingLines({passed, failed, skipped, skippedFor}: Counts): string[] {
  const reasons = Object.entries(skippedFor).sort().map(([need, n]) => `${n} ${n === 1 ? "test" : "tests"} skipped: no ${need}`);
  return [...reasons, `${passed} passed, ${failed} failed, ${skipped} skipped`];
}

/** Vitest reporter. With QUARTERDECK_COUNTS set to a path, writes the counts there as JSON instead (see test/run.ts). */
export function countReporter(): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const counts = countTests(modules, errors);
      const file = process.env.QUARTERDECK_COUNTS;
      if (file) writeFileSync(file, JSON.stringify(counts));
      // After the default reporter's own summary, which is printed in the same event.
      else setImmediate(() => console.log(closingLines(counts).join("\n")));
    }
  };
}
