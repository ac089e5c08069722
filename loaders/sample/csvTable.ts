// One CSV file of the sample: its columns, each with the cell it takes from a row, and a writer that waits for the disk.

import {createHash} from "node:crypto";
import {mkdir, open} from "node:fs/promises";
import {dirname, join} from "node:path";

export type Cell = string | number;

export interface CsvTable<Row> {
  /** Path inside the sample's folder. */
  readonly file: string;
  readonly header: readonly string[];
  line(row: Row): string;
}

/** Declares a file by its columns in order. Every cell is quoted, as Salesforce does it. */
export function csvTable<Row>(file: string, columns: Readonly<Record<string, (row: Row) => Cell>>): CsvTable<Row> {
  const cells = Object.values(columns);
  return {
    file,
    header: Object.keys(columns),
    line(row) {
      let line = "";
      for (const cell of cells) line += `${line ? ',"' : '"'}${escape(cell(row))}"`;
      return `${line}\n`;
    }
  };
}

/** A checkbox as the weekly export writes it. */
export function bit(value: boolean): Cell {
  return value ? 1 : 0;
}

/** An amount with cents only where there are any, as the CRM does it. */
export function amountText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : value.toFixed(2).replace(/0$/, "");
}

export interface WrittenFile {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const chunkLength = 1 << 18;

/**
 * Writers over one folder. `write` appends rows and resolves when the disk has taken them, so that no more than one
 * chunk of each file is in memory; `close` resolves to rows (without headers), bytes and SHA-256 by file, sorted.
 */
export function createFiles(folder: string) {
  const files = new Map<string, Awaited<ReturnType<typeof openFile>>>();
  return {
    async write<Row>(table: CsvTable<Row>, rows: Iterable<Row>): Promise<void> {
      let file = files.get(table.file);
      if (!file) {
        files.set(table.file, (file = await openFile(join(folder, table.file))));
        await file.append(`"${table.header.map(escape).join('","')}"\n`, 0);
      }
      let chunk = "";
      let count = 0;
      for (const row of rows) {
        chunk += table.line(row);
        ++count;
        if (chunk.length >= chunkLength) {
          await file.append(chunk, count);
          chunk = "";
          count = 0;
        }
      }
      if (count) await file.append(chunk, count);
    },
    async close(): Promise<Record<string, WrittenFile>> {
      const written: [string, WrittenFile][] = [];
      for (const [name, file] of files) written.push([name, await file.close()]);
      return Object.fromEntries(written.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
  };
}

async function openFile(path: string) {
  await mkdir(dirname(path), {recursive: true});
  const handle = await open(path, "w");
  const hash = createHash("sha256");
  let rows = 0;
  let bytes = 0;
  return {
    async append(text: string, count: number) {
      const chunk = Buffer.from(text, "utf8");
      hash.update(chunk);
      rows += count;
      bytes += chunk.length;
      await handle.writeFile(chunk);
    },
    async close(): Promise<WrittenFile> {
      await handle.close();
      return {rows, bytes, sha256: hash.digest("hex")};
    }
  };
}

function escape(cell: Cell): string {
  return typeof cell === "string" && cell.includes('"') ? cell.replaceAll('"', '""') : `${cell}`;
}
