import {describe, expect, it} from "vitest";
import {compactMark} from "../../src/components/compactPlot.js";
import {blank} from "./world.js";

const document = blank();
const compact = (inner: string) => {
  const holder = document.createElement("div");
  holder.innerHTML = `<svg><g>${inner}</g></svg>`;
  const group = holder.querySelector("g")!;
  compactMark(group);
  return group.innerHTML;
};

describe("compactMark(group)", () => {
  it("makes one path of rectangles, one for each look", () =>
    expect(compact('<rect x="1" y="2" width="3" height="4" fill="a"></rect><rect x="5" y="2" width="3" height="6" fill="b"></rect><rect x="9" y="2" width="3" height="1" fill="a"></rect>')).toBe(
      '<path fill="a" d="M1,2h3v4h-3ZM9,2h3v1h-3Z"></path><path fill="b" d="M5,2h3v6h-3Z"></path>'
    ));
  it("makes one path of lines", () => expect(compact('<line x1="0" x2="9" y1="1" y2="1"></line><line x1="0" x2="9" y1="5" y2="5"></line>')).toBe('<path d="M0,1L9,1M0,5L9,5"></path>'));
  it("makes one text of labels, a tspan a line, each in its place and colour", () =>
    expect(compact('<text y="0.3em" transform="translate(4,-8.5)" fill="a">Oct</text><text transform="translate(20,8)"><tspan x="0" y="0.9em">Jan</tspan><tspan x="0" dy="1.2em">2026</tspan></text>')).toBe(
      '<text><tspan fill="a" x="4" y="-8.5" dy="0.3em">Oct</tspan><tspan x="20" y="8" dy="0.9em">Jan</tspan><tspan x="20" dy="1.2em">2026</tspan></text>'
    ));
  it.each([
    ["one child", '<rect x="1" y="2" width="3" height="4"></rect>'],
    ["different children", '<rect x="1" y="2" width="3" height="4"></rect><text transform="translate(1,2)">a</text>'],
    ["areas with a title each", '<rect x="1" y="2" width="3" height="4"><title>a</title></rect><rect x="5" y="2" width="3" height="4"><title>b</title></rect>'],
    ["rounded bars", '<rect x="1" y="2" width="3" height="4" rx="2"></rect><rect x="5" y="2" width="3" height="4" rx="2"></rect>'],
    ["turned labels", '<text transform="translate(1,2) rotate(-90)">a</text><text transform="translate(5,2) rotate(-90)">b</text>'],
    ["labels with a title", '<text transform="translate(1,2)">a<title>ab</title></text><text transform="translate(5,2)">b</text>'],
    ["dots", '<circle cx="1" cy="2" r="3"></circle><circle cx="4" cy="2" r="3"></circle>']
  ])("leaves %s as it is", (_what, inner) => expect(compact(inner)).toBe(inner));
  it("keeps text as text", () => expect(compact('<text transform="translate(1,2)">&lt;b&gt;</text><text transform="translate(5,2)">b</text>')).toContain("&lt;b&gt;"));
});
