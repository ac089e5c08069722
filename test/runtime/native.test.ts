// The engine inside Node, where what is asked of it goes wrong.

import {describe, expect, it} from "vitest";
import {openNative} from "../../loaders/native.js";

const statement = (sql: string) => ({sql, params: []});

describe("a native engine", () => {
  it("closes while statements of its sessions run, which end with an error instead of waiting for each other", async () => {
    const native = await openNative({threads: 1});
    const sessions = await Promise.all([native.connect(), native.connect()]);
    const long = "select max(hash(a.range + b.range)) from range(1000000) a, range(10000000) b";
    const under = sessions.map(({run}) => run(statement(long)));
    await expect(native.run(statement("select 1::decimal(18, 0) / 0, error('no such thing')"))).rejects.toThrow("no such thing");
    native.close();
    for (const ended of await Promise.allSettled(under)) expect(ended).toMatchObject({status: "rejected", reason: {message: expect.stringMatching(/interrupt/i)}});
  }, 20_000);

  it("closes while a statement is asked and has not begun", async () => {
    const native = await openNative({threads: 1});
    const asked = native.run(statement("select max(hash(a.range + b.range)) from range(1000000) a, range(10000000) b"));
    native.close();
    await expect(asked).rejects.toThrow(/interrupt/i);
  }, 20_000);
});
