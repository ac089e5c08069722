// Text to bytes in the encodings that TextDecoder reads and Node does not write.

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Returns the bytes of a text. Throws where the encoding lacks a character. */
export function encode(text: string, encoding: string): Buffer {
  if (encoding === "utf-8") return Buffer.from(text);
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Buffer.from([...text].flatMap((letter) => table.get(letter) ?? fail(`${encoding} lacks ${letter}`)));
}

const fail = (message: string): never => {
  throw new Error(message);
};

function tableOf(encoding: string): Map<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]): void => {
    const decoder = new TextDecoder(encoding, {fatal: true});
    try {
      const letter = decoder.decode(Uint8Array.from(bytes), {stream: true}) + decoder.decode();
      if ([...letter].length === 1 && !table.has(letter)) table.set(letter, bytes);
    } catch {
      return;
    }
  };
  for (let one = 0; one < 256; ++one) add(one);
  for (let lead = 0x81; lead < 0xff; ++lead) for (let trail = 0x40; trail < 0xff; ++trail) add(lead, trail);
  return table;
}
