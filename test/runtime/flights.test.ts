import {describe, expect, it, vi} from "vitest";
import {createFlights} from "../../src/runtime/flights.js";

/** A start function whose answers the test gives. */
function tower() {
  const landings: ((value: string) => void)[] = [];
  const signals: AbortSignal[] = [];
  const start = vi.fn((signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((resolve) => landings.push(resolve));
  });
  return {start, landings, signals};
}

describe("flights", () => {
  it("share one run between equal questions under way, and answer later ones from memory", async () => {
    const {start, landings} = tower();
    const flights = createFlights<string>({size: 10});
    const both = Promise.all([flights.fly("a", start), flights.fly("a", start)]);
    landings[0]!("answer");
    expect(await both).toEqual(["answer", "answer"]);
    expect(await flights.fly("a", start)).toBe("answer");
    expect(start).toHaveBeenCalledTimes(1);
  });

  it("run a question again after it failed", async () => {
    const flights = createFlights<string>({size: 10});
    await expect(flights.fly("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await flights.fly("a", () => Promise.resolve("yes"))).toBe("yes");
  });

  it("reject a caller that leaves at once and go on for the others", async () => {
    const {start, landings, signals} = tower();
    const flights = createFlights<string>({size: 10});
    const leaving = new AbortController();
    const left = flights.fly("a", start, leaving.signal);
    const stays = flights.fly("a", start);
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect(signals[0]!.aborted).toBe(false);
    landings[0]!("answer");
    expect(await stays).toBe("answer");
  });

  it("cancel the run when the last caller leaves, and start anew for the next", async () => {
    const {start, signals, landings} = tower();
    const flights = createFlights<string>({size: 10});
    const callers = [new AbortController(), new AbortController()];
    const answers = callers.map(({signal}) => flights.fly("a", start, signal));
    for (const caller of callers) caller.abort(new Error("left"));
    await Promise.all(answers.map((answer) => expect(answer).rejects.toThrow("left")));
    expect(signals[0]!.aborted).toBe(true);
    const next = flights.fly("a", start);
    landings[1]!("second");
    expect(await next).toBe("second");
  });

  it("do not start for a caller that has left already", async () => {
    const {start} = tower();
    await expect(createFlights<string>({size: 1}).fly("a", start, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
    expect(start).not.toHaveBeenCalled();
  });

  it("forget the least recently used answer first", async () => {
    const flights = createFlights<string>({size: 2});
    const runs: string[] = [];
    const ask = (key: string) => flights.fly(key, () => (runs.push(key), Promise.resolve(key)));
    for (const key of ["a", "b", "a", "c", "a", "b"]) await ask(key);
    expect(runs).toEqual(["a", "b", "c", "b"]);
  });

  it("never forget a run under way, however many there are", async () => {
    const {start, landings} = tower();
    const flights = createFlights<string>({size: 1});
    const answers = ["a", "b", "c"].map((key) => flights.fly(key, start));
    const again = flights.fly("a", start);
    expect(start).toHaveBeenCalledTimes(3);
    landings.forEach((land, i) => land(`${i}`));
    expect(await Promise.all([...answers, again])).toEqual(["0", "1", "2", "0"]);
  });
});
