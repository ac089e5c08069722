// Why nothing was published, as errors; the command gives each its exit code.

import type {GateResult} from "./gates/define.js";

/** The build is not what its report file says: it is damaged, or something was put into it. */
export class DamagedError extends Error {
  override readonly name = "DamagedError";
}

/** A gate of grade stop was not passed. */
export class GatesError extends Error {
  override readonly name = "GatesError";
  readonly gates: readonly GateResult[];

  constructor(gates: readonly GateResult[]) {
    super("A gate of grade stop was not passed. Mend it, or grade it otherwise in the settings (gates).");
    this.gates = gates;
  }
}

/** The target, or what stands there, cannot be published to as asked. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

/** The target could not be written, or not be reached. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}

/** Another publisher is at work, or was faster. */
export class BusyError extends Error {
  override readonly name = "BusyError";
}

const words: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Make room, or keep fewer releases (--keep)",
  EDQUOT: "the disk quota is used up. Make room, or keep fewer releases (--keep)",
  EROFS: "it is read-only. Publish to another target, or have it made writable",
  EACCES: "there is no permission to write. Publish as the user who owns it, or have it made writable",
  EPERM: "there is no permission to write. Publish as the user who owns it, or have it made writable"
};

/** Returns what the file system said as a WriteError about the target; our own errors as they are. */
export function writeErrorOf(error: unknown, target: string): unknown {
  const {code, message, path} = error as NodeJS.ErrnoException;
  if (code === undefined || error instanceof DamagedError || error instanceof TargetError || error instanceof BusyError || error instanceof WriteError) return error;
  return new WriteError(`${path ?? target} cannot be written: ${words[code] ?? message}.`, {cause: error});
}
