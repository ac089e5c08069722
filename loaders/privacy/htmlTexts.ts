// The texts of a page that we have written, each with its place: what people read, and what attributes hold.

export interface PlacedText {
  /** "<td>", or "<a href>". */
  readonly place: string;
  readonly text: string;
}

const token = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|<[!?][^>]*>|[^<]+|</g;
const attribute = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/g;

/** Shapes of drawings and names of our own code. */
const drawn = new Set(["d", "points", "transform", "viewbox", "style", "class", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "stroke-dasharray", "integrity", "src"]);

/** Returns the texts of a well-formed page, in its order. Inline scripts and styles are texts too. */
export function textsOf(html: string): PlacedText[] {
  const texts: PlacedText[] = [];
  let inside = "page";
  for (const [whole, closing, name, rest] of html.matchAll(token)) {
    if (name === undefined) {
      if (whole.trim()) texts.push({place: `<${inside}>`, text: decode(whole)});
      continue;
    }
    if (closing) continue;
    inside = name.toLowerCase();
    for (const [, key, double, single, bare] of rest!.matchAll(attribute)) {
      const lower = key!.toLowerCase();
      if (drawn.has(lower)) continue;
      const text = decode(double ?? single ?? bare ?? "");
      texts.push({place: `<${inside} ${lower}>`, text: lower === "href" ? addressText(text) : text});
    }
  }
  return texts;
}

/** Of an address what may hold data: all of mailto: and tel:, else what follows the path. */
function addressText(href: string): string {
  const [, scheme] = /^(mailto|tel|sms):/i.exec(href) ?? [];
  const text = scheme === undefined ? href.replace(/^[^?#]*/, "") : `${scheme}: ${href.slice(scheme.length + 1)}`;
  try {
    return decodeURIComponent(text.replaceAll("+", "%2B"));
  } catch {
    return text;
  }
}

const named: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", commat: "@", plus: "+"};

const decode = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
