// npm run serve -- --dir DIR --port N --base /reports/crm/: looks at a finished report, as a plain web server shows it.

import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {Command, InvalidArgumentError} from "commander";
import {serveSite} from "../site/serve.js";

const program = new Command("serve")
  .description("serve a finished report on this machine")
  .option("--dir <dir>", "folder of the report", "dist")
  .option("--port <n>", "port; the next free one where it is taken", readPort, 3000)
  .option("--host <address>", "address to listen on; 0.0.0.0 for all", "127.0.0.1")
  .option("--base <path>", "path below which the report stands", "/")
  .parse();

const {dir, port, host, base} = program.opts<{dir: string; port: number; host: string; base: string}>();
try {
  const server = createServer(await serveSite(dir, base));
  await listen(port);
  console.log(`${dir} is at http://${host}:${(server.address() as AddressInfo).port}${base.startsWith("/") ? base : `/${base}`}\nCtrl+C ends it.`);

  async function listen(from: number): Promise<void> {
    for (let next = from; ; next++) {
      const taken = await new Promise<boolean>((resolve, reject) => {
        server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" && next < from + 50 ? resolve(true) : reject(error)));
        server.listen(next, host, () => resolve(false));
      });
      if (!taken) return;
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new InvalidArgumentError("expected a port number from 0 to 65535");
}
