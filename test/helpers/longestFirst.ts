// The order of the test files: those that take longest begin, so that the two workers end together.

import {basename, dirname, join} from "node:path";
import {BaseSequencer, type TestSpecification} from "vitest/node";

/** Longest first. Files that are not named follow as Vitest has them. */
const longest = [
  "runtime/parity", "metrics/checks", "site/browser", "site/publish", "site/reproducible", "site/funnelPage",
  "metrics/targetTable", "metrics/targets"
];

const place = ({moduleId}: TestSpecification): number => {
  const at = longest.indexOf(join(basename(dirname(moduleId)), basename(moduleId, ".test.ts")));
  return at < 0 ? longest.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
