// The guide shows settings that hold, the defaults that count, and the words that are said.

import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {faultOf, PullFault, type PullCode} from "../../loaders/pull/fault.js";
import {pullSchema} from "../../loaders/pull/settings.js";
import {validateSettings} from "../../loaders/settings/validate.js";

const guide = readFileSync("src/guide/pull.md", "utf8");

it("its settings hold", () => {
  const [block = ""] = [...guide.matchAll(/^```yaml\n(sources:\n.*?)^```$/gms)].map(([, text = ""]) => text);
  expect(block).toContain("pull:");
  expect(validateSettings(`title: Guide\ntime_zone: UTC\ncurrency: EUR\n${block}`, "pull.md").problems).toEqual([]);
});

it("lists every setting of a pull with its default", () => {
  const {files: _, ...defaults} = pullSchema.parse({files: {}});
  const listed = Object.fromEntries([...guide.matchAll(/^\| `(\w+)` \| `(.+?)` \|/gm)].map(([, key = "", value = ""]) => [key, value]));
  expect(listed).toEqual(Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, String(value)])));
});

const error = (code: string) => Object.assign(new Error(code), {code});
const status = (status: number) => new PullFault("status", {status});
const said: readonly PullFault[] = [
  status(401), status(403), status(404), status(429), new PullFault("come_back_later", {status: 429, retryAfter: 7_200_000}), status(503), status(202),
  new PullFault("web_page"), new PullFault("empty"), new PullFault("too_large", {limit: 4e9}), new PullFault("too_slow", {limit: 900_000}), new PullFault("silent", {limit: 120_000}),
  faultOf(error("ECONNRESET")), faultOf(error("ECONNREFUSED")), faultOf(error("DEPTH_ZERO_SELF_SIGNED_CERT")),
  new PullFault("redirect_refused", {to: "http://crm.example.com/", said: "it is not encrypted, the first was"}), new PullFault("redirects", {to: "https://crm.example.com/a"}),
  new PullFault("unknown_encoding", {said: "zstd"}), new PullFault("command_missing", {said: "exprot"}), new PullFault("command_failed", {exit: "exit code 3", lines: ["x"]}), faultOf(error("ENOSPC"))
];

it("quotes what is said of every fault", () => {
  const quoted = [...guide.matchAll(/^\| [^|`]+ \| `([^`]+)` \| /gm)].map(([, words]) => words);
  expect(quoted).toEqual(said.map(({message}) => message.split("\n")[0]));
  const codes: Record<PullCode, true> = {status: true, redirects: true, redirect_refused: true, web_page: true, empty: true, too_large: true, too_slow: true, silent: true, cut_off: true, network: true, certificate: true, unknown_encoding: true, come_back_later: true, command_missing: true, command_failed: true, disk: true};
  expect(Object.keys(codes).filter((code) => !said.some((fault) => fault.code === code))).toEqual([]);
});
