// One record to several: the elements of a list, or columns turned into rows. A layer appends its columns to a table's.

import type {Native} from "../native.js";
import {eachHead, eachSql, type Each} from "./each.js";
import {unpivotHead, unpivotSql, type Unpivot} from "./unpivot.js";
import type {TableMapping} from "../sources/define.js";

export type Layer = Each | Unpivot;

/** A table of text cells c0, c1 … under their names. */
export interface CellTable {
  readonly header: readonly string[];
  readonly sql: string;
  /** The file is one document in JSON, whose lists are what holds records. */
  readonly document: boolean;
}

/** What a layer needs to know of its source. */
export interface LayerOptions {
  readonly decimal: string;
  /** Cells that mean empty. */
  readonly nulls: readonly string[];
}

/** A name in the settings that the table does not answer. */
export interface LayerFault {
  readonly key: "each" | "unpivot";
  readonly value: string;
}

/** Finds the layers of a mapping over a table; beside them the names of all columns, and what was not found. */
export async function findLayers(table: CellTable, {each, unpivot}: {readonly each?: string} & Pick<TableMapping, "unpivot">, options: LayerOptions, engine: () => Promise<Native>): Promise<{layers: Layer[]; header: readonly string[]; faults: LayerFault[]}> {
  const layers: Layer[] = [];
  const faults: LayerFault[] = [];
  let header = table.header;
  if (each !== undefined) {
    const found = await eachHead(table, each, await engine());
    if (found) layers.push(found);
    else faults.push({key: "each", value: each});
    header = [...header, ...(found?.header ?? [])];
  }
  if (unpivot !== undefined) {
    const found = unpivotHead(header, unpivot);
    if (found) layers.push(found);
    else faults.push({key: "unpivot", value: unpivot.match});
    header = [...header, ...(found?.header ?? [])];
  }
  return {layers, header, faults};
}

/**
 * The table behind the layers: beside its cells `_line`, from 0 the place of the record each row comes from, and
 * `_broken`, the text in place of a list that is none.
 */
export function layeredSql(table: string, layers: readonly Layer[], options: LayerOptions): string {
  const numbered = `(select *, row_number() over () - 1 as _line, null::varchar as _broken from ${table})`;
  return layers.reduce((sql, layer) => (layer.kind === "each" ? eachSql(sql, layer, options) : unpivotSql(sql, layer, options)), numbered);
}
