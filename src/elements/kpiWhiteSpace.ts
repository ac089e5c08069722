// <kpi-white-space level="family" rows="8" accounts="10"></kpi-white-space>: what customers lack that others like them bought.

import {saveSpace, spaceCsv, whiteSpace} from "../components/product/whiteSpace.js";
import {productLevels, type ProductLevel} from "../query/products/question.js";
import type {ReaderState} from "../query/state.js";
import {toldOf} from "../query/studies.js";
import {count, oneOf, optional} from "./attributes.js";
import {defineElement, type ReportContext} from "./definition.js";
import {download} from "./download.js";
import {productStudy, unfedProducts} from "./products.js";

/** Most lines of a file. */
const mostSaved = 100_000;

export const kpiWhiteSpaceElement = defineElement({
  name: "kpi-white-space",
  attributes: {level: optional(oneOf("level", productLevels)), rows: optional(count(30)), accounts: optional(count(100))},
  questions: () => [],
  studies: ({level = "family", accounts = 10}, state, context) => productStudy({ask: "white_space", level, limit: accounts}, state, context),
  render(_answers, {level = "family", rows}, state, context, _funnels, studied) {
    const [told] = toldOf("products", studied);
    const {format, document, onChange, room} = context;
    if (told?.ask !== "white_space") return unfedProducts(level, context);
    const save = saving(level, state, context);
    return whiteSpace(told, {format, document, heading: "h3", interactive: onChange !== undefined, ...(rows !== undefined && {rows}), ...(room && {room}), ...(save && {save})});
  },
  enliven(host, {level = "family"}, state, context) {
    const place = host.querySelector(".qd-room:empty");
    const save = saving(level, state, context);
    if (place && save) place.append(saveSpace(Number(place.getAttribute("data-count")), save, context));
  }
});

/** Hands the reader the whole list; undefined at build. */
function saving(level: ProductLevel, state: ReaderState, context: ReportContext): (() => void) | undefined {
  const {askStudies, document, format, onFailure} = context;
  if (!askStudies) return undefined;
  const save = async () => {
    const [all] = toldOf("products", await askStudies(productStudy({ask: "white_space", level, limit: mostSaved}, state, context)));
    if (all?.ask === "white_space") download(document, "white_space.csv", new Blob([spaceCsv(all, {format})], {type: "text/csv"}));
  };
  return () => void save().catch(onFailure);
}
