import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {findDefinitions} from "../../src/elements/findDefinitions.js";

const entry = (id: string, name: string, body = "") => `<details class="qd-definition"><summary><h3>${name}</h3></summary><div class="qd-definition-body" id="${id}"><p class="qd-lead">${body}</p><pre>churn</pre></div></details>`;

function open(hash = "") {
  const {window} = new JSDOM(
    `<div class="qd-definitions"><p class="qd-find" hidden><input><output></output></p>
     <section class="qd-stage" id="stage-closing">${entry("win_rate", "Win rate")}${entry("orders", "Orders", "Rendelések")}</section>
     <section class="qd-stage" id="stage-after_sales">${entry("logo_churn", "Customer churn")}</section></div>`,
    {url: `http://localhost/definitions.html${hash}`}
  );
  const {document} = window;
  window.Element.prototype.scrollIntoView = () => {};
  findDefinitions(document, window as unknown as Window);
  const type = (text: string) => {
    document.querySelector("input")!.value = text;
    document.querySelector("input")!.dispatchEvent(new window.Event("input"));
  };
  const shown = () => [...document.querySelectorAll<HTMLElement>(".qd-definition")].filter((one) => !one.hidden && !one.closest<HTMLElement>(".qd-stage")!.hidden).map((one) => one.querySelector("h3")!.textContent);
  return {window, document, type, shown};
}

describe("the search box of the definitions", () => {
  it("is shown, and leaves what has every word in its name or definition", () => {
    const {document, type, shown} = open();
    expect(document.querySelector<HTMLElement>(".qd-find")!.hidden).toBe(false);
    type("RATE win");
    expect(shown()).toEqual(["Win rate"]);
    expect(document.querySelector<HTMLElement>("#stage-after_sales")!.hidden).toBe(true);
    expect(document.querySelector("output")!.textContent).toBe("1 / 3");
  });
  it("does not mind accents, and does not look into SQL", () => {
    const {type, shown} = open();
    type("rendelesek");
    expect(shown()).toEqual(["Orders"]);
    type("churn");
    expect(shown()).toEqual(["Customer churn"]);
  });
  it("shows everything again when it is emptied", () => {
    const {document, type, shown} = open();
    type("nothing of the kind");
    expect(shown()).toEqual([]);
    type(" ");
    expect(shown()).toHaveLength(3);
    expect(document.querySelector("output")!.textContent).toBe("");
  });
});

describe("the entry that the address names", () => {
  it("is open from the start", () => expect(open("#orders").document.querySelectorAll("details[open] #orders")).toHaveLength(1));
  it("opens when the address changes", () => {
    const {window, document} = open();
    window.location.hash = "#logo_churn";
    window.dispatchEvent(new window.Event("hashchange"));
    expect([...document.querySelectorAll("details[open] .qd-definition-body")].map(({id}) => id)).toEqual(["logo_churn"]);
  });
});
