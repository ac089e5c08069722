// Again after a passing fault, each time after a longer wait, until tries or time run out.

import {setTimeout as sleep} from "node:timers/promises";
import {PullFault} from "./fault.js";

export interface RetryOptions {
  /** How often at most. */
  readonly tries: number;
  /** Milliseconds, for all tries and waits together. */
  readonly timeLimit: number;
  /** Told before each wait: the fault, and milliseconds until the next try. */
  readonly tell?: (fault: PullFault, wait: number) => void;
  readonly timing?: Timing;
}

/** Time as it passes; tests have their own. */
export interface Timing {
  /** Milliseconds since any fixed moment. */
  clock(): number;
  /** Milliseconds since 1970, for servers that name a moment. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

export const realTiming: Timing = {clock: () => performance.now(), now: () => Date.now(), wait: (milliseconds) => sleep(milliseconds)};

const [first, longest] = [1000, 60_000];

/**
 * Returns what `attempt` does, given the milliseconds that are left, and how many tries it took. Throws its last fault,
 * or `come_back_later` at once where the server asks for a longer wait than there is time. Waits of 1, 2, 4 … 60 s, or
 * as long as the server asks; all from one machine, so there is nothing to scatter.
 */
export async function retried<T>(attempt: (left: number) => Promise<T>, {tries, timeLimit, tell = () => {}, timing = realTiming}: RetryOptions): Promise<{value: T; tries: number}> {
  const end = timing.clock() + timeLimit;
  for (let made = 1; ; made++) {
    try {
      return {value: await attempt(Math.max(0, end - timing.clock())), tries: made};
    } catch (error) {
      if (!(error instanceof PullFault) || !error.passing) throw error;
      const {retryAfter = 0, status} = error.detail;
      const wait = Math.max(retryAfter, Math.min(longest, first * 2 ** (made - 1)));
      const left = end - timing.clock();
      if (retryAfter > left) throw new PullFault("come_back_later", {retryAfter, ...(status && {status})});
      if (made >= tries || wait > left) throw error;
      tell(error, wait);
      await timing.wait(wait);
    }
  }
}

/** Returns the milliseconds that a Retry-After header asks to wait, in seconds or as a moment; 0 where it says nothing. */
export function retryAfter(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? 0 : Math.max(0, moment - now);
}
