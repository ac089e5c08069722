import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {chooseGoal} from "../../src/elements/chooseGoal.js";

const page = (focus = "") => `<div class="qd-goals" id="all"><nav><a data-goal="grow" href="#grow"></a><a data-goal="keep" href="#keep"></a><a data-goal="all" href="#all"></a></nav>
<section class="qd-goal" id="grow"></section><section class="qd-goal" id="keep"${focus === "keep" ? " data-focus" : ""}></section></div>`;

function open(hash: string, focus = "") {
  const {window} = new JSDOM(page(focus), {url: `https://report.example/goals.html${hash}`});
  const {document} = window;
  chooseGoal(document, window as unknown as Window);
  const seen = () => ({
    shown: [...document.querySelectorAll<HTMLElement>(".qd-goal")].filter(({hidden}) => !hidden).map(({id}) => id),
    current: [...document.querySelectorAll("[aria-current]")].map((link) => link.getAttribute("data-goal"))
  });
  return {window, seen};
}

describe("the goals page", () => {
  it("shows the goal that the address names alone, and marks its link", () => expect(open("#keep").seen()).toEqual({shown: ["keep"], current: ["keep"]}));
  it("opens at the report's focus, else with all goals", () => {
    expect(open("", "keep").seen()).toEqual({shown: ["keep"], current: ["keep"]});
    expect(open("").seen()).toEqual({shown: ["grow", "keep"], current: ["all"]});
    expect(open("#elsewhere").seen()).toEqual({shown: ["grow", "keep"], current: ["all"]});
  });
  it("shows all where the address says so, also over a focus", () => expect(open("#all", "keep").seen()).toEqual({shown: ["grow", "keep"], current: ["all"]}));
  it("follows the address as it changes", () => {
    const {window, seen} = open("#keep");
    window.location.hash = "#grow";
    window.dispatchEvent(new window.Event("hashchange"));
    expect(seen()).toEqual({shown: ["grow"], current: ["grow"]});
  });
});
