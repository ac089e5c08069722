// Where a metric's records come from: mart, canonical tables with the columns it needs, files.

import type {MartUse, TableUse} from "../query/making.js";
import {type Child, element} from "./element.js";
import type {ComponentOptions} from "./options.js";

const shownFiles = 3;

/** Returns the way from the marts down to the files as nested lists. */
export function lineageList(marts: readonly MartUse[], options: ComponentOptions): HTMLElement {
  const {format, document} = options;
  const code = (text: string) => element(document, "code", {}, text);
  const mart = ({mart, grain, tables}: MartUse) => {
    const beside = tables.filter(({columns}) => columns.length === 0).map(({table}) => table);
    return element(
      document,
      "li",
      {},
      code(mart),
      grain !== "" && [" ", element(document, "span", {class: "qd-small"}, grain)],
      element(
        document,
        "ul",
        {},
        tables.filter(({columns}) => columns.length > 0).map((use) => tableLine(use, options)),
        beside.length > 0 && element(document, "li", {class: "qd-small"}, format.message("definition.reads", {tables: beside.join(", ")}))
      )
    );
  };
  return element(document, "ul", {class: "qd-lineage"}, marts.map(mart));
}

function tableLine({table, columns, files}: TableUse, {format, document}: ComponentOptions): Child {
  const code = (text: string) => element(document, "code", {}, text);
  const shown = files.slice(0, shownFiles).map(({file, kept}) => format.message("definition.file", {file, kept: format.value(kept, "count", {precise: true})}));
  const more = files.length - shown.length;
  return element(
    document,
    "li",
    {},
    code(table),
    ": ",
    columns.map((column, k) => [k > 0 && ", ", code(column)]),
    " ← ",
    files.length === 0 ? format.message("definition.no_file") : [shown.join(", "), more > 0 && `, ${format.message("definition.more_files", {count: more})}`]
  );
}
