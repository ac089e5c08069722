// Posts the digest's JSON to an address. Secrets are in addresses: of one only its host is ever told.

import {setTimeout as pause} from "node:timers/promises";

export interface WebhookEffects {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds before another try: the n-th from 1. */
  readonly wait: (made: number) => Promise<void>;
  /** Milliseconds that an answer may take. */
  readonly limit: number;
}

export const webhookDefaults: WebhookEffects = {fetch: globalThis.fetch, wait: async (made) => void (await pause(1000 * 2 ** (made - 1))), limit: 10_000};

const tries = 3;

/** A digest that did not arrive; the message names the host alone. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
}

/** Returns what is wrong with an address to post to; undefined where nothing is: https, or http on this machine. */
export function webhookFault(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) return "--webhook takes an address: https:// and a host";
  if (url.protocol === "https:" || (url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname))) return undefined;
  return "--webhook takes an address that begins with https://";
}

/**
 * Posts JSON, three times where nobody answers or the other side is overloaded (408, 429, 5xx), and returns how many
 * tries it took. The header Idempotency-Key lets the other side know a second one. Throws a WebhookError.
 */
export async function postDigest(address: string, {json, key}: {readonly json: string; readonly key: string}, {fetch, wait, limit}: WebhookEffects = webhookDefaults): Promise<number> {
  const {host} = new URL(address);
  for (let made = 1; ; made++) {
    const answer = await fetch(address, {method: "POST", body: json, redirect: "error", headers: {"content-type": "application/json; charset=utf-8", "idempotency-key": key}, signal: AbortSignal.timeout(limit)}).catch((error: Error) => error);
    if (!(answer instanceof Error)) await answer.body?.cancel();
    if (!(answer instanceof Error) && answer.ok) return made;
    const passing = answer instanceof Error || answer.status === 408 || answer.status === 429 || answer.status >= 500;
    if (passing && made < tries) {
      await wait(made);
      continue;
    }
    const said = answer instanceof Error ? (answer.name === "TimeoutError" ? `gave no answer within ${limit / 1000} s` : "could not be reached") : `answered ${answer.status}`;
    throw new WebhookError(`The digest was not taken: ${host} ${said}${passing ? `, ${tries} times` : ""}. The files are written; run again to post them.`);
  }
}
