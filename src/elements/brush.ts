// Cohorts of a triangle brushed into groups, by mouse and by keyboard: one drag is the first group, the next the second.

import type {CohortRange, CohortView} from "../query/cohort/view.js";
import {element} from "../components/element.js";

export interface BrushOptions {
  /** What a heading that brushes is said to do. */
  readonly label: string;
  readonly view: () => CohortView;
  readonly choose: (view: CohortView) => void;
}

const headings = 'tr[data-line] > th[scope="row"]';

/** Returns the view with a further range in it: the second group where there is a first alone, else the first. */
export const withGroup = ({a, b, ...view}: CohortView, range: CohortRange): CohortView => (a !== undefined && b === undefined ? {...view, a, b: range} : {...view, a: range});

/**
 * Makes the cohorts of triangles brushable, now and whenever more come into the document. Dragging over them takes a range;
 * the arrow keys go from one to the next, with Shift they take a range, Enter chooses it, Escape lets it go.
 */
export function enableBrush(document: Document, {label, view, choose}: BrushOptions): void {
  let anchor: Element | undefined;
  /** Line whose heading had the focus as its choice drew the triangle anew. */
  let left: string | undefined;
  const ready = (root: Element) => {
    const found = [...root.querySelectorAll(headings)];
    found.forEach((heading, i) => prepare(heading, {label, isStop: heading !== found[i - 1]?.parentElement?.nextElementSibling?.firstElementChild, document}));
    if (found.length > 0) showGroups(document, view());
    const again = left === undefined || document.activeElement !== document.body ? undefined : found.find((heading) => lineOf(heading) === left);
    if (again) stopAt(again);
  };
  ready(document.body);
  const {MutationObserver} = document.defaultView!;
  new MutationObserver((records) => {
    for (const {addedNodes} of records) for (const node of addedNodes) if (node.nodeType === 1 && !(node as Element).matches(".qd-brush")) ready(node as Element);
  }).observe(document.body, {childList: true, subtree: true});

  const headingOf = (target: EventTarget | null): Element | undefined => (target as Element | null)?.closest?.(headings) ?? undefined;
  const together = (one: Element, other: Element | undefined): other is Element => other !== undefined && one.closest("table") === other.closest("table");
  const letGo = () => {
    anchor = undefined;
    for (const row of document.querySelectorAll("tr[data-brushed]")) row.removeAttribute("data-brushed");
  };
  const take = (from: Element, to: Element) => {
    const range = rangeOf(from, to);
    letGo();
    left = to.contains(document.activeElement) ? lineOf(to) : undefined;
    choose(withGroup(view(), range));
  };
  document.addEventListener("pointerdown", (event) => {
    letGo();
    anchor = (event as PointerEvent).button === 0 ? headingOf(event.target) : undefined;
    if (anchor) paint(anchor, anchor);
  });
  document.addEventListener("pointerover", (event) => {
    const heading = headingOf(event.target);
    if (anchor && (event as PointerEvent).buttons === 1 && together(anchor, heading)) paint(anchor, heading);
  });
  document.addEventListener("pointerup", (event) => {
    const heading = headingOf(event.target);
    if (anchor && together(anchor, heading)) take(anchor, heading);
    else letGo();
  });
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("keydown", (event) => {
    const heading = headingOf(event.target);
    if (!heading) return;
    const by = {ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling"}[event.key] as "nextElementSibling" | "previousElementSibling" | undefined;
    if (by) {
      const next = heading.parentElement![by]?.querySelector(headings) ?? heading;
      event.preventDefault();
      if (event.shiftKey) anchor ??= heading;
      else letGo();
      if (anchor) paint(anchor, next);
      stopAt(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      take(anchor ?? heading, heading);
    } else if (event.key === "Escape" && anchor) {
      event.preventDefault();
      letGo();
    }
  });
}

/** Marks the cohorts of the two groups that a reader has chosen. */
export function showGroups(root: ParentNode, {a, b}: CohortView): void {
  for (const row of root.querySelectorAll<HTMLElement>("tr[data-line]")) {
    const isIn = (range: CohortRange | undefined) => range !== undefined && range[0] <= row.dataset["line"]! && row.dataset["line"]! <= range[1];
    const group = isIn(a) ? "a" : isIn(b) ? "b" : undefined;
    if (group) row.dataset["group"] = group;
    else delete row.dataset["group"];
  }
}

/** Many headings are one stop of the Tab key. */
function prepare(heading: Element, {label, isStop, document}: {readonly label: string; readonly isStop: boolean; readonly document: Document}): void {
  if (heading.querySelector("button")) return;
  const button = element(document, "button", {type: "button", class: "qd-brush", name: `line-${lineOf(heading)}`, title: label, tabindex: isStop ? "0" : "-1"});
  button.append(...heading.childNodes);
  heading.append(button);
}

function stopAt(heading: Element): void {
  const all = heading.closest("table")!.querySelectorAll<HTMLElement>(`${headings} > .qd-brush`);
  for (const one of all) one.tabIndex = one.parentElement === heading ? 0 : -1;
  heading.querySelector<HTMLElement>(".qd-brush")?.focus();
}

const lineOf = (heading: Element): string => heading.parentElement!.dataset["line"]!;

function rangeOf(from: Element, to: Element): CohortRange {
  const [first, last] = [lineOf(from), lineOf(to)].sort();
  return [first!, last!];
}

function paint(from: Element, to: Element): void {
  const [first, last] = rangeOf(from, to);
  for (const row of from.closest("table")!.querySelectorAll<HTMLElement>("tr[data-line]")) row.toggleAttribute("data-brushed", first <= row.dataset["line"]! && row.dataset["line"]! <= last);
}
