// What runs on a schedule, as it stands in the workflow and in the guide: every command is one that there is, with options that it has.

import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {parse} from "yaml";
import {typescript} from "../../loaders/site/framework.js";

const guide = readFileSync("src/guide/publishing.md", "utf8");
const blocks = (language: string): string[] => [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === language).map(([, , text]) => text!);
const workflow = parse(readFileSync(".github/workflows/report.yml", "utf8")) as {
  readonly on: {readonly schedule: readonly {readonly cron: string}[]};
  readonly concurrency: {readonly group: string; readonly "cancel-in-progress": boolean};
  readonly jobs: {readonly publish: {readonly env: Readonly<Record<string, string>>; readonly steps: readonly {readonly run?: string; readonly uses?: string}[]}};
};
const {scripts} = JSON.parse(readFileSync("package.json", "utf8")) as {readonly scripts: Readonly<Record<string, string>>};

/** Commands of ours in a text: the script and its options. */
const commandsIn = (text: string): {readonly script: string; readonly options: string[]}[] =>
  [...text.matchAll(/npm run (?:--silent )?([a-z]+)(?: -- ([^\n&|;']*))?/g)].map(([, script, rest = ""]) => ({script: script!, options: [...rest.split(" #")[0]!.matchAll(/(?:^|\s)(--[a-z-]+)/g)].map(([, option]) => option!)}));

const helps = new Map<string, string>();
const helpOf = (script: string): string => {
  const known = helps.get(script) ?? execFileSync(process.execPath, ["--import", typescript, scripts[script]!.replace("tsx ", ""), "--help"], {encoding: "utf8"});
  helps.set(script, known);
  return known;
};

const places = {
  "the workflow": workflow.jobs.publish.steps.map(({run = ""}) => run).join("\n"),
  "the guide's shell blocks": blocks("sh").join("\n"),
  "the guide's cron lines": blocks("cron").join("\n"),
  "the guide's systemd service": blocks("ini").join("\n"),
  "the guide's GitLab pipeline": blocks("yaml").filter((text) => text.includes("script:")).join("\n")
};

describe("commands on a schedule", () => {
  it.each(Object.entries(places))("in %s are ours, with options that they have", (_, text) => {
    const commands = commandsIn(text);
    expect(commands.length).toBeGreaterThan(0);
    for (const {script, options} of commands) {
      expect(Object.keys(scripts), script).toContain(script);
      for (const option of options) expect(helpOf(script), `${script} ${option}`).toContain(option);
    }
  });
  it("freeze the month before they build the report that serves it", () => {
    const order = commandsIn(places["the workflow"]).map(({script}) => script);
    expect(order.filter((script) => ["doctor", "snapshot", "report", "publish"].includes(script))).toEqual(["doctor", "snapshot", "report", "publish"]);
  });
});

describe("the workflow", () => {
  it("runs one at a time, never cut off by the next", () => expect(workflow.concurrency).toEqual({group: "report", "cancel-in-progress": false}));
  it("has five fields in each time, and the monthly one is that of its steps", () => {
    for (const {cron} of workflow.on.schedule) expect(cron).toMatch(/^(\d+|\*) (\d+|\*) (\d+|\*) (\d+|\*) (\d+|\*)$/);
    expect(workflow.jobs.publish.env["MONTHLY"]).toContain(`'${workflow.on.schedule[1]!.cron}'`);
  });
  it("takes secrets from the environment alone", () => {
    const secrets = Object.entries(workflow.jobs.publish.env).filter(([, value]) => value.includes("secrets."));
    expect(secrets.map(([name]) => name)).toEqual(["CRM_TOKEN", "QUARTERDECK_PSEUDONYM_KEY"]);
    expect(places["the workflow"]).not.toContain("secrets.");
  });
});

describe("the guide", () => {
  it("has pipelines and times that can be read", () => {
    expect(blocks("yaml").map((text) => typeof parse(text))).toEqual(blocks("yaml").map(() => "object"));
    for (const line of blocks("cron").join("").trim().split("\n")) expect(line).toMatch(/^[\d*]+ [\d*]+ [\d*]+ [\d*]+ [\d*]+ {2}cd /);
    for (const text of blocks("ini")) for (const line of text.trim().split("\n").filter(Boolean)) expect(line).toMatch(/^(\[\w+\]|\w+=.+)$/);
  });
});
