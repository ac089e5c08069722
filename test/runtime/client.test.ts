import {describe, expect, it} from "vitest";
import {createClient, type EngineState} from "../../src/runtime/client.js";
import {EngineError} from "../../src/runtime/engineError.js";
import type {ToEngine} from "../../src/runtime/messages.js";
import type {OpenPort, PortEvents} from "../../src/runtime/worker.js";

interface Line {
  readonly name: string;
  readonly events: PortEvents;
  readonly sent: ToEngine[];
  closed: boolean;
}

function lab() {
  const lines: Line[] = [];
  const states: EngineState[] = [];
  const open: OpenPort = (name, events) => {
    const line: Line = {name, events, sent: [], closed: false};
    lines.push(line);
    return {send: (message) => void line.sent.push(message), close: () => void (line.closed = true)};
  };
  const client = createClient({files: {m: {parquet: "/m.1.parquet"}}, open, onState: (state) => states.push(state)});
  return {client, lines, states};
}

const statement = (n: number) => ({sql: "select ?::integer as n", params: [n]});
const settled = (promise: Promise<unknown>) => promise.then(() => "answered", (error: EngineError) => error.code ?? error.message);

describe("createClient", () => {
  it("opens no line before the first question, and one for all questions", async () => {
    const {client, lines, states} = lab();
    expect([lines.length, client.state]).toEqual([0, "off"]);
    void client.run(statement(1));
    void client.run(statement(2));
    await Promise.resolve();
    expect(lines).toHaveLength(1);
    expect(lines[0]!.sent.map(({kind}) => kind)).toEqual(["open", "run", "run"]);
    lines[0]!.events.onMessage({kind: "ready", reused: false});
    expect(states).toEqual(["starting", "ready"]);
  });

  it("gives each question its own rows, in whatever order they come", async () => {
    const {client, lines} = lab();
    const answers = Promise.all([client.run(statement(1)), client.run(statement(2))]);
    await Promise.resolve();
    lines[0]!.events.onMessage({kind: "rows", id: 1, rows: [{n: 2}]});
    lines[0]!.events.onMessage({kind: "rows", id: 0, rows: [{n: 1}]});
    expect(await answers).toEqual([[{n: 1}], [{n: 2}]]);
  });

  it("keeps apart statements that differ only in the type of a parameter", async () => {
    const {client, lines} = lab();
    void client.run({sql: "select ?", params: [1]});
    void client.run({sql: "select ?", params: ["1"]});
    await Promise.resolve();
    expect(lines[0]!.sent.filter(({kind}) => kind === "run")).toHaveLength(2);
  });

  it("tells the engine when nobody awaits a question any more", async () => {
    const {client, lines} = lab();
    const leaving = new AbortController();
    const answer = settled(client.run(statement(1), {signal: leaving.signal}));
    await Promise.resolve();
    leaving.abort(new Error("left"));
    expect(await answer).toBe("left");
    expect(lines[0]!.sent.at(-1)).toEqual({kind: "cancel", id: 0});
    expect(lines[0]!.closed).toBe(false);
  });

  it("fails everything under way when the engine breaks, and starts another by another name at the next question", async () => {
    const {client, lines, states} = lab();
    const answers = [settled(client.run(statement(1))), settled(client.run(statement(2))), settled(client.warm())];
    await Promise.resolve();
    lines[0]!.events.onMessage({kind: "gone", failure: {code: "memory", message: "could not allocate memory"}});
    expect(await Promise.all(answers)).toEqual(["memory", "memory", "memory"]);
    expect([lines[0]!.closed, client.state]).toEqual([true, "failed"]);
    const next = client.run(statement(1));
    await Promise.resolve();
    expect(lines).toHaveLength(2);
    expect(lines[1]!.name).not.toBe(lines[0]!.name);
    lines[1]!.events.onMessage({kind: "ready", reused: false});
    lines[1]!.events.onMessage({kind: "rows", id: 2, rows: [{n: 1}]});
    expect(await next).toEqual([{n: 1}]);
    expect(states).toEqual(["starting", "failed", "starting", "ready"]);
  });

  it("ignores what a broken line still says", async () => {
    const {client, lines} = lab();
    const broken = settled(client.run(statement(1)));
    await Promise.resolve();
    const error = new EngineError({code: "worker", message: "stopped"});
    lines[0]!.events.onError(error);
    expect(await broken).toBe("worker");
    void settled(client.run(statement(1)));
    await Promise.resolve();
    lines[0]!.events.onError(error);
    lines[0]!.events.onMessage({kind: "ready", reused: true});
    expect(client.state).toBe("starting");
  });

  it("rejects with the reason where no line can be opened, and says so in its state", async () => {
    const open: OpenPort = () => {
      throw new EngineError({code: "unsupported", message: "no workers"});
    };
    const client = createClient({files: {}, open});
    expect(await settled(client.run(statement(1)))).toBe("unsupported");
    expect(await settled(client.warm())).toBe("unsupported");
    expect(client.state).toBe("failed");
  });

  it("names the engine after the files' addresses, so that other data get another one", async () => {
    const names: string[] = [];
    for (const parquet of ["/m.1.parquet", "/m.2.parquet"]) {
      const client = createClient({files: {m: {parquet}}, open: (name) => (names.push(name), {send() {}, close() {}})});
      void client.warm();
    }
    await Promise.resolve();
    expect(new Set(names).size).toBe(2);
  });
});
