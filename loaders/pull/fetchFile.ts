// An https address to a file: asked again after passing faults, unpacked, refused where it is no export.

import type {IncomingMessage} from "node:http";
import {Transform} from "node:stream";
import {createBrotliDecompress, createGunzip, createInflate} from "node:zlib";
import {faultOf, PullFault} from "./fault.js";
import {plainLine} from "./mask.js";
import {request, type Answer, type Asked} from "./request.js";
import {realTiming, retried, retryAfter, type RetryOptions, type Timing} from "./retry.js";
import {saveFile, type Saved} from "./saveFile.js";

export interface FetchOptions extends RetryOptions, Omit<Asked, "signal"> {
  /** Bytes, unpacked. */
  readonly sizeLimit: number;
  /** Returns text without secrets: what a server says is cut only when nothing in it can be half a secret. */
  readonly mask: (text: string) => string;
}

/** Writes what the address holds to the path. Throws a PullFault; what was written then is not to be used. */
export async function fetchFile(path: string, options: FetchOptions): Promise<Saved & {readonly tries: number}> {
  const {value, tries} = await retried((left) => fetchOnce(path, left, options), options);
  return {...value, tries};
}

async function fetchOnce(path: string, left: number, options: FetchOptions): Promise<Saved> {
  const signal = AbortSignal.timeout(Math.max(1, Math.round(left)));
  try {
    const answer = await request({...options, signal});
    const {response} = answer;
    try {
      if (response.statusCode !== 200) throw await refusal(answer, options);
      if (/^text\/html\b/i.test(response.headers["content-type"] ?? "")) throw new PullFault("web_page", answer.redirected === undefined ? {} : {to: answer.redirected});
      const through = unpacking(response);
      if (through.length === 0 && Number(response.headers["content-length"] ?? 0) > options.sizeLimit) throw new PullFault("too_large", {limit: options.sizeLimit});
      return await saveFile([response, ...through], path, options.sizeLimit);
    } finally {
      response.destroy();
    }
  } catch (error) {
    throw signal.aborted ? new PullFault("too_slow", {limit: options.timeLimit}) : faultOf(error);
  }
}

/** What undoes the content encoding; strict, so that a stream that is cut off is not taken for a whole one. */
function unpacking({headers}: IncomingMessage): Transform[] {
  const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase();
  switch (encoding) {
    case "identity":
    case "": return [];
    case "gzip":
    case "x-gzip": return [createGunzip()];
    case "deflate": return [createInflate()];
    case "br": return [createBrotliDecompress()];
    default: throw new PullFault("unknown_encoding", {said: plainLine(encoding).slice(0, 40)});
  }
}

const [mostRead, mostShown] = [8192, 200];

async function refusal({response, redirected}: Answer, {mask, timing = realTiming}: {readonly mask: FetchOptions["mask"]; readonly timing?: Timing}): Promise<PullFault> {
  const {statusCode: status = 0, headers} = response;
  const said = await excerpt(response, mask);
  return new PullFault("status", {status, retryAfter: retryAfter(headers["retry-after"], timing.now()), ...(said && {said}), ...(redirected !== undefined && {to: redirected})});
}

/** The beginning of what a server says where it refuses: JSON and plain text only. */
async function excerpt(response: IncomingMessage, mask: FetchOptions["mask"]): Promise<string> {
  const {"content-type": type = "", "content-encoding": encoding} = response.headers;
  if (!/json|text\/plain/i.test(type) || encoding !== undefined) return "";
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if ((bytes += chunk.length) >= mostRead) break;
    }
  } catch {
    // It was refused; how the refusal ends does not matter.
  }
  return plainLine(mask(Buffer.concat(chunks).toString("utf8"))).slice(0, mostShown);
}
