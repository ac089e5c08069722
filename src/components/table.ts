// A table of plain cells: caption, scopes, numbers to the right, total at the foot, long ones folded. Complete without
// a script; `makeSortable` adds the buttons where there is one.

import type {Tone} from "../format/variance.js";
import {element} from "./element.js";
import {makeAll, makeLater} from "./later.js";
import type {ComponentOptions} from "./options.js";

export interface TableColumn {
  readonly label: string;
  /** Unit of the bare numbers below: "€", "%". */
  readonly unit?: string;
  readonly numeric?: boolean;
  /** First of a group of columns: set off by room, not by a line. */
  readonly opens?: boolean;
}

export interface TableCell {
  readonly text: string;
  /** What sorts the column; the text where absent. Null sorts last either way. */
  readonly sort?: number | string | null;
  readonly tone?: Tone;
  readonly muted?: boolean;
  /** Why the cell reads as it does; shown on hover and read aloud. */
  readonly note?: string;
  /** Where the text leads; with `download` the file's name once it is saved. */
  readonly link?: {readonly href: string; readonly download?: string; readonly rel?: "external"};
  /** Drawn beside the text, with a name of its own. */
  readonly drawing?: Element;
  /** Of a heading: what a reader chooses with it (printPick); it becomes a button where a script runs. */
  readonly pick?: string;
}

export interface TableData {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly TableCell[])[];
  readonly total?: readonly TableCell[];
  /** Rows beyond are folded behind “show all”. */
  readonly max?: number;
  /** Of a live table: rows folded after `rows`, made when somebody gets at them, for there may be hundreds. */
  readonly later?: {readonly count: number; readonly rows: () => readonly (readonly TableCell[])[]};
}

/** Returns the table in a box that scrolls by itself when the page is too narrow. */
export function table({caption, columns, rows, total, max = Infinity, later}: TableData, {format, document}: ComponentOptions): HTMLElement {
  const cell = ({text, sort, tone, muted, note, link, pick, drawing}: TableCell, i: number) =>
    element(
      document,
      i === 0 ? "th" : "td",
      {
        scope: i === 0 ? "row" : null,
        class: classes(columns[i]!, muted),
        "data-tone": tone && tone !== "neutral" ? tone : null,
        "data-sort": sort === undefined ? null : (sort ?? ""),
        "data-pick": pick,
        title: note || (text.length > 60 ? text : null)
      },
      i === 0 ? element(document, "bdi", {}, linked(text, link, document)) : linked(text, link, document),
      drawing,
      note && element(document, "span", {class: "qd-sr"}, ` ${note}`)
    );
  const line = (cells: readonly TableCell[]) => element(document, "tr", {}, cells.map(cell));
  const count = rows.length + (later?.count ?? 0);
  const folded = count > max;
  const rest = element(document, "tbody", {class: "qd-rest"}, rows.slice(max).map(line));
  const all = element(document, "details", {class: "qd-all"}, element(document, "summary", {}, format.message("table.show_all", {count})));
  const made = element(
    document,
    "div",
    {class: "qd-table"},
    element(
      document,
      "div",
      {class: "qd-scroll", tabindex: 0, role: "region", "aria-label": caption},
      element(
        document,
        "table",
        {},
        element(document, "caption", {}, caption),
        element(
          document,
          "thead",
          {},
          element(document, "tr", {}, columns.map((column) => element(document, "th", {scope: "col", class: classes(column)}, column.label, column.unit && element(document, "span", {class: "qd-unit"}, ` ${column.unit}`))))
        ),
        element(document, "tbody", {}, rows.slice(0, folded ? max : undefined).map(line)),
        folded && rest,
        total && element(document, "tfoot", {}, line(total))
      )
    ),
    folded && all
  );
  if (later) {
    makeLater(rest, () => rest.children.length < later.count && rest.append(...later.rows().map(line)));
    all.addEventListener("toggle", () => makeAll(made));
  }
  return made;
}

const linked = (text: string, link: TableCell["link"], document: Document) => (link ? element(document, "a", {href: link.href, download: link.download, rel: link.rel}, text) : text);

function classes({numeric, opens}: TableColumn, muted = false): string | null {
  return [numeric && "qd-number", opens && "qd-opens", muted && "qd-muted"].filter(Boolean).join(" ") || null;
}

/** Puts a sorting button in every column heading of a table made here; once, however often it is called. */
export function makeSortable(root: Element, {format, document}: ComponentOptions): void {
  for (const grid of root.querySelectorAll(".qd-table table")) {
    for (const heading of grid.querySelectorAll('thead th[scope="col"]')) {
      if (heading.querySelector("button")) continue;
      const button = element(document, "button", {type: "button", class: "qd-sort", title: format.message("table.sort")});
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sortBy(grid, heading, format.locale));
    }
  }
}

function sortBy(grid: Element, heading: Element, locale: string): void {
  const {compare} = new Intl.Collator(locale, {numeric: true});
  const order = (a: number | string, b: number | string) => (typeof a === "number" ? a - (b as number) : compare(a, b as string));
  const headings = [...heading.parentElement!.children];
  const column = headings.indexOf(heading);
  const numeric = heading.classList.contains("qd-number");
  const current = heading.getAttribute("aria-sort");
  const descending = current === null ? numeric : current === "ascending";
  for (const other of headings) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  makeAll(grid);
  const bodies = [...grid.querySelectorAll("tbody")];
  const sizes = bodies.map(({children}) => children.length);
  const rows = bodies.flatMap((body) => [...body.children]).map((row) => ({row, key: sortKey(row.children[column]!, numeric)}));
  rows.sort((a, b) => (a.key === null || b.key === null ? +(a.key === null) - +(b.key === null) : order(a.key, b.key) * (descending ? -1 : 1)));
  let at = 0;
  bodies.forEach((body, i) => body.append(...rows.slice(at, (at += sizes[i]!)).map(({row}) => row)));
}

function sortKey(cell: Element, numeric: boolean): number | string | null {
  const key = cell.getAttribute("data-sort") ?? cell.textContent ?? "";
  return key === "" ? null : numeric ? Number(key) : key;
}
