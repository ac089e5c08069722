// The part of Framework's standard library that the runtime uses.
declare module "observablehq:stdlib" {
  export function FileAttachment(name: string): {readonly href: string};
}
