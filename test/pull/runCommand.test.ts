import {existsSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {describe, expect, it} from "vitest";
import type {PullFault} from "../../loaders/pull/fault.js";
import {runCommand, type CommandOptions} from "../../loaders/pull/runCommand.js";

const folder = mkdtempSync(join(tmpdir(), "command-"));
const path = join(folder, "out.csv");

/** Runs a script of Node as the command. */
const run = (script: string, options: Partial<CommandOptions> = {}, ...args: string[]) =>
  command([process.execPath, "-e", script, ...args], options);

async function command(words: readonly string[], options: Partial<CommandOptions> = {}): Promise<{text?: string; bytes?: number; fault?: PullFault}> {
  try {
    const {bytes} = await runCommand(words, path, {cwd: folder, environment: {PATH: process.env.PATH}, sizeLimit: 1e6, timeLimit: 20_000, mask: (text) => text, ...options});
    return {bytes, text: readFileSync(path, "utf8")};
  } catch (error) {
    return {fault: error as PullFault};
  }
}

describe("runCommand(command, path, options)", () => {
  it("keeps what the command writes to standard output, and nothing of standard error", async () => {
    expect(await run('console.error("reading"); process.stdout.write("id\\n1\\n")')).toEqual({bytes: 5, text: "id\n1\n"});
  });

  it("has no shell: arguments reach the command as they are", async () => {
    const hostile = "$(touch pwned); `id` && echo * | cat > pwned";
    expect((await run("process.stdout.write(process.argv[1])", {}, hostile)).text).toBe(hostile);
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  });

  it("runs in the folder of the settings, with the environment it is given", async () => {
    writeFileSync(join(folder, "export.mjs"), 'process.stdout.write(`${process.cwd()} ${process.env.TOKEN}`)');
    expect((await command([process.execPath, "export.mjs"], {environment: {TOKEN: "t"}})).text).toMatch(/command-\S+ t$/);
  });

  it("fails with the last lines of standard error, whatever was written before", async () => {
    const {fault} = await run('process.stdout.write("id\\n1\\n"); for (let k = 0; k < 30; k++) console.error(`\\u001b[31mline ${k}\\u0007`); process.exit(3)');
    expect(fault?.code).toBe("command_failed");
    expect(fault?.message).toBe(["ended with exit code 3; the last it said:", ...Array.from({length: 10}, (_, k) => `    line ${k + 20}`)].join("\n"));
  });

  it("fails where it says nothing, or a web page", async () => {
    expect((await run("")).fault?.message).toBe("gave nothing: 0 bytes");
    expect((await run("process.exitCode = 1")).fault?.message).toBe("ended with exit code 1 and said nothing");
    expect((await run('console.log("<html><body>Log in")')).fault?.code).toBe("web_page");
  });

  it("fails where there is no such command, and names it", async () => {
    expect((await command(["no-such-command-here", "x"])).fault?.message).toBe("there is no command no-such-command-here");
  });

  it("masks standard error before it is cut: no half of a secret is left", async () => {
    const secret = "s3cret-".repeat(60);
    const {fault} = await run('console.error("x".repeat(250) + process.env.TOKEN); process.exit(1)', {environment: {TOKEN: secret}, mask: (text) => text.replaceAll(secret, "•••")});
    expect(fault?.message).not.toContain("s3cret");
    expect(fault?.message).toContain("•••");
  });

  it("is stopped after time_limit with all that it started, also one that does not listen", async () => {
    const mark = join(folder, "alive");
    const child = `setInterval(() => require("fs").writeFileSync(${JSON.stringify(mark)}, String(Date.now())), 20)`;
    const {fault} = await run(`require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], {stdio: "inherit"}); console.log("id"); setInterval(() => {}, 1000)`, {timeLimit: 1500});
    expect(fault?.message).toBe("was not complete within time_limit (1.5 s)");
    await sleep(300);
    const before = readFileSync(mark, "utf8");
    await sleep(200);
    expect(readFileSync(mark, "utf8")).toBe(before);
  });

  it("is stopped once it has said more than size_limit", async () => {
    const {fault} = await run("const more = () => process.stdout.write(Buffer.alloc(65536), more); more()");
    expect(fault?.message).toBe("is larger than size_limit (1 MB)");
  });
});
