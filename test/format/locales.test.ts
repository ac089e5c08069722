import {readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {IntlMessageFormat} from "intl-messageformat";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {languages, loadMessages} from "../../src/format/messages.js";
import {metrics as counted} from "../../src/metrics/index.js";
import {targetMetrics} from "../../src/metrics/targets.js";

const metrics = [...counted, ...targetMetrics];
const tags = Object.keys(languages);
const all = new Map(await Promise.all(tags.map(async (tag) => [tag, await loadMessages(tag)] as const)));
const english = all.get("en")!;
/** Words that Hungarian has taken over as they are; parameters of models are called by their letter. */
const borrowed = [
  ...["a (BG/NBD)", "b (BG/NBD)", "r (BG/NBD)", "p (Gamma-Gamma)", "q (Gamma-Gamma)"],
  "SQL", "Lead", "CES", "CSAT", "FCR", "NPS", "Best case", "Commit", "Kaplan–Meier"
];
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Names and kinds of a message's arguments; the options of a select, because the code supplies them. */
function signature(message: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (elements: readonly {type: number; value?: unknown; options?: Record<string, {value: unknown}>; children?: unknown}[]) => {
    for (const {type, value, options = {}} of elements) {
      if (type === 1) found.add(String(value));
      if (type === 5) found.add(String(value));
      if (type === 6) found.add(String(value));
      for (const option of Object.values(options)) walk(option.value as never);
    }
  };
  walk(new IntlMessageFormat(message, locale, undefined, {ignoreTag: true}).getAst() as never);
  return [...found].sort();
}

describe("locale files", () => {
  it.each(tags)("%s has the keys of English, no more, no fewer", (tag) => expect(Object.keys(all.get(tag)!).sort()).toEqual(Object.keys(english).sort()));
  it.each(globSync(tags.flatMap((tag) => [`src/format/locales/${tag}.ts`, `src/format/locales/${tag}/*.ts`]), {cwd: root}).sort())("%s is in alphabetical order, so that two people's keys seldom meet", (file) => {
    const keys = [...readFileSync(join(root, file), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key!);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys).toEqual([...keys].sort());
  });
  it.each(tags)("%s takes the arguments that English takes", (tag) => {
    const differing = Object.entries(all.get(tag)!).filter(([key, message]) => signature(message, tag).join() !== signature(english[key]!, "en").join());
    expect(differing.map(([key, message]) => `${key}: ${message} | ${english[key]}`)).toEqual([]);
  });
  it.each(tags)("%s has no empty message beside the units that have no sign", (tag) => expect(Object.entries(all.get(tag)!).filter(([key, message]) => message === "" && !key.startsWith("unit."))).toEqual([]));
  it("Hungarian is translated, not copied", () => {
    const same = Object.entries(all.get("hu")!).filter(([key, message]) => message === english[key] && !borrowed.includes(message) && /[a-z]{3}/i.test(message.replace(/\{.*?\}/g, "")));
    expect(same.map(([key]) => key)).toEqual([]);
  });
  it("every key is named in the code or on a page, whole or by the stem that a template completes", () => {
    const code = globSync(["src/**/*.{ts,md}", "loaders/**/*.ts", "observablehq.config.ts"], {cwd: root, ignore: ["src/format/locales/**"], absolute: true}).map((file) => readFileSync(file, "utf8")).join("\n");
    const stems = [...code.matchAll(/["'`]([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map(([, stem]) => stem!);
    const unused = Object.keys(english).filter((key) => !code.includes(`"${key}"`) && !code.includes(`\`${key}\``) && !stems.some((stem) => key.startsWith(stem)));
    expect(unused).toEqual([]);
  });
  it.each(tags)("%s: the name of a KPI's other definition holds its short name, so that wherever it is shown it says which it is", (tag) => {
    const messages = all.get(tag)!;
    const silent = counted.filter(({id, variant, variantOf}) => variantOf !== undefined && !messages[`metric.${id}.label`]!.toLowerCase().includes(messages[`variant.${variant}`]!.toLowerCase()));
    expect(silent.map(({id, variant}) => `metric.${id}.label: ${messages[`metric.${id}.label`]} | variant.${variant}: ${messages[`variant.${variant}`]}`)).toEqual([]);
  });
  it("every metric has its label and its definition, and no label is of a metric that is not declared", () => {
    const lacking = metrics.flatMap(({id}) => [`metric.${id}.label`, `metric.${id}.definition`]).filter((key) => !(key in english));
    expect(lacking).toEqual([]);
    const foreign = Object.keys(english).filter((key) => key.startsWith("metric.") && !metrics.some(({id}) => id === key.split(".")[1]));
    expect(foreign).toEqual([]);
  });
});
