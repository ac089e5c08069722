// Finds `<kpi-…>` tags in HTML text. The build and the page parser share this one rule.

export interface FoundElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The opening tag as written. */
  readonly tag: string;
  /** Where the tag starts in the text. */
  readonly offset: number;
  /** Written as `<kpi-card/>`: HTML reads that as an opening tag without an end. */
  readonly selfClosing: boolean;
}

const comment = /<!--[\s\S]*?(?:-->|$)/;
const attribute = /\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?/;
const pattern = new RegExp(`${comment.source}|<(kpi-[a-z0-9-]*)((?:${attribute.source})*)\\s*(/?)>`, "gi");
const pairs = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const entities: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

/** Returns the text with `fill(element)` put behind each opening kpi tag; comments are left alone. */
export function fillElements(text: string, fill: (element: FoundElement) => string): string {
  return text.replace(pattern, (tag: string, name: string | undefined, attributes: string, slash: string, offset: number) =>
    name === undefined
      ? tag
      : tag + fill({name: name.toLowerCase(), attributes: parseAttributes(attributes), tag, offset, selfClosing: slash === "/"})
  );
}

/** Returns attribute values by lower-case name, entities decoded; a bare attribute is "". */
function parseAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(pairs)].map(([, name, double, single, bare]) => [name!.toLowerCase(), decode(double ?? single ?? bare ?? "")])
  );
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) =>
    decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(parseInt(hex, 16)) : (entities[name!.toLowerCase()] ?? whole)
  );
}
