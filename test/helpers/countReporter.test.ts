import {describe, expect, it} from "vitest";
import {closingLines} from "./countReporter.js";

describe("the closing lines of a test run", () => {
  it("end with the counts alone on a line", () => {
    expect(closingLines({passed: 3, failed: 0, skipped: 0, skippedFor: {}})).toEqual(["3 passed, 0 failed, 0 skipped"]);
  });

  it("say how many tests each missing need has skipped", () => {
    const lines = closingLines({passed: 3, failed: 1, skipped: 3, skippedFor: {"real data": 2, browser: 1}});
    expect(lines).toEqual(["1 test skipped: no browser", "2 tests skipped: no real data", "3 passed, 1 failed, 3 skipped"]);
  });
});
