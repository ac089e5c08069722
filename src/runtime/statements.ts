// Statements with parameters are planned once: a reader's next choice is mostly the same text with other values, and
// planning takes a third of the time. Runs in the worker.

import type {AsyncDuckDBConnection, AsyncPreparedStatement} from "@duckdb/duckdb-wasm";
import type {Table} from "apache-arrow";
import type {Statement} from "../query/question.js";

export interface Statements {
  /** Returns the result of a statement. Rejects with what the engine says; the next try plans it anew. */
  run(statement: Statement): Promise<Table>;
}

/** Makes a keeper of the `size` most recently used plans of a connection, which is used for nothing else. */
export function createStatements(connection: Pick<AsyncDuckDBConnection, "prepare">, {size}: {size: number}): Statements {
  const plans = new Map<string, Promise<AsyncPreparedStatement>>();

  function forget(sql: string, plan: Promise<AsyncPreparedStatement>) {
    if (plans.get(sql) === plan) plans.delete(sql);
    plan.then((prepared) => prepared.close()).catch(() => {});
  }

  return {
    async run({sql, params}) {
      const plan = plans.get(sql) ?? connection.prepare(sql);
      plans.delete(sql);
      plans.set(sql, plan);
      for (const [oldest, its] of plans) {
        if (plans.size <= size) break;
        forget(oldest, its);
      }
      try {
        return await (await plan).query(...params);
      } catch (cause) {
        forget(sql, plan);
        throw cause;
      }
    }
  };
}
