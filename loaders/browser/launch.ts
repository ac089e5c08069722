// A real Chromium. No foreign host can be reached from it: every request that is not for this machine goes to a proxy that
// refuses and records it, worker and browser traffic included.

import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {chromium, type Browser, type BrowserContextOptions, type Page} from "playwright-core";
import {findBrowser} from "./findBrowser.js";

export interface WatchedPage {
  readonly page: Page;
  /** console.error calls, uncaught errors and failed loads, as text. */
  readonly errors: string[];
  /** Content-Security-Policy violations: "directive blocked-address". */
  readonly violations: string[];
  close(): Promise<void>;
}

export interface WatchedBrowser {
  readonly browser: Browser;
  /** Hosts outside this machine that anything in the browser has asked for, with the request line. */
  readonly foreign: string[];
  /** A page in a fresh profile, with its own caches. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** There is no browser on this machine that can be driven. */
export class NoBrowserError extends Error {
  override readonly name = "NoBrowserError";
}

/** How to get a browser, a line each. */
export const browserAdvice = ["npx playwright-core install --with-deps chromium", "sudo apt-get install chromium", "CHROMIUM_PATH=/path/to/chromium, or to Chrome or Edge"] as const;

// What Chromium asks for on its own account when it starts, whatever page it shows.
const ownTraffic = /^(\w+) (?:http:\/\/)?(?:accounts\.google\.com|clients2\.google\.com|update\.googleapis\.com|content-autofill\.googleapis\.com)[:/]/;

async function startRefusal(foreign: string[]) {
  const record = (line: string) => void (ownTraffic.test(line) || foreign.push(line));
  const server = createServer((request, response) => {
    record(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on("connect", (request, socket) => {
    record(`CONNECT ${request.url}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const flags = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-quic",
  "--disable-gpu",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-client-side-phishing-detection",
  "--metrics-recording-only"
];

/**
 * Starts Chromium without a window. `args` are added to the usual flags. The caller closes it.
 * Throws a NoBrowserError when none is found.
 */
export async function launchBrowser({args = []}: {args?: string[]} = {}): Promise<WatchedBrowser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new NoBrowserError(`No Chromium, Chrome or Edge was found. One of these mends it:\n${browserAdvice.map((line) => `  ${line}`).join("\n")}`);
  const foreign: string[] = [];
  const refusal = await startRefusal(foreign);
  const {port} = refusal.address() as AddressInfo;
  const root = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [...flags, ...(root ? ["--no-sandbox"] : []), `--proxy-server=http://127.0.0.1:${port}`, ...args]
  });
  return {
    browser,
    foreign,
    open: (options) => openPage(browser, options),
    close: async () => {
      await browser.close();
      refusal.closeAllConnections();
      await new Promise((resolve) => refusal.close(resolve));
    }
  };
}

async function openPage(browser: Browser, options?: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const errors: string[] = [];
  const violations: string[] = [];
  await context.exposeBinding("reportViolation", (_, text: string) => void violations.push(text));
  // Functions given to page.evaluate by a script under tsx call this helper of its compiler.
  await context.addInitScript("globalThis.__name ??= (made) => made");
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      (globalThis as unknown as {reportViolation(text: string): void}).reportViolation(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  context.on("page", (page) => listen(page, errors));
  const page = await context.newPage();
  return {page, errors, violations, close: () => context.close()};
}

function listen(page: Page, errors: string[]) {
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
}
