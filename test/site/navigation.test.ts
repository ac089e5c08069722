// In which order and under which names pages stand in the navigation.

import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import type {Baked} from "../../loaders/site/baked.js";
import {siteHeader} from "../../loaders/site/frame.js";
import {inOrder, pageGroups, standingOf, type PageGroup} from "../../loaders/site/navigation.js";

const page = (path: string, frontMatter: Readonly<Record<string, unknown>> = {}) => ({path, frontMatter});

describe("the order of pages", () => {
  it("is the overview, then groups, then places, then names; who says nothing comes last", () => {
    const pages = [page("/zebra"), page("/apples"), page("/churn", {group: "customers", place: 3}), page("/cohorts", {group: "customers", place: 2}), page("/index"), page("/leads", {group: "sales", place: 1}), page("/own", {group: "sales"})];
    expect(inOrder(pages).map(({path}) => path)).toEqual(["/index", "/leads", "/own", "/cohorts", "/churn", "/apples", "/zebra"]);
    expect(inOrder([...pages].reverse())).toEqual(inOrder(pages));
  });
  it("refuses a group that is none, with those that are, and a place that is no number", () => {
    expect(() => standingOf({group: "sale"})).toThrow("group: sale is none of month, sales, customers, data, more");
    expect(() => standingOf({place: "first"})).toThrow("place: first is no number");
  });
});

describe("the navigation", () => {
  const groups = Object.fromEntries(pageGroups.map((group) => [group, `<${group}>`])) as Record<PageGroup, string>;
  const one = (path: string, group: PageGroup) => ({path, name: `<b>${path}</b>`, group, answers: false, choices: [], elements: []});
  const baked: Baked = {
    title: "T", lang: "en", words: {navigation: "Pages", groups, skip: "Skip", asOf: "today", fictional: null},
    pages: [one("/index", "more"), one("/leads", "sales"), one("/funnel", "sales"), one("/churn", "customers"), one("/snapshots/index", "more")]
  };
  const navigation = (path: string) => new JSDOM(siteHeader(baked)({path})).window.document.querySelector("nav")!;

  it("has the overview, a menu for each group with several pages, and the only page of a group by itself", () => {
    const nav = navigation("/funnel");
    expect([...nav.children].map((child) => child.localName)).toEqual(["a", "details", "a"]);
    expect([...nav.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["/", "/leads", "/funnel", "/churn"]);
    expect([...nav.querySelectorAll("[aria-current]")].map((link) => link.getAttribute("href"))).toEqual(["/funnel"]);
    expect(nav.querySelector("summary")!.textContent).toBe("<sales><b>/funnel</b>");
    expect(nav.querySelector("b")).toBeNull();
  });
  it("marks no group on a page that stands in none", () => {
    expect(navigation("/index").querySelector("[data-current]")).toBeNull();
  });
});
