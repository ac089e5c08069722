import type {AsyncDuckDBConnection} from "@duckdb/duckdb-wasm";
import {describe, expect, it} from "vitest";
import {createStatements} from "../../src/runtime/statements.js";

/** A connection that writes down what it is asked; `fails` names the values that it refuses. */
function fakeConnection({fails = [], broken = []}: {fails?: readonly unknown[]; broken?: readonly string[]} = {}) {
  const heard: string[] = [];
  const prepare = async (sql: string) => {
    heard.push(`plan ${sql}`);
    if (broken.includes(sql)) throw new Error(`no such table in ${sql}`);
    return {
      query: async (...params: unknown[]) => {
        heard.push(`run ${sql} ${params.join()}`);
        if (params.some((value) => fails.includes(value))) throw new Error(`cannot run ${sql}`);
        return `${sql} ${params.join()}`;
      },
      close: async () => void heard.push(`close ${sql}`)
    };
  };
  return {heard, connection: {prepare} as unknown as Pick<AsyncDuckDBConnection, "prepare">};
}

const statement = (sql: string, ...params: number[]) => ({sql, params});

describe("statements", () => {
  it("plans a text once, for all values", async () => {
    const {heard, connection} = fakeConnection();
    const {run} = createStatements(connection, {size: 2});
    expect(await Promise.all([run(statement("a", 1)), run(statement("a", 2))])).toEqual(["a 1", "a 2"]);
    expect(await run(statement("a", 3))).toBe("a 3");
    expect(heard).toEqual(["plan a", "run a 1", "run a 2", "run a 3"]);
  });

  it("gives up the plan that was used longest ago", async () => {
    const {heard, connection} = fakeConnection();
    const {run} = createStatements(connection, {size: 2});
    for (const sql of ["a", "b", "a", "c", "a"]) await run(statement(sql, 1));
    expect(heard.filter((what) => !what.startsWith("run"))).toEqual(["plan a", "plan b", "plan c", "close b"]);
  });

  it("plans a statement anew after it failed, when planned or when run", async () => {
    const {heard, connection} = fakeConnection({fails: [0], broken: ["b"]});
    const {run} = createStatements(connection, {size: 2});
    await expect(run(statement("a", 0))).rejects.toThrow("cannot run a");
    expect(await run(statement("a", 1))).toBe("a 1");
    for (let attempt = 0; attempt < 2; attempt++) await expect(run(statement("b", 1))).rejects.toThrow("no such table in b");
    expect(heard).toEqual(["plan a", "run a 0", "close a", "plan a", "run a 1", "plan b", "plan b"]);
  });
});
