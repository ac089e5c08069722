import {resolve} from "node:path";
import {describe, expect, it, vi} from "vitest";
import {fullScale, plainScale, readOptions} from "./options.js";

describe("readOptions(args)", () => {
  it("measures every target at the plain scale by default", () => {
    const options = readOptions([]);
    expect(options.only).toHaveLength(12);
    expect(options).toMatchObject({scale: plainScale, runs: 5});
  });

  it("takes targets in any case and order, and keeps the order of the table", () => {
    expect(readOptions(["--only", "p7, P1"]).only).toEqual(["P1", "P7"]);
  });

  it("takes --full over --scale", () => {
    expect(readOptions(["--full", "--scale", "3"]).scale).toBe(fullScale);
    expect(readOptions(["--scale", "3"]).scale).toBe(3);
  });

  it("takes a site that was built already, from where the bench was started", () => {
    expect(readOptions(["--site", "dist"]).site).toBe(resolve("dist"));
    expect(readOptions([]).site).toBeUndefined();
  });

  it("refuses an unknown target, naming the allowed ones, and fewer than five runs", () => {
    const exit = vi.spyOn(process, "exit").mockImplementation((() => {
      throw new Error("exit");
    }) as never);
    const written: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean(written.push(String(text))));
    expect(() => readOptions(["--only", "P13"])).toThrow();
    expect(() => readOptions(["--runs", "2"])).toThrow();
    expect(exit).toHaveBeenCalledTimes(2);
    expect(written.join("")).toContain("Unknown: P13. Allowed: P1, P2");
    expect(written.join("")).toContain("whole number from 5");
  });
});
