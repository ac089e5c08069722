// The checks of a build: what fails, where, how much of it, what to do; then, folded, what passes and what has no data.

import {plainText, shorten} from "../format/text.js";
import type {CheckExample, QualityCheck} from "../query/manifest.js";
import {type Child, element} from "./element.js";
import type {ComponentOptions} from "./options.js";

/** Places of one check that are told one by one. */
const shownPlaces = 8;

/** Returns one entry for each check that fails, the worst grade first, and folded lists of the others. */
export function checkList(checks: readonly QualityCheck[], options: ComponentOptions): HTMLElement {
  const {format, document} = options;
  const failed = groups(checks.filter(({status}) => status === "failed"));
  const failing = new Set(failed.map(({id}) => id));
  const others = (status: QualityCheck["status"]) => groups(checks.filter((check) => check.status === status)).filter(({id}) => status === "passed" || !failing.has(id));
  return element(
    document,
    "div",
    {class: "qd-checks"},
    failed.length === 0 ? element(document, "p", {}, format.message("quality.all_pass")) : element(document, "ul", {}, failed.map((group) => failure(group, options))),
    (["passed", "absent", "off"] as const).map((status) => folded(status, others(status), options))
  );
}

interface Group {
  readonly id: string;
  readonly places: readonly QualityCheck[];
}

const groups = (checks: readonly QualityCheck[]): Group[] => [...new Set(checks.map(({id}) => id))].map((id) => ({id, places: checks.filter((check) => check.id === id)}));

const label = (id: string, {format}: ComponentOptions): string => (format.has(`check.${id}.label`) ? format.message(`check.${id}.label`) : id);

function failure({id, places}: Group, options: ComponentOptions): Child {
  const {format, document} = options;
  const [{grade, limits}] = places as [QualityCheck];
  const shown = places.slice(0, shownPlaces);
  return element(
    document,
    "li",
    {"data-grade": grade},
    element(document, "h3", {}, label(id, options), " ", element(document, "span", {class: "qd-grade"}, format.message(`grade.${grade}`))),
    element(document, "p", {}, format.message(`check.${id}.meaning`, limits)),
    element(document, "ul", {}, shown.map((place) => element(document, "li", {}, ...placeWords(place, options))), places.length > shown.length && element(document, "li", {}, format.message("quality.more_places", {count: places.length - shown.length}))),
    element(document, "p", {class: "qd-remedy"}, format.message("quality.to_do", {remedy: format.message(`check.${id}.remedy`, limits)}))
  );
}

function placeWords({source, table, column, beside, count, of, examples}: QualityCheck, {format, document}: ComponentOptions): Child[] {
  const place = [source, table && column ? `${table}.${column}` : table || column, beside && `(${beside})`].filter(Boolean).join(" ");
  const number = (value: number) => format.value(value, "count", {precise: true});
  return [
    place !== "" && element(document, "code", {}, shorten(plainText(place), 160)),
    of > 1 && ` ${format.message("quality.of", {count: number(count), of: number(of)})}`,
    examples.length > 0 && element(document, "span", {class: "qd-quiet"}, ` ${examples.map((example) => exampleWords(example)).join(", ")}${count > examples.length ? " …" : ""}`)
  ];
}

const exampleWords = ({id, detail, count}: CheckExample): string => [shorten(plainText(id), 60), detail === undefined ? "" : shorten(plainText(detail), 80), count === undefined ? "" : `×${count}`].filter(Boolean).join(" ");

function folded(status: "passed" | "absent" | "off", found: readonly Group[], options: ComponentOptions): Child {
  const {format, document} = options;
  if (found.length === 0) return null;
  const rest = ({places}: Group): string => {
    const [{limits}] = places as [QualityCheck];
    const lacks = [...new Set(places.flatMap((place) => place.lacks))];
    return status === "absent" ? (lacks.length > 0 ? format.message("quality.lacks", {columns: format.list(lacks)}) : format.message("quality.no_place")) : `${format.message(`check.${places[0]!.id}.meaning`, limits)}${status === "passed" && places.length > 1 ? ` ${format.message("quality.places", {count: places.length})}` : ""}`;
  };
  return element(
    document,
    "details",
    {class: "qd-twin"},
    element(document, "summary", {}, format.message(`quality.${status}_checks`, {count: found.length})),
    element(document, "dl", {}, found.map((group) => [element(document, "dt", {}, label(group.id, options)), element(document, "dd", {}, rest(group))]))
  );
}
