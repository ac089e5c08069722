// A server that misbehaves as servers do: each path has its own way.

import {createServer, type IncomingMessage, type RequestListener, type ServerResponse} from "node:http";
import {createServer as createSecureServer} from "node:https";
import {createServer as createSocketServer, type AddressInfo, type Server, type Socket} from "node:net";
import {selfSigned} from "./certificate.js";

export const csv = "id,name\n1,Ana\n2,Ben\n";

type Behaviour = (response: ServerResponse, request: IncomingMessage, count: number) => void;

export interface BadServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Path and headers of every request, in order. */
  readonly asked: {readonly path: string; readonly headers: IncomingMessage["headers"]}[];
  close(): Promise<void>;
}

/** Starts a server on this machine whose paths behave as told; `count` is 1 at the first request of a path. */
export async function badServer(paths: Readonly<Record<string, Behaviour>>, {secure = false, host = "127.0.0.1"} = {}): Promise<BadServer> {
  const asked: BadServer["asked"] = [];
  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? "").split("?")[0]!;
    asked.push({path: request.url ?? "", headers: request.headers});
    const behave = paths[path] ?? ((answer) => answer.writeHead(404).end());
    behave(response, request, asked.filter((one) => one.path.split("?")[0] === path).length);
  };
  const server = secure ? createSecureServer(selfSigned(), listener) : createServer(listener);
  const url = await listen(server, host);
  return {url: `${secure ? "https" : "http"}://${url}`, asked, close: () => closed(server)};
}

/** Starts a server that sends these pieces, whatever is asked, and hangs up. */
export async function rawServer(pieces: readonly (string | Buffer)[]): Promise<{readonly url: string; close(): Promise<void>}> {
  const server = createSocketServer((socket: Socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      for (const piece of pieces) socket.write(piece);
      socket.end();
    });
  });
  const url = await listen(server, "127.0.0.1");
  return {url: `http://${url}`, close: () => closed(server)};
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return `${host}:${(server.address() as AddressInfo).port}`;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) (server as unknown as {closeAllConnections(): void}).closeAllConnections();
  });
