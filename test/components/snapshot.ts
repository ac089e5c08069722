// Pictures are snapshots: the HTML of a component, one tag a line, beside its last reviewed copy in test/output.

import {existsSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {expect} from "vitest";

const folder = new URL("../output/", import.meta.url);

/** Numbers to two decimals, so that no rounding of a machine is a change; one tag a line, so that a diff can be read. */
export function normalise(html: string): string {
  return `${html.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Math.round(+number * 100) / 100)).replace(/></g, ">\n<")}\n`;
}

/**
 * Compares with test/output/<name>.html. A changed picture is saved beside it as <name>-changed.html and fails; a new
 * one is written only with UPDATE_OUTPUT=1, which also accepts changes.
 */
export function expectPicture(name: string, element: Element): void {
  const text = normalise(element.outerHTML);
  const file = new URL(`${name}.html`, folder);
  const changed = new URL(`${name}-changed.html`, folder);
  const update = process.env.UPDATE_OUTPUT === "1";
  if (update) writeFileSync(file, text);
  if (!existsSync(file)) throw new Error(`test/output/${name}.html does not exist: look at the picture, then run this test with UPDATE_OUTPUT=1`);
  const before = readFileSync(file, "utf8");
  if (before === text) rmSync(changed, {force: true});
  else writeFileSync(changed, text);
  expect(text, `test/output/${name}.html differs from ${name}-changed.html; UPDATE_OUTPUT=1 accepts it`).toBe(before);
}
