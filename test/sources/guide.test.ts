// The settings that the guide shows for each CRM are settings.

import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {validateSettings} from "../../loaders/settings/validate.js";

const folder = "src/guide/sources";
const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));

/** Blocks of YAML; one that goes on within a source is that source with these keys in place of its own. */
function settingsIn(page: string): string[] {
  const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  let source = "";
  return blocks.map((block) => {
    if (block.startsWith("sources:")) return (source = block);
    if (block.startsWith("  - ")) return `sources:\n${block}`;
    const own = new Set([...block.matchAll(/^ {4}(\w+):/gm)].map(([, key]) => key));
    const kept = source.split(/^(?= {4}\w)/m).filter((part) => !own.has(/^ {4}(\w+):/.exec(part)?.[1] ?? ""));
    return kept.join("") + block;
  });
}

describe("settings in the guide", () => {
  it.each(pages)("%s shows settings that hold", (name) => {
    const shown = settingsIn(readFileSync(join(folder, name), "utf8"));
    expect(shown.length).toBeGreaterThan(0);
    for (const block of shown) {
      const text = /^\S/m.test(block.replace(/^sources:$/m, "")) ? block : `title: Guide\ntime_zone: UTC\ncurrency: EUR\n${block}`;
      expect(validateSettings(text, name).problems, block).toEqual([]);
    }
  });
});
