// <kpi-next-products level="product" window="365" rows="8"></kpi-next-products>: which product follows which.

import {nextProducts} from "../components/product/nextProducts.js";
import {productLevels, usualWindow} from "../query/products/question.js";
import {toldOf} from "../query/studies.js";
import {count, oneOf, optional} from "./attributes.js";
import {defineElement} from "./definition.js";
import {productStudy, unfedProducts} from "./products.js";

/** Pairs of the table. */
const listed = 200;

export const kpiNextProductsElement = defineElement({
  name: "kpi-next-products",
  attributes: {level: optional(oneOf("level", productLevels)), window: optional(count(3650)), rows: optional(count(30))},
  questions: () => [],
  studies: ({level = "product", window = usualWindow}, state, context) => productStudy({ask: "next", level, window, limit: listed}, state, context),
  render(_answers, {level = "product", rows}, _state, context, _funnels, studied) {
    const [told] = toldOf("products", studied);
    const {format, document, onChange, room} = context;
    if (told?.ask !== "next") return unfedProducts(level, context);
    return nextProducts(told, {format, document, heading: "h3", interactive: onChange !== undefined, ...(rows !== undefined && {rows}), ...(room && {room})});
  }
});
