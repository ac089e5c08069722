/** Hands a reader a file that was made in the browser. */
export function download(document: Document, name: string, content: Blob): void {
  const view = document.defaultView!;
  const href = view.URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
  view.setTimeout(() => view.URL.revokeObjectURL(href), 10_000);
}
