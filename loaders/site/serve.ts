// A finished report over HTTP, from memory of nothing: files as they lie, below a path.

import {existsSync} from "node:fs";
import type {IncomingMessage, RequestListener, ServerResponse} from "node:http";
import {join} from "node:path";
import sirv from "sirv";
import {hasContentName} from "./contentName.js";
import {recover, reportFile} from "./publish.js";

/**
 * Returns a request listener for the report in `dir`, below `base` ("/reports/crm/"; "/" for the root). Files with a
 * hash in their name may be kept by browsers for ever. Throws when there is no report in the folder.
 */
export async function serveSite(dir: string, base = "/"): Promise<RequestListener> {
  await recover(dir);
  if (!existsSync(join(dir, reportFile))) throw new Error(`${dir} holds no report: build it with npm run report${dir === "dist" ? "" : ` -- --out ${dir}`}, or name its folder with --dir.`);
  const root = `/${base}/`.replace(/\/+/g, "/");
  // `dev` looks at the disk for every request, so that a rebuilt report shows without a restart.
  const serve = sirv(dir, {dev: true, setHeaders: (response: ServerResponse, path: string) => response.setHeader("Cache-Control", hasContentName(path) ? "public, max-age=31536000, immutable" : "no-cache")});
  return (request: IncomingMessage, response: ServerResponse) => {
    const {pathname, search} = new URL(request.url ?? "/", "http://localhost");
    if (root !== "/" && (pathname === "/" || `${pathname}/` === root)) return redirect(response, `${root}${search}`);
    if (!pathname.startsWith(root)) return missing(response);
    request.url = `/${pathname.slice(root.length)}${search}`;
    serve(request, response, () => missing(response));
  };
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, {location}).end();
}

function missing(response: ServerResponse): void {
  response.writeHead(404, {"content-type": "text/plain; charset=utf-8"}).end("not found\n");
}
