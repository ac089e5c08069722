import {createHash} from "node:crypto";
import {mkdtempSync, readFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {brotliCompressSync, gzipSync} from "node:zlib";
import {afterEach, describe, expect, it, vi} from "vitest";
import type {PullFault} from "../../loaders/pull/fault.js";
import {fetchFile, type FetchOptions} from "../../loaders/pull/fetchFile.js";
import {redirectTarget} from "../../loaders/pull/request.js";
import {badServer, csv, rawServer, type BadServer} from "./badServer.js";

const path = join(mkdtempSync(join(tmpdir(), "fetch-")), "deals.csv");
const open: {close(): Promise<void>}[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

type Paths = Parameters<typeof badServer>[0];
async function serve(paths: Paths, options = {}): Promise<BadServer> {
  const server = await badServer(paths, options);
  open.push(server);
  return server;
}

interface Fetched {
  readonly saved?: Awaited<ReturnType<typeof fetchFile>>;
  readonly fault?: PullFault;
  /** Milliseconds that were waited before each further try. */
  readonly waits: number[];
  readonly text: string;
}

/** Pulls an address; waits pass in no time, but on the clock. */
async function pull(url: string, options: Partial<FetchOptions> = {}): Promise<Fetched> {
  const waits: number[] = [];
  let slept = 0;
  const timing = {
    clock: () => performance.now() + slept,
    now: () => Date.parse("2026-11-22T12:00:00Z"),
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      slept += milliseconds;
    }
  };
  const using = {url: new URL(url), headers: {}, allowHttp: false, silence: 2000, timeLimit: 900_000, sizeLimit: 1e6, tries: 3, mask: (text: string) => text, timing, ...options};
  try {
    const saved = await fetchFile(path, using);
    return {saved, waits, text: readFileSync(path, "utf8")};
  } catch (error) {
    return {fault: error as PullFault, waits, text: ""};
  }
}

const ok: Paths[string] = (response) => response.end(csv);

describe("fetchFile(path, options)", () => {
  it("writes the body, and returns its size and hash", async () => {
    const {url} = await serve({"/": ok});
    const {saved, text} = await pull(url);
    expect(text).toBe(csv);
    expect(saved).toEqual({bytes: csv.length, sha256: createHash("sha256").update(csv).digest("hex"), tries: 1});
  });

  it("sends the headers and the query", async () => {
    const {url, asked} = await serve({"/export": ok});
    await pull(`${url}/export?key=k`, {headers: {Authorization: "Bearer t", "X-Api-Key": "k"}});
    expect(asked[0]).toMatchObject({path: "/export?key=k", headers: {authorization: "Bearer t", "x-api-key": "k"}});
  });

  it("streams what is larger than any buffer", async () => {
    const piece = Buffer.alloc(1 << 20, "x,y\n");
    const {url} = await serve({"/": (response) => void (async () => {
      for (let k = 0; k < 40; k++) if (!response.write(piece)) await new Promise((resume) => response.once("drain", resume));
      response.end();
    })()});
    expect((await pull(url, {sizeLimit: 1e9})).saved?.bytes).toBe(40 << 20);
  });

  it.each([["gzip", gzipSync(csv)], ["x-gzip", gzipSync(csv)], ["br", brotliCompressSync(csv)]] as const)("unpacks content encoded as %s, and hashes what it keeps", async (encoding, body) => {
    const {url, asked} = await serve({"/": (response) => response.writeHead(200, {"content-encoding": encoding}).end(body)});
    const {saved, text} = await pull(url);
    expect(text).toBe(csv);
    expect(saved?.bytes).toBe(csv.length);
    expect(asked[0]?.headers["accept-encoding"]).toBe("gzip");
  });

  it("keeps a file that is itself gzipped as it is", async () => {
    const {url} = await serve({"/deals.csv.gz": (response) => response.writeHead(200, {"content-type": "application/gzip"}).end(gzipSync(csv))});
    expect((await pull(`${url}/deals.csv.gz`)).saved?.bytes).toBe(gzipSync(csv).length);
  });

  it("refuses an encoding that it did not ask for and does not know", async () => {
    const {url} = await serve({"/": (response) => response.writeHead(200, {"content-encoding": "zstd"}).end(csv)});
    expect((await pull(url)).fault).toMatchObject({code: "unknown_encoding", message: "is packed as zstd, which nobody asked for"});
  });
});

describe("a server that is busy or broken", () => {
  it("is asked again, each time after a longer wait, until it answers", async () => {
    const {url} = await serve({"/": (response, _, count) => (count < 4 ? response.writeHead(500).end() : response.end(csv))});
    const {saved, waits} = await pull(url, {tries: 5});
    expect(saved).toMatchObject({tries: 4, bytes: csv.length});
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it("is given up after the last try, with what it said", async () => {
    const {url, asked} = await serve({"/": (response) => response.writeHead(503, {"content-type": "application/json"}).end('{"error":\n"maintenance \u001b[31mtill noon"}')});
    const {fault, waits} = await pull(url);
    expect(fault?.message).toBe('answered 503: {"error": "maintenance till noon"}');
    expect([asked.length, waits.length]).toEqual([3, 2]);
  });

  it.each([408, 429, 500, 502, 503, 504])("is asked again after %i", async (status) => {
    const {url} = await serve({"/": (response, _, count) => (count === 1 ? response.writeHead(status).end() : response.end(csv))});
    expect((await pull(url)).saved?.tries).toBe(2);
  });

  it.each([202, 204, 206, 400, 401, 403, 404, 410, 422])("is not asked again after %i", async (status) => {
    const {url, asked} = await serve({"/": (response) => response.writeHead(status).end()});
    expect((await pull(url)).fault).toMatchObject({code: "status", detail: {status}});
    expect(asked.length).toBe(1);
  });

  it.each([["7", 7000], ["0", 1000], ["Sun, 22 Nov 2026 12:00:30 GMT", 30_000], ["Sun, 22 Nov 2026 11:00:00 GMT", 1000], ["soon", 1000], ["-5", 1000]])("is left alone as long as it asks: Retry-After %s", async (header, wait) => {
    const {url} = await serve({"/": (response, _, count) => (count === 1 ? response.writeHead(429, {"retry-after": header}).end() : response.end(csv))});
    expect((await pull(url)).waits).toEqual([wait]);
  });

  it("is given up at once where it asks to wait longer than there is time", async () => {
    const {url, asked} = await serve({"/": (response) => response.writeHead(429, {"retry-after": "7200"}).end()});
    expect((await pull(url)).fault?.message).toBe("answered 429 and asks to wait 2 h, longer than time_limit allows");
    expect(asked.length).toBe(1);
  });

  it("does not answer at all: out of reach is tried again", async () => {
    const {url, close} = await badServer({});
    await close();
    const {fault, waits} = await pull(url);
    expect(fault?.message).toBe("cannot be reached: ECONNREFUSED");
    expect(waits.length).toBe(2);
  });
});

describe("a server that is slow", () => {
  it("and silent is given up after silence_limit, and asked again", async () => {
    const {url} = await serve({"/": (response, _, count) => void (count === 1 ? response.write(csv) : response.end(csv))});
    expect((await pull(url, {silence: 150})).saved?.tries).toBe(2);
    const {url: mute} = await serve({"/": () => {}});
    expect((await pull(mute, {silence: 100, tries: 1})).fault?.message).toBe("sent nothing for 0.1 s (silence_limit)");
  });

  it("and never silent is given up after time_limit", async () => {
    const {url, asked} = await serve({"/": (response) => {
      const timer = setInterval(() => response.write("1"), 20);
      response.on("close", () => clearInterval(timer));
    }});
    expect((await pull(url, {timeLimit: 300})).fault?.message).toBe("was not complete within time_limit (0.3 s)");
    expect(asked.length).toBe(1);
  });

  it("but comes to an end is waited for", async () => {
    const {url} = await serve({"/": (response) => void [...csv].forEach((letter, k) => setTimeout(() => (k === csv.length - 1 ? response.end(letter) : response.write(letter)), k * 10))});
    expect((await pull(url, {silence: 1000})).text).toBe(csv);
  });
});

describe("a body that is not what was announced", () => {
  it.each([
    ["cut off before its length", ["HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", csv]],
    ["longer than its length", ["HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + csv]],
    ["longer than its length, connection closed", ["HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\n" + csv]],
    ["cut off between chunks", ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nid,name\n\r\n"]],
    ["cut off within the header", ["HTTP/1.1 200 OK\r\nContent-Le"]],
    ["gzip, cut off, of the announced length", ["HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\nConnection: close\r\n\r\n", gzipSync(csv).subarray(0, 20)]],
    ["no gzip", [`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${csv.length}\r\nConnection: close\r\n\r\n${csv}`]],
    ["no HTTP", ["220 ftp ready\r\n"]]
  ])("%s: asked for again, then refused", async (_, pieces) => {
    const server = await rawServer(pieces);
    open.push(server);
    const {fault, waits} = await pull(server.url, {tries: 2});
    expect(fault).toMatchObject({code: "cut_off"});
    expect(waits).toEqual([1000]);
  });

  it("nothing at all", async () => {
    const {url} = await serve({"/": (response) => response.end(), "/gzip": (response) => response.writeHead(200, {"content-encoding": "gzip"}).end(gzipSync(""))});
    expect((await pull(url)).fault?.message).toBe("gave nothing: 0 bytes");
    expect((await pull(`${url}/gzip`)).fault?.message).toBe("gave nothing: 0 bytes");
  });

  it("larger than size_limit: announced, unannounced, or packed", async () => {
    const bomb = gzipSync(Buffer.alloc(2e6));
    const {url} = await serve({
      "/announced": (response) => response.writeHead(200, {"content-length": 2e6}).end(Buffer.alloc(2e6)),
      "/endless": (response) => {
        const more = (): void => void (response.destroyed || response.write(Buffer.alloc(65_536), more));
        more();
      },
      "/bomb": (response) => response.writeHead(200, {"content-encoding": "gzip"}).end(bomb)
    });
    for (const name of ["announced", "endless", "bomb"]) expect((await pull(`${url}/${name}`)).fault?.message).toBe("is larger than size_limit (1 MB)");
  });

  it("a web page, by its type or by its beginning", async () => {
    const {url, asked} = await serve({
      "/typed": (response) => response.writeHead(200, {"content-type": "text/html; charset=utf-8"}).end(csv),
      "/untyped": (response) => response.writeHead(200, {"content-type": "text/csv"}).end("\ufeff\n <!DOCTYPE html>\n<title>Log in</title>"),
      "/letters": (response) => {
        response.write("<ht");
        setTimeout(() => response.end("ml><title>Log in</title>"), 30);
      },
      "/login": (response) => response.writeHead(200, {"content-type": "text/html"}).end("<form>"),
      "/moved": (response) => response.writeHead(302, {location: "/login?next=/moved"}).end()
    });
    for (const name of ["typed", "untyped", "letters"]) expect((await pull(`${url}/${name}`)).fault?.message).toBe("answered a web page, where an export is expected; most likely that of a login");
    expect((await pull(`${url}/moved`)).fault?.message).toContain(`a web page after a redirect to ${url}/login,`);
    expect(asked.length).toBe(5);
  });
});

describe("a server that redirects", () => {
  const to = (location: string, status = 302): Paths[string] => (response) => response.writeHead(status, {location}).end();
  const headers = {Authorization: "Bearer secret", "X-Api-Key": "secret"};

  it.each([301, 302, 303, 307, 308])("is followed on its own host, headers and all: %i", async (status) => {
    const {url, asked} = await serve({"/old": to("/new?a=1", status), "/new": ok});
    expect((await pull(`${url}/old`, {headers})).text).toBe(csv);
    expect(asked[1]).toMatchObject({path: "/new?a=1", headers: {authorization: "Bearer secret", "x-api-key": "secret"}});
  });

  it("to another host sends it none of the headers, nor the first one when it leads back", async () => {
    const first: Record<string, Paths[string]> = {"/end": ok};
    const home = await serve(first);
    const other = await serve({"/there": to(`${home.url}/end`), "/storage": ok});
    first["/away"] = to(`${other.url}/there`);
    first["/stored"] = to(`${other.url}/storage`);
    expect((await pull(`${home.url}/stored`, {headers})).text).toBe(csv);
    expect((await pull(`${home.url}/away`, {headers})).text).toBe(csv);
    const carrying = (server: BadServer) => server.asked.filter(({headers}) => JSON.stringify(headers).includes("secret")).map(({path}) => path);
    expect(carrying(home)).toEqual(["/stored", "/away"]);
    expect(other.asked.map(({path}) => path)).toEqual(["/storage", "/there"]);
    expect(carrying(other)).toEqual([]);
  });

  it("without end is given up after five", async () => {
    const {url, asked} = await serve({"/loop": to("/loop")});
    expect((await pull(`${url}/loop`)).fault?.message).toBe(`redirects without end, last to ${url}/loop`);
    expect(asked.length).toBe(6);
  });

  it("from https to http is not followed", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const plain = await serve({"/": ok}, {host: "localhost"});
    const secure = await serve({"/down": to(`${plain.url}/?key=secret`), "/": ok, "/up": to("/")}, {secure: true, host: "localhost"});
    expect((await pull(`${secure.url}/up`, {headers})).text).toBe(csv);
    for (const allowHttp of [false, true]) {
      const {fault} = await pull(`${secure.url}/down`, {headers, allowHttp});
      expect(fault?.message).toBe(`redirects to ${plain.url}/, which is not followed: it is not encrypted, the first was`);
    }
    expect(plain.asked).toEqual([]);
  });

  it("to what is no address, or to another protocol, is not followed", async () => {
    const {url} = await serve({"/ftp": to("ftp://files/deals.csv"), "/bad": to("https://[nowhere"), "/password": to("https://u:p@crm.example/")});
    for (const name of ["ftp", "bad", "password"]) expect((await pull(`${url}/${name}`)).fault?.code).toBe("redirect_refused");
    expect((await pull(`${url}/password`)).fault?.message).not.toContain("u:p");
  });

  it("from another machine to this one is not followed: only this machine knows what answers there", () => {
    const from = new URL("https://crm.example/export");
    for (const local of ["https://localhost/", "http://127.0.0.1:8080/", "https://[::1]/", "https://127.1/", "https://0/", "https://[::ffff:127.0.0.1]/", "https://a.localhost/"]) {
      expect(() => redirectTarget(local, from, true), local).toThrow("it is an address of this machine");
    }
    expect(redirectTarget("https://files.example/x", from, false).href).toBe("https://files.example/x");
    expect(() => redirectTarget("http://files.example/x", new URL("http://localhost/"), false)).toThrow("it is not encrypted");
  });
});

it("a certificate that is not trusted is refused at once", async () => {
  const {url, asked} = await serve({"/": ok}, {secure: true, host: "localhost"});
  const {fault, waits} = await pull(url);
  expect(fault?.message).toBe("has a certificate that is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT");
  expect([asked.length, waits.length]).toEqual([0, 0]);
});
