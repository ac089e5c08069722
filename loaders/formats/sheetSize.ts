// How many cells a sheet spans. A workbook is held in memory whole, and one cell in the last corner spans 17 billion.

import {Writable} from "node:stream";

/** A stream that reads a sheet's XML and tells how many cells its farthest row and column span. */
export class SheetSize extends Writable {
  #rows = 0;
  #columns = 0;
  #rest = "";

  override _write(chunk: Buffer, _: string, done: () => void): void {
    const text = this.#rest + chunk.toString("latin1");
    for (const [, letters = "", row = ""] of text.matchAll(/<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"/g)) {
      this.#rows = Math.max(this.#rows, Number(row));
      this.#columns = Math.max(this.#columns, [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0));
    }
    this.#rest = text.slice(-64);
    done();
  }

  get cells(): number {
    return this.#rows * this.#columns;
  }
}
