// Names that stand for people: the same for the same id under the same key, whoever comes or goes.

import {createHmac} from "node:crypto";

/** No vowels: no code is a word. */
const alphabet = "0123456789BCDFGHJKMNPQRSTVWXYZ";

function code(key: string, id: string, length: number): string {
  const digest = createHmac("sha256", key).update(id.normalize("NFC")).digest();
  let rest = BigInt(`0x${digest.toString("hex")}`);
  let text = "";
  for (let k = 0; k < length; k++) {
    text += alphabet[Number(rest % BigInt(alphabet.length))]!;
    rest /= BigInt(alphabet.length);
  }
  return text;
}

/**
 * Returns a pseudonym by id: the word and four characters, eight where two ids share four. Whoever has the key and the
 * list of ids can undo it, and so can whoever knows a person's numbers; it is no anonymity.
 */
export function pseudonyms(ids: Iterable<string>, key: string, word: string): Map<string, string> {
  const all = [...new Set(ids)];
  const short = new Map(all.map((id) => [id, code(key, id, 4)]));
  const uses = new Map<string, number>();
  for (const one of short.values()) uses.set(one, (uses.get(one) ?? 0) + 1);
  return new Map(all.map((id) => [id, `${word} ${uses.get(short.get(id)!)! > 1 ? code(key, id, 8) : short.get(id)!}`]));
}
