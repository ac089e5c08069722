// One flight a question: equal questions that are under way or were answered lately share one run.

export interface Flights<T> {
  /**
   * Returns the answer of `key`, from an earlier run where there is one. A caller whose `signal` fires is rejected
   * with the signal's reason at once; the run itself is cancelled when every caller has gone. Failures are not kept.
   */
  fly(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Forgets every answer; flights under way go on. */
  clear(): void;
}

interface Flight<T> {
  readonly answer: Promise<T>;
  readonly cancel: AbortController;
  waiting: number;
  landed: boolean;
}

/** Makes an empty cache that keeps the `size` most recently used answers; flights under way do not count. */
export function createFlights<T>({size}: {size: number}): Flights<T> {
  const flights = new Map<string, Flight<T>>();

  function forget(key: string, flight: Flight<T>) {
    if (flights.get(key) === flight) flights.delete(key);
  }

  function evict() {
    let landed = [...flights.values()].filter((flight) => flight.landed).length;
    for (const [key, flight] of flights) {
      if (landed <= size) return;
      if (!flight.landed) continue;
      flights.delete(key);
      landed--;
    }
  }

  function takeOff(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const cancel = new AbortController();
    const flight: Flight<T> = {answer: start(cancel.signal), cancel, waiting: 0, landed: false};
    flight.answer.then(
      () => {
        flight.landed = true;
        evict();
      },
      () => forget(key, flight)
    );
    return flight;
  }

  function leave(key: string, flight: Flight<T>, reason: unknown) {
    flight.waiting--;
    if (flight.landed || flight.waiting > 0) return;
    forget(key, flight);
    flight.cancel.abort(reason);
  }

  return {
    fly(key, start, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const flight = flights.get(key) ?? takeOff(key, start);
      flights.delete(key);
      flights.set(key, flight);
      flight.waiting++;
      if (signal === undefined) return flight.answer;
      return new Promise<T>((resolve, reject) => {
        const onAbort = () => {
          leave(key, flight, signal.reason);
          reject(signal.reason);
        };
        signal.addEventListener("abort", onAbort, {once: true});
        flight.answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
      });
    },
    clear() {
      for (const [key, flight] of flights) if (flight.landed) flights.delete(key);
    }
  };
}
