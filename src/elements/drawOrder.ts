// In which order a change is drawn: what stands in the window at once, the rest as soon as that is painted, and at once
// too where a reader is about to get to it or to print it.

/** Which elements stand in the window. */
export interface Sight {
  watch(host: Element): void;
  /** What has not been looked at yet counts as seen. */
  has(host: Element): boolean;
}

/** Returns what tells. The inside of a card that is off the screen has no place yet; the card has. */
export function createSight(view: Pick<typeof globalThis, "IntersectionObserver"> = globalThis): Sight {
  const placeOf = (host: Element) => host.closest(".card") ?? host;
  const outside = new WeakSet<Element>();
  const observer = new view.IntersectionObserver((entries) => {
    for (const {target, isIntersecting} of entries) isIntersecting ? outside.delete(target) : outside.add(target);
  });
  return {watch: (host) => observer.observe(placeOf(host)), has: (host) => !outside.has(placeOf(host))};
}

/** Something to draw into an element. */
export interface Drawing {
  readonly host: Element;
  /** Before it the drawing cannot be made; it can at once where absent. */
  readonly ready?: Promise<unknown>;
  draw(): void;
}

export interface TurnOptions {
  readonly view: Window;
  readonly sight: Pick<Sight, "has">;
  readonly signal: AbortSignal;
}

/** Milliseconds of drawing after which the browser gets its turn. */
const slice = 30;

/** Milliseconds after which nothing is waited for: a window that is not shown paints nothing. */
const patience = 100;

/**
 * Draws after the next paint what is ready, a few at a time, those first that have come into the window; all that are
 * left and ready at once before the document is printed or scrolled and before the focus gets to one. Rejects with what a
 * drawing throws, or its being ready; stops when the signal says so.
 */
export async function drawInTurn(drawings: readonly Drawing[], {view, sight, signal}: TurnOptions): Promise<void> {
  const left = drawings.filter(({ready}) => ready === undefined);
  const next = () => left.splice(Math.max(0, left.findIndex(({host}) => sight.has(host))), 1)[0]!.draw();
  let failure: {readonly error: unknown} | undefined;
  const fail = (error: unknown) => {
    failure ??= {error};
    left.length = 0;
  };
  const drawUntil = (over: () => boolean) => {
    try {
      while (left.length > 0 && !signal.aborted && !failure && !over()) next();
    } catch (error) {
      fail(error);
    }
  };
  const awaited = new Set(drawings.filter(({ready}) => ready !== undefined).map((drawing) => {
    const arrival: Promise<unknown> = drawing.ready!.then(() => left.push(drawing), fail).finally(() => awaited.delete(arrival));
    return arrival;
  }));
  const rest = () => drawUntil(() => false);
  const hurries: readonly (readonly [type: string, hurry: (event: Event) => void])[] = [
    ["beforeprint", rest],
    ["scroll", rest],
    ["keydown", (event) => (event as KeyboardEvent).key === "Tab" && rest()],
    ["focusin", ({target}) => left.some(({host}) => host.contains(target as Node)) && rest()]
  ];
  for (const [type, hurry] of hurries) view.addEventListener(type, hurry, {capture: true, passive: true});
  try {
    if (drawings.length > 0) await painted(view);
    while (left.length + awaited.size > 0 && !signal.aborted && !failure) {
      const end = performance.now() + slice;
      drawUntil(() => performance.now() > end);
      if (left.length > 0) await new Promise((resolve) => setTimeout(resolve));
      else if (awaited.size > 0) await Promise.race(awaited);
    }
    if (failure) throw failure.error;
  } finally {
    for (const [type, hurry] of hurries) view.removeEventListener(type, hurry, {capture: true});
  }
}

const painted = (view: Window): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, patience);
  view.requestAnimationFrame(() => setTimeout(resolve));
});
