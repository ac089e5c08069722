// Slips in report.yaml, and files that stand where they should not.

import {anyFile, splice, withFile, type Mutation} from "./define.js";

const ofSettings = (name: string, change: (text: string, random: Parameters<Mutation["apply"]>[1]) => string | undefined): Mutation => ({
  name,
  apply(world, random) {
    const settings = change(world.settings, random);
    return settings === undefined || settings === world.settings ? undefined : {...world, settings};
  }
});

/** Replaces one of the places that match. */
const replaced = (text: string, pattern: RegExp, random: Parameters<Mutation["apply"]>[1], by: (found: RegExpExecArray) => string): string | undefined => {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return undefined;
  const one = random.pick(found);
  return text.slice(0, one.index) + by(one) + text.slice(one.index + one[0].length);
};

export const settings: readonly Mutation[] = [
  ofSettings("a stage left out", (text, random) => replaced(text, /(?<=(?:open|won|lost): \[[^\]]*)(, )?[^\],[]+(?=[\],])/g, random, () => "")),
  ofSettings("a stage in two lists", (text, random) => replaced(text, /won: \[/g, random, () => "won: [Lost, ")),
  ofSettings("dates declared", (text, random) => replaced(text, /folder: [^\n,}]+/g, random, ([found]) => `${found}\n    dates: [${random.pick(["DD/MM/YYYY", "MM/DD/YYYY", "excel", "epoch", "D.M.YY hh:mm", '""', "YYYY"])}]`)),
  ofSettings("numbers declared", (text, random) => replaced(text, /folder: [^\n,}]+/g, random, ([found]) => `${found}\n    ${random.pick(['decimal: ","', 'group: "."', 'group: " "', 'decimal: ","\n    group: ","', 'decimal: "x"'])}`)),
  ofSettings("an encoding declared", (text, random) => replaced(text, /folder: [^\n,}]+/g, random, ([found]) => `${found}\n    encoding: ${random.pick(["windows-1250", "utf-16le", "shift_jis", "gb18030", "utf-8", "klingon", "utf-16be", "iso-2022-jp"])}`)),
  ofSettings("a delimiter declared", (text, random) => replaced(text, /folder: [^\n,}]+/g, random, ([found]) => `${found}\n    delimiter: ${random.pick(['";"', '"\\t"', '"|"', '" "', '"\\""', '"a"', '"\\n"', '"é"', '"\\\\"'])}`)),
  ofSettings("a zone declared", (text, random) => replaced(text, /folder: [^\n,}]+/g, random, ([found]) => `${found}\n    zone: ${random.pick(["Pacific/Apia", "America/New_York", "Asia/Kathmandu", "Mars/Base", "UTC", "+02:00"])}`)),
  ofSettings("words for nothing declared", (text, random) => replaced(text, /folder: [^\n,}]+/g, random, ([found]) => `${found}\n    nulls: [${random.pick(["1", "0", "won", '""', "Won", "a, b, c"])}]`)),
  ofSettings("another report zone", (text, random) => text.replace(/time_zone: .*/, `time_zone: ${random.pick(["Pacific/Kiritimati", "America/St_Johns", "UTC", "Europe/Dublin", "Nowhere/At_All"])}`)),
  ofSettings("another currency", (text, random) => text.replace(/currency: .*/, `currency: ${random.pick(["USD", "eur", "XXX", "E", '"x--"', "JPY"])}`)),
  ofSettings("another limit of rejects", (text, random) => `${text.replace(/reject_limit: .*\n/, "")}${text.endsWith("\n") ? "" : "\n"}reject_limit: ${random.pick(["0%", "100%", "1%", "0.5", "150%", "-1%", "many"])}\n`),
  ofSettings("checks graded down", (text, random) => `${text}${text.endsWith("\n") ? "" : "\n"}checks: {unique_keys: ${random.pick(["warn", "note"])}, known_stages: ${random.pick(["warn", "note", "stop"])}, rejects_few: ${random.pick(["warn", "stop"])}}\n`),
  ofSettings("as of a day", (text, random) => `${text.replace(/as_of: .*\n/, "")}${text.endsWith("\n") ? "" : "\n"}as_of: ${random.pick(["2025-06-30", "1900-01-01", "2999-12-31", "2025-02-30", "yesterday", "newest"])}\n`),
  ofSettings("the type of the source changed", (text, random) => replaced(text, /type: \w+/g, random, () => `type: ${random.pick(["csv", "salesforce", "hubspot", "zoho", "redmine", "pipedriv"])}`)),
  ofSettings("a letter changed", (text, random) => {
    const at = random.int(0, text.length - 1);
    return text.slice(0, at) + random.pick(["x", " ", ":", "[", "]", '"', "\n", "#", "&", "*", "{", "\t", ""]) + text.slice(at + 1);
  }),
  ofSettings("a line left out", (text, random) => {
    const lines = text.split("\n");
    lines.splice(random.int(0, lines.length - 1), 1);
    return lines.join("\n");
  }),
  ofSettings("a name of a column changed", (text, random) => replaced(text, /(?<=: )[A-Za-zÀ-ž]\w+(?=[,}\n])/g, random, ([found]) => random.pick([`${found}x`, found.toUpperCase(), found.slice(0, -1) || "x"]))),
  {
    name: "a file missing",
    apply(world, random) {
      const path = anyFile(world, random);
      return path === undefined ? undefined : {...world, files: new Map([...world.files].filter(([other]) => other !== path))};
    }
  },
  {
    name: "contents of two files swapped",
    apply(world, random) {
      const [a, b] = [anyFile(world, random), anyFile(world, random)];
      return a === undefined || b === undefined || a === b ? undefined : withFile(withFile(world, a, world.files.get(b)!), b, world.files.get(a)!);
    }
  },
  {
    name: "a file twice under two names",
    apply(world, random) {
      const path = anyFile(world, random);
      return path === undefined ? undefined : withFile(world, path.replace(/([^/]*?)(\.[^/]*)$/, random.pick(["$1 (1)$2", "$1-2$2", "$12$2"])), world.files.get(path)!);
    }
  },
  {
    name: "a stranger beside the files",
    apply(world, random) {
      const path = anyFile(world, random);
      return path === undefined ? undefined : withFile(world, path.replace(/[^/]*$/, random.pick(["notes.txt", ".DS_Store", "~$deals.xlsx", "x.csv", "README.md"])), splice(Buffer.from("not a table\n"), 0, 0));
    }
  }
];
