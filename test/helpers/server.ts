// A plain static file server for tests: a folder, optionally below a sub-path and compressed, with a log of requests.

import {readFile} from "node:fs/promises";
import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize, sep} from "node:path";
import {brotliCompressSync, constants, gzipSync} from "node:zlib";

export interface ServerOptions {
  /** Path below which the folder stands, "/reports/crm/"; everything else is 404. */
  readonly base?: string;
  /** Best encoding the server offers; only text and WASM are compressed. */
  readonly compress?: "gzip" | "br";
  readonly headers?: Readonly<Record<string, string>>;
  /** Files served instead of, or in addition to, those of the folder; null answers 404. By path below `base`. */
  readonly overrides?: Map<string, string | Uint8Array | null>;
}

export interface Served {
  readonly path: string;
  readonly status: number;
  /** Bytes of the body as sent. */
  readonly bytes: number;
}

export interface TestServer {
  /** Address of the folder, ending in "/". */
  readonly url: string;
  readonly requests: Served[];
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".csv": "text/csv; charset=utf-8"
};

const compressible = new Set([".html", ".css", ".js", ".json", ".svg", ".wasm", ".csv"]);

async function readPage(folder: string, path: string): Promise<{body: Buffer; extension: string} | undefined> {
  const file = normalize(join(folder, path));
  if (!file.startsWith(folder + sep) && file !== folder) return undefined;
  // Clean links ("/definitions") are common to static hosts and to Framework.
  for (const candidate of path.endsWith("/") ? [join(file, "index.html")] : [file, `${file}.html`, join(file, "index.html")]) {
    const body = await readFile(candidate).catch(() => undefined);
    if (body !== undefined) return {body, extension: extname(candidate)};
  }
  return undefined;
}

/** Serves `folder` on a free port of 127.0.0.1. The caller closes it. */
export async function serveFolder(folder: string, options: ServerOptions = {}): Promise<TestServer> {
  const {base = "/", compress, headers = {}, overrides} = options;
  const root = normalize(folder).replace(/[\\/]$/, "");
  const requests: Served[] = [];
  const encoded = new Map<string, Buffer>();

  function encode(path: string, body: Buffer): Buffer {
    const known = encoded.get(path);
    if (known !== undefined) return known;
    const bytes = compress === "br" ? brotliCompressSync(body, {params: {[constants.BROTLI_PARAM_QUALITY]: 5}}) : gzipSync(body);
    encoded.set(path, bytes);
    return bytes;
  }

  async function find(path: string) {
    if (!path.startsWith(base)) return undefined;
    const below = path.slice(base.length);
    const override = overrides?.get(below);
    if (override === null) return undefined;
    if (override !== undefined) return {body: Buffer.from(override), extension: extname(below)};
    return readPage(root, `/${below}`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const found = await find(path);
    const status = found === undefined ? 404 : 200;
    const extension = found?.extension ?? ".html";
    const accepted = String(request.headers["accept-encoding"] ?? "").includes(compress ?? "none");
    const squeezed = found !== undefined && accepted && compressible.has(extension);
    const body = found === undefined ? Buffer.from("not found") : squeezed ? encode(path, found.body) : found.body;
    requests.push({path, status, bytes: body.length});
    response.writeHead(status, {
      "content-type": types[extension] ?? "application/octet-stream",
      "content-length": body.length,
      ...(squeezed && {"content-encoding": compress, vary: "accept-encoding"}),
      ...headers
    });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
