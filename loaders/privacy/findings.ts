// What a scan found in what was about to be published, counted by file and column, and the error that tells it.

import {findShapes, maskShape, type FindOptions, type Shape} from "./shapes.js";

export interface Finding {
  readonly kind: Shape["kind"];
  /** File or mart. */
  readonly file: string;
  /** Column of a table, path of a JSON value, element or attribute of a page. */
  readonly column: string;
  /** Rows, values or texts that hold one. */
  readonly rows: number;
  /** At most three, masked. */
  readonly examples: readonly string[];
}

export interface Place {
  readonly file: string;
  readonly column: string;
}

export interface Tally {
  /** Looks at a text that stands in so many rows. */
  add(place: Place, text: string, rows?: number, options?: FindOptions): void;
  /** By file, column and kind. */
  findings(): Finding[];
}

/** Returns a tally of the shapes that are not allowed. */
export function createTally(allowed: (shape: Shape) => boolean): Tally {
  const counted = new Map<string, Omit<Finding, "rows" | "examples"> & {rows: number; readonly examples: Set<string>}>();
  return {
    add({file, column}, text, rows = 1, options = {}) {
      const shapes = findShapes(text, options).filter((shape) => !allowed(shape));
      for (const kind of new Set(shapes.map((shape) => shape.kind))) {
        const key = JSON.stringify([file, column, kind]);
        const one = counted.get(key) ?? {kind, file, column, rows: 0, examples: new Set<string>()};
        counted.set(key, one);
        one.rows += rows;
        for (const shape of shapes) if (shape.kind === kind) one.examples.add(maskShape(shape));
      }
    },
    findings: () => [...counted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, {examples, ...one}]) => ({...one, examples: [...examples].sort().slice(0, 3)}))
  };
}

const words: Readonly<Record<Shape["kind"], string>> = {email: "an e-mail address", phone: "a telephone number"};
const told = 10;

/** Thrown before anything is published: it holds what looks like an address or a number of a person. */
export class PrivacyError extends Error {
  override readonly name = "PrivacyError";

  constructor(readonly findings: readonly Finding[]) {
    const lines = findings.slice(0, told).map(({kind, file, column, rows, examples}) =>
      `  ${file}, ${column}: ${rows} ${rows === 1 ? "row holds" : "rows hold"} what looks like ${words[kind]} (${examples.join(", ")})`);
    super([
      "What is about to be published holds personal data:",
      ...lines,
      ...(findings.length > told ? [`  … ${findings.length} places in all`] : []),
      "Map another column, mend the export, or, where it may be read by everybody who reads the report, name it in the settings: allow: [\"*@example.com\"]."
    ].join("\n"));
  }
}
