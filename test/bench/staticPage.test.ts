import {describe, expect, it} from "vitest";
import {staticPage} from "./staticPage.js";

describe("staticPage(html)", () => {
  const page = `<title>Overview</title><main><h1>R&amp;D &lt;won&gt;</h1><article class="card qd-card"><h2>Revenue</h2><p class="qd-value">€1.2m</p></article>
    <table><tr><th>Owner</th><th>Won</th></tr><tr><td>A</td><td>12</td></tr><tr><td>B</td><td>24</td></tr></table></main>`;

  it("carries title, cards, table and a chart, with no script", () => {
    const html = staticPage(page);
    expect(html).toContain("<h1>R&amp;D &lt;won></h1>");
    expect(html).toContain('<h2>Revenue</h2><p class="value qd-value">€1.2m</p>');
    expect(html).toContain("<td>24</td>");
    expect(html.match(/<rect/g)).toHaveLength(2);
    expect(html).not.toContain("<script");
  });

  it("refuses a page without a card: an empty page is no comparison", () => {
    expect(() => staticPage("<main><h1>Empty</h1></main>")).toThrow("no .qd-value");
  });
});
