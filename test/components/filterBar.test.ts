import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {filterBar, filterWords, updateFilterBar} from "../../src/components/filterBar.js";
import type {ReaderState} from "../../src/query/state.js";
import {formatterOf, month} from "./world.js";

const format = await formatterOf("en");
const regions = ["East", "West", null];
const owners = Array.from({length: 14}, (_, i) => `Owner ${i}`);

function bar(state: ReaderState = {filters: []}) {
  const {window} = new JSDOM("<!doctype html>");
  const {document} = window;
  const told: ReaderState[] = [];
  const root = filterBar(
    {dimensions: [{id: "region", members: regions, marts: []}, {id: "owner", members: owners, marts: []}], periods: [month(2026, 10), month(2026, 9)], period: month(2026, 10), state},
    {format, document, onChange: (next) => told.push(next)}
  );
  document.body.append(root);
  const fire = (target: Element, type: string, init = {}) => target.dispatchEvent(new window.KeyboardEvent(type, {bubbles: true, ...init}));
  const box = (dimension: string, at: number) => root.querySelectorAll<HTMLInputElement>(`[data-dimension=${dimension}] input[type=checkbox]`)[at]!;
  return {root, told, document, fire, box, words: () => root.querySelector(".qd-words")!.textContent};
}

describe("filterBar(data)", () => {
  it("every control has a name", () => {
    const {root} = bar();
    for (const control of root.querySelectorAll("select, input[type=checkbox]")) expect(control.closest("label")!.textContent).not.toBe("");
    for (const search of root.querySelectorAll("input[type=search]")) expect(search.getAttribute("aria-label")).toBe("Search in Owner");
    for (const set of root.querySelectorAll("fieldset")) expect(set.querySelector("legend")!.textContent).not.toBe("");
  });
  it("tells a chosen period", () => {
    const {root, told, fire, words} = bar();
    const select = root.querySelector("select")!;
    select.value = "2026-09";
    fire(select, "change");
    expect(told).toEqual([{filters: [], period: "2026-09"}]);
    expect(words()).toBe("September 2026 · compared with previous period");
  });
  it("tells a chosen comparison", () => {
    const {root, told, fire} = bar();
    const select = root.querySelectorAll("select")[1]!;
    select.value = "target";
    fire(select, "change");
    expect(told).toEqual([{filters: [], compare: "target"}]);
  });
  it("tells members in the order of the dimension, null for records without one", () => {
    const {told, box, words} = bar();
    box("region", 2).click();
    box("region", 0).click();
    expect(told.at(-1)).toEqual({filters: [{dimension: "region", values: ["East", null]}]});
    expect(words()).toBe("October 2026 · Region: East or none · compared with previous period");
  });
  it("keeps filters in the order of the dimensions, however they were chosen", () => {
    const {told, box} = bar();
    box("owner", 3).click();
    box("region", 1).click();
    expect(told.at(-1)!.filters.map(({dimension}) => dimension)).toEqual(["region", "owner"]);
  });
  it("unchoosing the last member clears the filter", () => {
    const {told, box} = bar({filters: [{dimension: "region", values: ["West"]}]});
    box("region", 1).click();
    expect(told).toEqual([{filters: []}]);
  });
  it("clears one dimension, or all of them with the focus kept", () => {
    const {root, told, document} = bar({period: "2026-09", filters: [{dimension: "region", values: ["West"]}, {dimension: "owner", values: ["Owner 1"]}]});
    root.querySelector<HTMLButtonElement>("[data-dimension=owner] .qd-clear")!.click();
    expect(told.at(-1)!.filters).toEqual([{dimension: "region", values: ["West"]}]);
    const all = root.querySelector<HTMLButtonElement>(".qd-controls > .qd-clear")!;
    expect(all.hidden).toBe(false);
    all.click();
    expect(told.at(-1)).toEqual({period: "2026-09", filters: []});
    expect(all.hidden).toBe(true);
    expect(document.activeElement!.localName).toBe("select");
  });
  it("closes a menu with Escape and gives the focus back to it", () => {
    const {root, fire, box, document} = bar();
    const menu = root.querySelector<HTMLDetailsElement>("[data-dimension=region]")!;
    menu.open = true;
    fire(box("region", 0), "keydown", {key: "Escape"});
    expect(menu.open).toBe(false);
    expect(document.activeElement).toBe(menu.querySelector("summary"));
  });
  it("finds members by a part of their name", () => {
    const {root, fire} = bar();
    const search = root.querySelector<HTMLInputElement>("input[type=search]")!;
    search.value = "OWNER 13";
    fire(search, "input");
    expect([...root.querySelectorAll<HTMLLabelElement>("[data-dimension=owner] .qd-members label")].filter(({hidden}) => !hidden).map(({textContent}) => textContent)).toEqual([" Owner 13"]);
  });
  it("shows another state without telling it", () => {
    const {root, told, box, words} = bar();
    updateFilterBar(root, {filters: [{dimension: "region", values: ["West"]}]}, month(2026, 9));
    expect(told).toEqual([]);
    expect(box("region", 1).checked).toBe(true);
    expect(words()).toBe("September 2026 · Region: West · compared with previous period");
  });
  it("refuses to show a state in something else", () => expect(() => updateFilterBar(new JSDOM("").window.document.body, {filters: []}, month(2026, 9))).toThrow("updateFilterBar: this element was not made by filterBar"));
  it("a submitted form does not leave the page", () => {
    const {root} = bar();
    const event = new (root.ownerDocument.defaultView!.Event)("submit", {cancelable: true});
    root.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });
  it("at build has every control, disabled, with the choice in the HTML", () => {
    const {document} = new JSDOM("").window;
    const root = filterBar({dimensions: [{id: "region", members: regions, marts: []}], periods: [month(2026, 10)], period: month(2026, 10), state: {filters: [{dimension: "region", values: ["West"]}]}}, {format, document});
    expect([...root.querySelectorAll<HTMLInputElement>("select, input, button")].every(({disabled}) => disabled)).toBe(true);
    expect(root.querySelectorAll("input[checked]")).toHaveLength(1);
    expect(root.querySelector("option[selected]")!.textContent).toBe("October 2026");
  });
  it("lists a period that is not on offer, because it is the one shown", () => {
    const {root} = bar();
    updateFilterBar(root, {filters: [], period: "2024-05"}, month(2024, 5));
    expect(root.querySelector("select")!.value).toBe("2024-05");
  });
});

describe("filterWords(state, period)", () => {
  it("reads as a line", () => expect(filterWords({compare: "last_year", filters: [{dimension: "region", values: ["East", "West"]}]}, month(2026, 10), {format})).toBe("October 2026 · Region: East or West · compared with last year"));
});
