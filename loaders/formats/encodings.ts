// Which encodings a file that is no UTF-8 may be in: never chosen, only shown for the user to choose.

import {isUtf8} from "node:buffer";
import {createReadStream} from "node:fs";

const encodings = ["windows-1252", "windows-1250", "windows-1251", "gb18030", "shift_jis", "euc-kr", "big5", "windows-1253", "windows-1254", "koi8-u"];
const shown = 3;
const looked = 50;
const longest = 160;

/** Three readings of a line that tells encodings apart, most likely first, each as `windows-1250 or windows-1252: line`. */
export async function encodingCandidates(path: string): Promise<string[]> {
  const lines = await oddLines(path);
  const whole = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
  const decoded = encodings.flatMap((encoding) => {
    const text = decode(whole, encoding);
    return text === undefined ? [] : [{encoding, lines: text.split("\n"), score: plausibility(text, whole, encoding)}];
  });
  const best = decoded.sort((a, b) => b.score - a.score);
  const distinct = lines.map((_, at) => new Set(best.map(({lines}) => lines[at])).size);
  const telling = distinct.indexOf(Math.max(...distinct));
  const readings = new Map<string, string[]>();
  for (const {encoding, lines} of best) {
    const text = lines[telling] ?? "";
    readings.set(text, [...(readings.get(text) ?? []), encoding]);
  }
  return [...readings].slice(0, shown).map(([text, names]) => `${names.join(" or ")}: ${printable(text)}`);
}

function printable(text: string): string {
  const plain = text.trimEnd().replaceAll(/\p{Cc}/gu, "\ufffd");
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

/** The first lines that are no UTF-8, the header first where it is one. */
async function oddLines(path: string): Promise<Buffer[]> {
  const found: Buffer[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20}) as AsyncIterable<Buffer>) {
    let whole = Buffer.concat([rest, chunk]);
    for (let end = whole.indexOf(10); end >= 0; end = whole.indexOf(10)) {
      const line = whole.subarray(0, end);
      if (!isUtf8(line) && found.push(line) === looked) return found;
      whole = whole.subarray(end + 1);
    }
    rest = whole;
  }
  return isUtf8(rest) ? found : [...found, rest];
}

/** In one go Node 20 reads windows-1252 as ISO 8859-1; as a stream it reads it right. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  const decoder = new TextDecoder(encoding, {fatal: true});
  try {
    return decoder.decode(bytes, {stream: true}) + decoder.decode();
  } catch {
    return undefined;
  }
}

/** How much a text looks like one: letters of one script in a word count for it, signs and mixtures against it. */
function plausibility(text: string, bytes: Uint8Array, encoding: string): number {
  const odd = [...text].map((letter, index, all) => ({letter, before: all[index - 1] ?? ""})).filter(({letter}) => letter > "\u007f");
  const points = odd.map(({letter, before}) => {
    if (!/\p{L}/u.test(letter)) return /[\p{P}\p{Sc}°]/u.test(letter) ? 0.3 : -1;
    if (/\p{L}/u.test(before) && scriptOf(before) !== scriptOf(letter)) return -1;
    if (scriptOf(letter) === "latin") return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter) ? -0.5 : before > "\u007f" && /\p{L}/u.test(before) ? 0 : 1;
    return 1;
  });
  const rare = encoding === "gb18030" ? rareHanzi(bytes) : 0;
  return points.reduce<number>((sum, point) => sum + point, 0) / Math.max(1, odd.length) - rare;
}

const scriptOf = (letter: string): string => (/\p{Script=Cyrillic}/u.test(letter) ? "cyrillic" : /\p{Script=Greek}/u.test(letter) ? "greek" : /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(letter) ? "east" : /\p{Script=Hangul}/u.test(letter) ? "hangul" : "latin");

/** Share of characters outside the everyday half of the Chinese table, into which text of other alphabets mostly falls. */
function rareHanzi(bytes: Uint8Array): number {
  let pairs = 0;
  let rare = 0;
  for (let at = 0; at < bytes.length; ++at) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    pairs += 1;
    if (lead < 0xb0 || lead > 0xd7) rare += 1;
    at += 1;
  }
  return pairs ? rare / pairs : 0;
}
