import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {enableBrush, showGroups, withGroup} from "../../src/elements/brush.js";
import type {CohortView} from "../../src/query/cohort/view.js";

const lines = ["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"];

function open() {
  const table = `<table><tbody>${lines.map((line) => `<tr data-line="${line}"><th scope="row">${line}</th><td>1</td></tr>`).join("")}</tbody></table>`;
  const {window} = new JSDOM(table);
  const {document} = window;
  let view: CohortView = {measure: "repeat"};
  let drawn = (chosen: CohortView) => showGroups(document, chosen);
  const redrawOnChoice = () => {
    drawn = () => void (document.body.innerHTML = table);
  };
  enableBrush(document, {label: "compare", view: () => view, choose: (next) => drawn(view = next)});
  const button = (i: number) => document.querySelectorAll<HTMLElement>(".qd-brush")[i]!;
  const pointer = (type: string, i: number) => button(i).dispatchEvent(Object.assign(new window.Event(type, {bubbles: true}), {button: 0, buttons: 1}));
  const key = (name: string, shiftKey = false) => document.activeElement!.dispatchEvent(new window.KeyboardEvent("keydown", {key: name, shiftKey, bubbles: true, cancelable: true}));
  const marked = (name: string) => [...document.querySelectorAll("tr")].map((row) => row.getAttribute(name) ?? "-").join("");
  return {document, button, pointer, key, marked, redrawOnChoice, view: () => view};
}

describe("cohorts brushed into groups", () => {
  it("by mouse, in either direction: the first group, then the second, then the first anew", () => {
    const {pointer, marked, view} = open();
    for (const [type, i] of [["pointerdown", 3], ["pointerover", 2], ["pointerup", 2]] as const) pointer(type, i);
    expect(view()).toEqual({measure: "repeat", a: ["2025-03-01", "2025-04-01"]});
    for (const [type, i] of [["pointerdown", 0], ["pointerover", 1], ["pointerup", 1]] as const) pointer(type, i);
    expect(view()).toEqual({measure: "repeat", a: ["2025-03-01", "2025-04-01"], b: ["2025-01-01", "2025-02-01"]});
    expect(marked("data-group")).toBe("bbaa");
    expect(withGroup(view(), ["2025-02-01", "2025-02-01"])).toEqual({measure: "repeat", a: ["2025-02-01", "2025-02-01"]});
  });

  it("by keyboard, from one stop of the Tab key; Escape lets go of what is not chosen yet", () => {
    const {document, button, key, marked, view} = open();
    expect([0, 1, 2, 3].map((i) => button(i).tabIndex)).toEqual([0, -1, -1, -1]);
    button(0).focus();
    key("ArrowDown");
    key("ArrowDown", true);
    key("ArrowDown", true);
    expect(document.activeElement).toBe(button(3));
    expect(document.querySelectorAll("tr[data-brushed]")).toHaveLength(3);
    expect(key("Escape")).toBe(false);
    expect(marked("data-brushed")).toBe("----");
    key("ArrowUp", true);
    key("Enter");
    expect(view().a).toEqual(["2025-03-01", "2025-04-01"]);
    expect(key("Escape")).toBe(true);
  });

  it("keeps the focus where the choice draws the triangle anew", async () => {
    const {document, button, key, redrawOnChoice} = open();
    redrawOnChoice();
    button(0).focus();
    key("ArrowDown");
    key("Enter");
    expect(document.activeElement).toBe(document.body);
    await new Promise((resume) => setTimeout(resume));
    expect(document.activeElement).toBe(button(1));
  });
});
