// A Plot with fewer elements and the same picture: a mark's plain shapes become one path, its labels one text. A page
// carries every chart in several sizes, and each element costs the first paint of it.

const shapes: Readonly<Record<string, (shape: Element) => string>> = {
  rect: (shape) => `M${shape.getAttribute("x") ?? 0},${shape.getAttribute("y") ?? 0}h${shape.getAttribute("width")}v${shape.getAttribute("height")}h-${shape.getAttribute("width")}Z`,
  line: (shape) => `M${shape.getAttribute("x1") ?? 0},${shape.getAttribute("y1") ?? 0}L${shape.getAttribute("x2") ?? 0},${shape.getAttribute("y2") ?? 0}`
};

const geometry = new Set(["x", "y", "width", "height", "x1", "x2", "y1", "y2"]);

/**
 * Joins the children of a mark's group, in place: rectangles or lines of one look to a path each, labels to one text with
 * a tspan a line. Children with a title of their own stay, for it belongs to one place; so does what is turned or rounded.
 */
export function compactMark(group: Element): void {
  const children = [...group.children];
  const [first] = children;
  if (!first || children.length < 2 || children.some(({localName}) => localName !== first.localName)) return;
  if (first.localName === "text") joinLabels(group, children);
  else if (Object.hasOwn(shapes, first.localName)) joinShapes(group, children, shapes[first.localName]!);
}

function joinShapes(group: Element, children: readonly Element[], path: (shape: Element) => string): void {
  const looks = new Map<string, Element[]>();
  for (const child of children) {
    const look = [...child.attributes].filter(({name}) => !geometry.has(name));
    if (child.firstChild || look.some(({name}) => name === "transform" || name === "rx")) return;
    const key = look.map(({name, value}) => `${name}=${value}`).join(" ");
    looks.set(key, [...(looks.get(key) ?? []), child]);
  }
  const joined = [...looks.values()].map((alike) => {
    const made = make(group, "path");
    for (const {name, value} of alike[0]!.attributes) if (!geometry.has(name)) made.setAttribute(name, value);
    made.setAttribute("d", alike.map(path).join(""));
    return made;
  });
  group.replaceChildren(...joined);
}

const shift = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/;

function joinLabels(group: Element, labels: readonly Element[]): void {
  const places = labels.map((label) => shift.exec(label.getAttribute("transform") ?? ""));
  if (places.includes(null) || labels.some((label) => [...label.children].some(({localName}) => localName !== "tspan"))) return;
  const joined = make(group, "text");
  labels.forEach((label, i) => {
    const [, x = "0", y = "0"] = places[i]!;
    const lines = label.firstElementChild ? [...label.children] : [label];
    lines.forEach((line, at) => {
      const made = make(group, "tspan");
      for (const {name, value} of label.attributes) if (name !== "transform" && name !== "x" && name !== "y") made.setAttribute(name, value);
      made.setAttribute("x", x);
      if (at === 0) made.setAttribute("y", y);
      const down = line.getAttribute(at === 0 ? "y" : "dy");
      if (down !== null) made.setAttribute("dy", down);
      made.append(line.textContent ?? "");
      joined.append(made);
    });
  });
  group.replaceChildren(joined);
}

const make = (group: Element, name: string) => group.ownerDocument.createElementNS(group.namespaceURI, name);
