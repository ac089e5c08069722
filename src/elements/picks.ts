// Marks and rows that choose: a bar, a point, the heading of a row filters the page, by mouse and by keyboard.

import {element} from "../components/element.js";
import type {Formatter} from "../format/formatter.js";
import {isPicked, type ReaderState} from "../query/state.js";

export interface PickOptions {
  readonly format: Formatter;
  /** What the page shows. */
  readonly state: () => ReaderState;
  /** Told what was chosen, as printPick spells it; `add` where it is to join what is chosen already. */
  readonly choose: (pick: string, add: boolean) => void;
  /** Told that the reader wants the last choice undone. */
  readonly undo: () => void;
}

const places = "svg.qd-plot [data-pick]";
/** Cells of a table that choose, and what they become where a script runs. */
const cells = "th[data-pick], td[data-pick]";

/**
 * Makes what carries `data-pick` choosable, now and whenever more of it comes into the document. A drawing is one stop
 * of the Tab key; arrow keys go from place to place, Enter and Space choose, Escape takes the last choice back.
 */
export function enablePicks(document: Document, {format, state, choose, undo}: PickOptions): void {
  const ready = (root: Element) => {
    for (const plot of [...(root.matches("svg.qd-plot") ? [root] : []), ...root.querySelectorAll("svg.qd-plot")]) preparePlot(plot, format);
    for (const cell of [...(root.matches(cells) ? [root] : []), ...root.querySelectorAll(cells)]) prepareCell(cell, document);
    for (const grid of root.querySelectorAll("table:has(td > .qd-pick)")) oneStop(grid);
  };
  ready(document.body);
  new MutationObserver((records) => {
    for (const {addedNodes} of records) for (const node of addedNodes) if (node.nodeType === 1) ready(node as Element);
    // A drawing of another size and the folded rows of a table come later than the choice.
    if (records.some(({addedNodes}) => [...addedNodes].some((node) => node.nodeType === 1 && (node as Element).matches("svg.qd-plot, tr")))) showPicks(document, state());
  }).observe(document.body, {childList: true, subtree: true});

  const pickOf = (target: EventTarget | null) => (target as Element | null)?.closest?.(`${places}, button.qd-pick`);
  const pick = (place: Element, event: MouseEvent | KeyboardEvent) => choose((place.closest("[data-pick]") as Element).getAttribute("data-pick")!, event.ctrlKey || event.metaKey || event.shiftKey);
  document.addEventListener("click", (event) => {
    const place = pickOf(event.target);
    if (place) pick(place, event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !(event.target as Element).closest?.("details[open], dialog, input, textarea") && !isUnfolded(event.target as Element)) return undo();
    const inGrid = (event.target as Element).closest?.<HTMLElement>("td > .qd-pick");
    if (inGrid && moves[event.key]) {
      event.preventDefault();
      moveInGrid(inGrid, moves[event.key]!);
      return;
    }
    const place = (event.target as Element).closest?.(places);
    if (!place) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(place, event);
    } else if (steps[event.key] !== undefined) {
      event.preventDefault();
      move(place, steps[event.key]!);
    }
  });
}

/** Whether Escape only closes the list of a select; browsers that cannot tell do not send the key while it is open. */
const isUnfolded = (target: Element): boolean => target.localName === "select" && CSS.supports("selector(:open)") && target.matches(":open");

const steps: Readonly<Record<string, number>> = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity};

/** What is drawn as one picture becomes a group of places. */
function preparePlot(plot: Element, format: Formatter): void {
  const found = [...plot.querySelectorAll<SVGElement>("[data-pick]")];
  if (found.length === 0 || plot.getAttribute("role") === "group") return;
  plot.setAttribute("role", "group");
  found.forEach((place, i) => {
    place.setAttribute("role", "button");
    place.setAttribute("tabindex", i === 0 ? "0" : "-1");
    place.setAttribute("aria-label", format.message("chart.pick", {what: (place.querySelector("title")?.textContent ?? "").split("\n").join(", ")}));
  });
}

function prepareCell(heading: Element, document: Document): void {
  if (heading.querySelector("a, button")) return;
  const button = element(document, "button", {type: "button", class: "qd-pick"});
  button.append(...heading.childNodes);
  heading.append(button);
}

/** Rows and columns by which an arrow key goes in a table of cells that choose. */
const moves: Readonly<Record<string, readonly [down: number, right: number]>> = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};

/** Many cells are one stop of the Tab key. */
function oneStop(grid: Element): void {
  grid.querySelectorAll("td > .qd-pick").forEach((button, i) => button.setAttribute("tabindex", i === 0 ? "0" : "-1"));
}

function moveInGrid(button: HTMLElement, [down, right]: readonly [number, number]): void {
  const [cell, row] = [button.closest("td")!, button.closest("tr")!];
  const rows = [...row.parentElement!.children];
  const next = rows[rows.indexOf(row) + down]?.children[[...row.children].indexOf(cell) + right]?.querySelector<HTMLElement>(".qd-pick");
  if (!next) return;
  for (const one of button.closest("table")!.querySelectorAll("td > .qd-pick")) one.setAttribute("tabindex", one === next ? "0" : "-1");
  next.focus();
}

function move(place: Element, by: number): void {
  const all = [...place.closest("svg")!.querySelectorAll<SVGElement>("[data-pick]")];
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(place as SVGElement) + by))]!;
  for (const one of all) one.setAttribute("tabindex", one === next ? "0" : "-1");
  next.focus();
}

/** Says of every place and row whether it is chosen, and of a drawing whether any of its members is: the others are dimmed then. */
export function showPicks(root: ParentNode, state: ReaderState): void {
  for (const place of root.querySelectorAll("[data-pick]")) {
    const chosen = isPicked(state, place.getAttribute("data-pick")!);
    (place.localName === "th" || place.localName === "td" ? place.querySelector("button.qd-pick") : place)?.setAttribute("aria-pressed", String(chosen));
  }
  for (const plot of root.querySelectorAll("svg.qd-plot")) plot.toggleAttribute("data-chosen", plot.querySelector('[data-pick][aria-pressed="true"]:not([data-pick^="period="])') !== null);
}
