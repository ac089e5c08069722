import {appendFileSync} from "node:fs";
import {describe, expect, it} from "vitest";
import {readSettings} from "../../loaders/settings.js";
import {smallReport} from "../pipeline/smallReport.js";

const read = (text: string, environment: Record<string, string> = {}) => {
  const {config} = smallReport();
  appendFileSync(config, text);
  return readSettings(config, {}, environment).then(({privacy}) => privacy);
};

describe("privacy in report.yaml", () => {
  it("is internal, with names, where nothing is said", async () => {
    expect(await read("")).toEqual({audience: "internal", publish: [], pseudonymKey: null, minGroup: 1, allow: []});
  });

  it("publishes columns that exist, each with a reason", async () => {
    expect((await read("publish: [{column: contact.name, reason: reference customers agreed}]\n")).publish).toEqual([{column: "contact.name", reason: "reference customers agreed"}]);
    await expect(read("publish: [{column: contact.nam, reason: because}]\n")).rejects.toThrow(/contact\.nam.*did you mean contact\.name\?/);
    await expect(read("publish: [{column: contact.name}]\n")).rejects.toThrow(/reason/);
    await expect(read("publish: [{column: contact.name, reason: \"  \"}]\n")).rejects.toThrow(/reason/);
  });

  it("takes the key of pseudonyms from the environment, and none that could be guessed", async () => {
    const text = "owners: pseudonyms\npseudonym_key: ${PSEUDONYM_KEY}\n";
    expect((await read(text, {PSEUDONYM_KEY: "a long enough secret"})).pseudonymKey).toBe("a long enough secret");
    await expect(read(text)).rejects.toThrow(/environment variable is not set: PSEUDONYM_KEY/);
    await expect(read(text, {PSEUDONYM_KEY: "short"})).rejects.toThrow(/5 characters.*at least 16/);
    await expect(read("owners: pseudonyms\n")).rejects.toThrow(/missing key: pseudonym_key/);
  });
});
