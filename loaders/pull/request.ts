// One request over Node's own client, redirects followed by our rules. `fetch` would not do: it takes a gzip stream that
// is cut off for a whole one, and sends headers such as X-Api-Key on to any host that a redirect names.

import http, {type IncomingMessage} from "node:http";
import https from "node:https";
import {faultOf, PullFault} from "./fault.js";

export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an unencrypted address may be asked that is not this machine. */
  readonly allowHttp: boolean;
  /** Milliseconds without a byte after which it is given up. */
  readonly silence: number;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly response: IncomingMessage;
  /** Where a redirect led, without its query; undefined where there was none. */
  readonly redirected: string | undefined;
}

const mostRedirects = 5;

/** Returns the answer that is no redirect, whatever its status; its body is still to be read. Throws PullFault. */
export async function request({url, headers, ...rest}: Asked): Promise<Answer> {
  let [at, sent, redirected] = [url, headers, undefined as string | undefined];
  for (let hops = 0; ; hops++) {
    const response = await send(at, sent, rest);
    const {location} = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined) return {response, redirected};
    response.destroy();
    const to = redirectTarget(location, at, rest.allowHttp);
    redirected = withoutQuery(to);
    if (hops === mostRedirects) throw new PullFault("redirects", {to: redirected});
    // What is meant for one host is for no other, also when the other leads back.
    if (to.origin !== at.origin) sent = {};
    at = to;
  }
}

/** Returns where a redirect may lead. Throws PullFault for addresses that are weaker than the one asked, or that only this machine knows. */
export function redirectTarget(location: string, from: URL, allowHttp: boolean): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const refuse = (said: string) => new PullFault("redirect_refused", {to: to ? withoutQuery(to) : location.slice(0, 100), said});
  if (!to || !/^https?:$/.test(to.protocol)) throw refuse("it is no https address");
  if (to.username || to.password) throw refuse("it holds a password");
  if (isThisMachine(to) && !isThisMachine(from)) throw refuse("it is an address of this machine");
  if (to.protocol === "http:" && from.protocol === "https:") throw refuse("it is not encrypted, the first was");
  if (to.protocol === "http:" && !allowHttp && !isThisMachine(to)) throw refuse("it is not encrypted");
  return to;
}

const withoutQuery = ({origin, pathname}: URL): string => `${origin}${pathname}`;

/** Whether the address is that of the machine itself. */
export const isThisMachine = ({hostname}: URL): boolean => /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f:]*\])$/i.test(hostname);

function send(url: URL, headers: Asked["headers"], {silence, signal}: Pick<Asked, "silence" | "signal">): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    const client = url.protocol === "https:" ? https : http;
    // A connection of its own: bytes behind the announced length are then a fault and not the next answer.
    const asking = client.request(url, {headers: {accept: "*/*", "user-agent": "quarterdeck", ...headers, "accept-encoding": "gzip"}, agent: false, timeout: silence, signal});
    const fail = (error: Error) => {
      answer?.destroy(error);
      asking.destroy(error);
      reject(faultOf(error));
    };
    asking.on("timeout", () => fail(new PullFault("silent", {limit: silence})));
    asking.on("error", fail);
    asking.on("response", (response) => resolve((answer = response)));
    asking.end();
  });
}
