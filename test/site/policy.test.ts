import {createHash} from "node:crypto";
import {describe, expect, it} from "vitest";
import {finishPage} from "../../loaders/site/policy.js";

const page = (head: string, body = "") => `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<meta name="generator" content="Observable Framework v1.13.4">
<link rel="modulepreload" href="./_observablehq/client.0d842524.js">
${head}
</head>
<body>${body}</body>
</html>
`;

const client = '<script type="module">\n\nimport "./_observablehq/client.0d842524.js";\nimport {registerFile} from "./_observablehq/stdlib.a6c1e2a0.js";\n\nregisterFile("./data/marts/a.parquet", {"name":"./data/marts/a.parquet","path":"./_file/data/marts/a.1.parquet","lastModified":1,"size":2});\n</script>';
const cell = '\n\nimport {define} from "./_observablehq/client.0d842524.js";\n\ndefine({id: "1", body: () => {\n1 + 1\n}});\n\n';

const sheet = 'a{color:red}@media print{a{content:"$&"}}';
const readSheet = (href: string) => (href === "./_import/theme/style.1.css" ? sheet : ".a{background:url(a.png)}");
const sha = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const links = '<link rel="preload" as="style" href="./_import/theme/style.1.css">\n<link rel="stylesheet" type="text/css" href="./_import/theme/style.1.css">';
const own = '<script type="module" src="./_import/elements/define.0a1b2c3d.js"></script>';

describe("finishPage", () => {
  it("puts the stylesheet into the page, print rules too, and allows it by its hash alone", () => {
    const html = finishPage(page(links + client), {lang: "en", readSheet});
    expect(html).toContain(`<style>${sheet}</style>`);
    expect(html).toContain(`style-src 'self' ${sha(sheet)};`);
    expect(html).not.toMatch(/<link rel="(preload|stylesheet)"|unsafe-inline/);
  });

  it("lets the cells of a page style what they draw", () => {
    expect(finishPage(page(`${links}<script type="module">${cell}</script>`), {lang: "en", readSheet})).toContain("style-src 'self' 'unsafe-inline';");
  });

  it("refuses a stylesheet that would not find its files from within a page", () => {
    expect(() => finishPage(page(links.replaceAll("style.1", "style.2")), {lang: "en", readSheet})).toThrow("names a file, url(a.png)");
  });

  it("starts the page's own script from a few hashed words, under the name that bundling gave it", () => {
    const html = finishPage(page(own + client), {lang: "en", readSheet, renamed: new Map([["define.0a1b2c3d.js", "define.99999999.js"]])});
    const [, script] = /<script type="module">([^<]*)<\/script>/.exec(html)!;
    expect(script).toContain('import("./_import/elements/define.99999999.js")');
    expect(html).toContain(`script-src 'self' 'wasm-unsafe-eval' ${sha(script!)};`);
    expect(html).not.toMatch(/define\.0a1b2c3d|_observablehq/);
  });

  it("hashes the scripts of a page with cells, exactly as they stand", () => {
    const html = finishPage(page(`<script type="module">${cell}</script>`), {lang: "hu", readSheet});
    expect(html).toContain(`'sha256-${createHash("sha256").update(cell).digest("base64")}'`);
    expect(html).toContain('<html lang="hu">');
    expect(html).toContain("modulepreload");
  });

  it("drops Framework's client from a page without cells", () => {
    const html = finishPage(page(client), {lang: "en", readSheet});
    expect(html).not.toMatch(/_observablehq|modulepreload|sha256|generator|maximum-scale/);
  });

  it("takes no script in an attribute or a text for one of the page's", () => {
    const html = finishPage(page(client, '<p title="<script>alert(1)</script>">&lt;script&gt;alert(2)&lt;/script&gt;</p>'), {lang: "en", readSheet});
    expect(html).not.toContain("sha256");
    expect(html).toContain('title="<script>alert(1)</script>"');
  });

  it("needs no hash for data that no browser runs", () => {
    expect(finishPage(page('<script type="application/json">{"a": 1}</script>'), {lang: "en", readSheet})).not.toContain("sha256");
  });

  it("refuses a script of another host", () => {
    expect(() => finishPage(page('<script src="https://cdn.example/x.js"></script>'), {lang: "en", readSheet})).toThrow("no script of another host: https://cdn.example/x.js");
  });
});
