// The engine without the names by which extensions would find its insides. DuckDB-WASM exports 75,000 functions and
// constants for extensions that are loaded at run time, which no report does; they are a fifth of the file, and its
// script looks at every one of them several times before the engine can answer.

import {readdir, readFile, rename, writeFile} from "node:fs/promises";
import {join} from "node:path";

/** "\0asm" and the version of the format. */
const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const exportSection = 7;

/** Reads numbers and bytes of a WebAssembly module one after another. */
function reader(bytes: Uint8Array, from = 0) {
  let at = from;
  return {
    get at() {
      return at;
    },
    byte: () => bytes[at++]!,
    /** An unsigned LEB128 number below 2^32. */
    number() {
      for (let value = 0, shift = 0; ; shift += 7) {
        const byte = bytes[at++]!;
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
    },
    take: (length: number) => bytes.subarray(at, (at += length))
  };
}

function leb128(number: number): Uint8Array {
  const bytes: number[] = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number & 127) | 128);
  return Uint8Array.of(...bytes, number);
}

/**
 * Returns the module with no exports but those that are kept; everything else is byte for byte as it was. Throws where
 * `module` does not begin like a WebAssembly module.
 */
export function keepExports(module: Uint8Array, keep: (name: string) => boolean): Uint8Array {
  if (!magic.every((byte, k) => module[k] === byte)) throw new Error("the engine is no WebAssembly module of version 1");
  const parts: Uint8Array[] = [module.subarray(0, 8)];
  for (const bytes = reader(module, 8); bytes.at < module.length; ) {
    const start = bytes.at;
    const id = bytes.byte();
    const body = bytes.take(bytes.number());
    if (id === exportSection) {
      const kept = exportsOf(body, keep);
      const length = kept.reduce((sum, part) => sum + part.length, 0);
      parts.push(Uint8Array.of(id), leb128(length), ...kept);
    } else parts.push(module.subarray(start, bytes.at));
  }
  return Buffer.concat(parts);
}

function exportsOf(body: Uint8Array, keep: (name: string) => boolean): Uint8Array[] {
  const bytes = reader(body);
  const kept: Uint8Array[] = [];
  for (let left = bytes.number(); left > 0; left--) {
    const start = bytes.at;
    const name = Buffer.from(bytes.take(bytes.number())).toString();
    bytes.byte();
    bytes.number();
    if (keep(name)) kept.push(body.subarray(start, bytes.at));
  }
  return [leb128(kept.length), ...kept];
}

/** Returns the engine with the exports that its script names, and those by which it finds its own functions. */
export function trimEngine(engine: Uint8Array, script: string): Uint8Array {
  const named = new Set(script.match(/[\w$]+/g));
  for (const {name} of WebAssembly.Module.imports(new WebAssembly.Module(engine as BufferSource))) named.add(name);
  return keepExports(engine, (name) => named.has(name));
}

/** Trims the engine of a site that Framework built. Throws when the engine or its script is not where it is expected. */
export async function trimSiteEngine(site: string): Promise<void> {
  const files = await readdir(site, {recursive: true});
  const find = (pattern: RegExp) => {
    const file = files.find((name) => pattern.test(name));
    if (file === undefined) throw new Error(`the engine is not where it is expected: ${pattern.source}`);
    return join(site, file);
  };
  const path = find(/duckdb-eh\.wasm$/);
  const script = await readFile(find(/duckdb-browser-eh\.worker(\.\w+)?\.js$/), "utf8");
  // Its file may be the same as that in Framework's cache (workspace.ts, linkTree): it is replaced, never written to.
  await writeFile(`${path}.trimmed`, trimEngine(await readFile(path), script));
  await rename(`${path}.trimmed`, path);
}
