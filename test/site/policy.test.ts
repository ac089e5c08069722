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

describe("finishPage", () => {
  it("hashes the scripts of a page with cells, exactly as they stand", () => {
    const html = finishPage(page(`<script type="module">${cell}</script>`), {lang: "hu"});
    expect(html).toContain(`'sha256-${createHash("sha256").update(cell).digest("base64")}'`);
    expect(html).toContain('<html lang="hu">');
    expect(html).toContain("modulepreload");
  });

  it("drops Framework's client from a page without cells", () => {
    const html = finishPage(page(client), {lang: "en"});
    expect(html).not.toMatch(/_observablehq|modulepreload|sha256|generator|maximum-scale/);
  });

  it("takes no script in an attribute or a text for one of the page's", () => {
    const html = finishPage(page(client, '<p title="<script>alert(1)</script>">&lt;script&gt;alert(2)&lt;/script&gt;</p>'), {lang: "en"});
    expect(html).not.toContain("sha256");
    expect(html).toContain('title="<script>alert(1)</script>"');
  });

  it("needs no hash for data that no browser runs", () => {
    expect(finishPage(page('<script type="application/json">{"a": 1}</script>'), {lang: "en"})).not.toContain("sha256");
  });

  it("refuses a script of another host", () => {
    expect(() => finishPage(page('<script src="https://cdn.example/x.js"></script>'), {lang: "en"})).toThrow("no script of another host: https://cdn.example/x.js");
  });
});
