// Holds a build against the gates of the settings.

import type {Grade} from "../../../src/query/manifest.js";
import {sizesOf, type Release} from "../release.js";
import type {GateId, GateResult, GateRules} from "./define.js";
import {brokenLinks} from "./links.js";
import type {renderPages} from "./render.js";
import {tooLarge} from "./sizes.js";

export interface GateEffects {
  readonly render: typeof renderPages;
}

/** Pages of frozen months were looked at when the months were frozen. */
const isOwn = (file: string): boolean => file.endsWith(".html") && !/^snapshots\/[^/]+\//.test(file);

/** Returns what each gate found that is not off, in their order. Nothing is written. */
export async function runGates({files}: Pick<Release, "files">, folder: string, rules: GateRules, {render}: GateEffects): Promise<GateResult[]> {
  const names = Object.keys(files).sort();
  const found = new Map<GateId, readonly string[] | string>();
  const wants = (id: GateId): boolean => rules[id].grade !== "off";
  if (wants("links")) found.set("links", await brokenLinks(folder, new Set(names)));
  if (wants("sizes")) found.set("sizes", tooLarge(await sizesOf(folder, names), rules.sizes.limits));
  if (wants("pages") || wants("requests")) {
    const rendered = await render(folder, names.filter(isOwn));
    if (wants("pages")) found.set("pages", typeof rendered === "string" ? rendered : rendered.faults);
    if (wants("requests")) found.set("requests", typeof rendered === "string" ? rendered : rendered.foreign.map((line) => `something was asked of another host: ${line}`));
  }
  return [...found].map(([id, told]): GateResult => ({
    id, grade: rules[id].grade as Grade,
    status: typeof told === "string" ? "unknown" : told.length > 0 ? "failed" : "passed",
    findings: typeof told === "string" ? [told] : told
  }));
}

/** Findings of a gate that are told one by one. */
const named = 5;

const labels: Readonly<Record<GateId, string>> = {links: "links", sizes: "sizes", pages: "pages in a browser", requests: "requests to other hosts"};

/** Returns the lines about the gates: how many passed, and each that did not. */
export function gateLines(gates: readonly GateResult[]): string[] {
  const passed = gates.filter(({status}) => status === "passed");
  return [
    `  gates     ${passed.length} of ${gates.length} passed${passed.length > 0 ? `: ${passed.map(({id}) => labels[id]).join(", ")}` : ""}`,
    ...gates.filter(({status}) => status !== "passed").flatMap(({id, grade, status, findings}) => [
      `  ${(status === "unknown" ? "not seen" : grade).padEnd(10)}${labels[id]}${findings.length > named ? `, ${findings.length} findings` : ""}`,
      ...findings.slice(0, named).flatMap((text) => text.split("\n")).map((line) => `            ${line}`)
    ])
  ];
}
