import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {createSight, drawInTurn} from "../../src/elements/drawOrder.js";

const names = ["a", "b", "c", "d"];

function open({seen = [], fails, ready = {}}: {seen?: readonly string[]; fails?: string; ready?: Readonly<Record<string, Promise<unknown>>>} = {}) {
  const {window} = new JSDOM(names.map((name) => `<div class="card"><p id="${name}"><button></button></p></div>`).join(""), {pretendToBeVisual: true});
  const {document} = window;
  const drawn: string[] = [];
  const change = new AbortController();
  const drawings = names.map((name) => ({
    host: document.getElementById(name)!,
    ...(ready[name] && {ready: ready[name]}),
    draw() {
      if (name === fails) throw new Error(`no ${name}`);
      drawn.push(name);
    }
  }));
  const done = drawInTurn(drawings, {view: window as unknown as Window, sight: {has: ({id}) => seen.includes(id)}, signal: change.signal});
  done.catch(() => {});
  const send = (type: string, more: object = {}) => window.dispatchEvent(Object.assign(new window.Event(type), more));
  return {window, document, drawn, change, done, send, focus: (id: string) => document.querySelector<HTMLElement>(`#${id} button`)!.focus()};
}

describe("what is out of sight", () => {
  it("is drawn in the end, after a paint, in its order; what has come into the window before the others", async () => {
    const {drawn, done} = open({seen: ["c"]});
    expect(drawn).toEqual([]);
    await done;
    expect(drawn).toEqual(["c", "a", "b", "d"]);
  });

  it("is all drawn before the document is printed or scrolled, or the Tab key goes on", () => {
    for (const [type, more] of [["beforeprint", {}], ["scroll", {}], ["keydown", {key: "Tab"}]] as const) {
      const {drawn, send} = open();
      send(type, more);
      expect(drawn, type).toEqual(names);
    }
  });

  it("does not wait for other keys", async () => {
    const {drawn, done, send} = open();
    send("keydown", {key: "ArrowDown"});
    expect(drawn).toEqual([]);
    await done;
    send("beforeprint");
    expect(drawn).toEqual(names);
  });

  it("is drawn before the focus rests on it, and waits where the focus goes elsewhere", async () => {
    const {document, drawn, done, focus} = open();
    const other = document.body.appendChild(document.createElement("button"));
    other.focus();
    expect(drawn).toEqual([]);
    focus("d");
    expect(drawn).toEqual(names);
    await done;
  });

  it("is drawn as it gets ready, in a hurry too, and waits for nothing else", async () => {
    const gate = () => {
      let open = () => {};
      return {promise: new Promise<void>((resolve) => (open = resolve)), open: () => open()};
    };
    const [a, c] = [gate(), gate()];
    const {drawn, done, send} = open({ready: {a: a.promise, c: c.promise}});
    send("scroll");
    expect(drawn).toEqual(["b", "d"]);
    c.open();
    await c.promise;
    send("scroll");
    expect(drawn).toEqual(["b", "d", "c"]);
    a.open();
    await done;
    expect(drawn).toEqual(["b", "d", "c", "a"]);
  });

  it("says what did not get ready, and draws no more", async () => {
    const {drawn, done} = open({ready: {c: Promise.reject(new Error("no answer"))}});
    await expect(done).rejects.toThrow("no answer");
    expect(drawn).toEqual([]);
  });

  it("is left alone when another choice is made", async () => {
    const {drawn, change, done, send} = open();
    change.abort();
    send("beforeprint");
    await done;
    expect(drawn).toEqual([]);
  });

  it("says what could not be drawn, at once too", async () => {
    await expect(open({fails: "b"}).done).rejects.toThrow("no b");
    const {drawn, done, send} = open({fails: "b"});
    send("beforeprint");
    expect(drawn).toEqual(["a"]);
    await expect(done).rejects.toThrow("no b");
  });
});

describe("the window", () => {
  it("shows an element where it shows its card; what was not looked at yet counts as seen", () => {
    const {document} = open();
    let tell = (_: readonly {target: Element; isIntersecting: boolean}[]) => {};
    const watched: string[] = [];
    class IntersectionObserver {
      constructor(callback: typeof tell) {
        tell = callback;
      }
      observe = ({className}: Element) => watched.push(className);
    }
    const sight = createSight({IntersectionObserver} as unknown as typeof globalThis);
    const host = document.getElementById("a")!;
    sight.watch(host);
    expect(watched).toEqual(["card"]);
    const card = host.closest(".card")!;
    const has = (isIntersecting?: boolean) => {
      if (isIntersecting !== undefined) tell([{target: card, isIntersecting}]);
      return sight.has(host);
    };
    expect([has(), has(false), has(true)]).toEqual([true, false, true]);
  });
});
