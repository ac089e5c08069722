// Damage to the bytes of a file, whatever is in it.

import {gunzipSync, gzipSync} from "node:zlib";
import {ofBytes, splice, type Mutation} from "./define.js";

const text = (value: string): Uint8Array => Buffer.from(value, "utf8");
const place = (bytes: Uint8Array, random: {int: (min: number, max: number) => number}): number => random.int(0, bytes.length);

/** A file without its packing; others as they are. */
const opened = (bytes: Uint8Array, change: (inner: Uint8Array) => Uint8Array): Uint8Array => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return change(bytes);
  try {
    return gzipSync(change(gunzipSync(bytes)));
  } catch {
    return change(bytes);
  }
};

const insertions: Readonly<Record<string, readonly string[]>> = {
  NULs: ["\0", "\0\0\0\0"],
  quotes: ['"', '""', '"""', '",', ',"', "'", "“"],
  delimiters: [",", ";", "\t", "|", ",,,,", ";;"],
  "line ends": ["\n", "\r\n", "\r", "\n\n\n", "\u2028", "\u0085"],
  "byte order marks": ["\ufeff", "\ufeff\ufeff"],
  "odd letters": ["\u200b", "\u00a0", "\u202e", "😀", "ÿ", "\u001b[31m", "\ufffd", "\u0001"],
  brackets: ["{", "}", "[", "]", "\\", "//", "<!--", "]]>"]
};

export const bytes: readonly Mutation[] = [
  ofBytes("bits flipped", (bytes, random) => opened(bytes, (inner) => {
    const changed = Uint8Array.from(inner);
    for (let n = random.pick([1, 1, 3, 20]); n > 0 && changed.length; --n) changed[random.int(0, changed.length - 1)]! ^= 1 << random.int(0, 7);
    return changed;
  })),
  ofBytes("packed bytes flipped", (bytes, random) => {
    const changed = Uint8Array.from(bytes);
    for (let n = random.int(1, 4); n > 0 && changed.length; --n) changed[random.int(0, changed.length - 1)] = random.int(0, 255);
    return changed;
  }),
  ofBytes("cut off", (bytes, random) => bytes.subarray(0, place(bytes, random))),
  ofBytes("head lost", (bytes, random) => bytes.subarray(place(bytes, random))),
  ofBytes("a part lost", (bytes, random) => splice(bytes, place(bytes, random), random.int(1, 200))),
  ofBytes("a part doubled", (bytes, random) => {
    const from = place(bytes, random);
    return splice(bytes, from, 0, bytes.slice(from, from + random.int(1, 400)));
  }),
  ofBytes("zeros written over", (bytes, random) => {
    const from = place(bytes, random);
    return splice(bytes, from, 16, new Uint8Array(16));
  }),
  ofBytes("noise inserted", (bytes, random) => splice(bytes, place(bytes, random), 0, Uint8Array.from({length: random.int(1, 64)}, () => random.int(0, 255)))),
  ofBytes("empty", () => new Uint8Array()),
  ofBytes("blank lines only", () => text("\n\r\n\n")),
  ofBytes("first line only", (bytes) => opened(bytes, (inner) => inner.subarray(0, Math.max(0, Buffer.from(inner).indexOf(10) + 1)))),
  ofBytes("twice behind itself", (bytes) => opened(bytes, (inner) => Buffer.concat([inner, inner]))),
  ofBytes("as UTF-16 without a mark", (bytes) => opened(bytes, (inner) => Buffer.from(Buffer.from(inner).toString("utf8"), "utf16le"))),
  ofBytes("in Latin-1", (bytes) => opened(bytes, (inner) => Buffer.from(Buffer.from(inner).toString("utf8"), "latin1"))),
  ofBytes("UTF-8 encoded twice", (bytes) => opened(bytes, (inner) => text(Buffer.from(inner).toString("latin1")))),
  ofBytes("line ends of several kinds", (bytes, random) => opened(bytes, (inner) => text(Buffer.from(inner).toString("utf8").replaceAll(/\r?\n/g, () => random.pick(["\n", "\r\n", "\r"]))))),
  ...Object.entries(insertions).map(([name, values]) =>
    ofBytes(`${name} inserted`, (bytes, random) => opened(bytes, (inner) => {
      let changed = inner;
      for (let n = random.pick([1, 1, 2, 8]); n > 0; --n) changed = splice(changed, place(changed, random), 0, text(random.pick(values)));
      return changed;
    }))
  )
];
