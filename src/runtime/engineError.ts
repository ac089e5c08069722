// Why the browser's engine could not answer. Errors travel from the worker as data and become words at the edge:
// `engine.<code>` in the locale files.

/**
 * `unsupported`: the browser has no WebAssembly or workers. `worker`: the worker's script did not load or stopped.
 * `wasm`: the engine did not load or compile. `memory`: it ran out of memory. `data`: a mart's file is missing or
 * unreadable. `query`: the engine refused a statement. Only `query` leaves the engine usable as it is.
 */
export type EngineErrorCode = "unsupported" | "worker" | "wasm" | "memory" | "data" | "query";

/** The form in which an error crosses from worker to page. */
export interface EngineFailure {
  readonly code: EngineErrorCode;
  readonly message: string;
  /** Name of the mart or text of the statement it concerns. */
  readonly subject?: string;
}

export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  readonly subject: string | undefined;

  constructor({code, message, subject}: EngineFailure, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.subject = subject;
  }

  toFailure(): EngineFailure {
    const {code, message, subject} = this;
    return subject === undefined ? {code, message} : {code, message, subject};
  }
}

const memoryWords = /out of memory|could not allocate|cannot allocate|allocation fail|memory access out of bounds|failed to allocate|bad_alloc/i;
const abortWords = /unreachable|aborted\(|table index is out of bounds|null function|indirect call/i;

/** Whether the engine itself is gone, so that only a new one can answer. */
export function isFatal({code, message}: EngineFailure): boolean {
  return code === "worker" || code === "wasm" || (code === "memory" && !/out of memory error/i.test(message));
}

/** Returns `cause` as an EngineError: as it is when it already is one, out of memory recognised by its words, else `code`. */
export function engineError(cause: unknown, code: EngineErrorCode, subject?: string): EngineError {
  if (cause instanceof EngineError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const found = memoryWords.test(message) || cause instanceof RangeError ? "memory" : abortWords.test(message) ? "wasm" : code;
  return new EngineError({code: found, message, ...(subject !== undefined && {subject})}, {cause});
}
