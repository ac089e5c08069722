// A statement that does not fit in the engine's memory is tried again with more.

import {expect, test} from "vitest";
import {openNative, type NativeOptions} from "../../loaders/native.js";

/** A list cannot be put aside: it fits whole, or not at all. */
const wide = {sql: "select length(list(i)) as n from range(6000000) as numbers(i)", params: []};

async function using<T>(options: NativeOptions, ask: (native: Awaited<ReturnType<typeof openNative>>) => Promise<T>): Promise<T> {
  const native = await openNative({threads: 1, ...options});
  try {
    return await ask(native);
  } finally {
    native.close();
  }
}

test("what does not fit is an error where there is no more room", async () => {
  await expect(using({memory: "60MB"}, ({run}) => run(wide))).rejects.toThrow(/^Out of Memory Error/);
  await expect(using({memory: "60MB", most: "100MB"}, ({run}) => run(wide))).rejects.toThrow(/^Out of Memory Error/);
});

test("a statement has twice the room each time it does not fit, and the next one as much as before", async () => {
  await using({memory: "60MB", most: "1GB"}, async ({run}) => {
    expect(await run(wide)).toEqual([{n: 6_000_000}]);
    expect(await run({sql: "select current_setting('memory_limit') as now", params: []})).toEqual([{now: "57.2 MiB"}]);
  });
});

test("other errors are told at once", async () => {
  await expect(using({memory: "60MB", most: "1GB"}, ({run}) => run({sql: "select nothing", params: []}))).rejects.toThrow(/nothing/);
});

test("a size without a unit is refused", async () => {
  await expect(openNative({memory: "60", most: "1GB"})).rejects.toThrow("not a size of memory: 60; such as 1300MB");
});
