// What a snapshot cannot be made or proved for, with the exit code of the command.

/** 1: the month or an option is wrong. 2: the store is not whole. 4: a published month would change, or is not what its inputs give. */
export type SnapshotFault = 1 | 2 | 4;

export class SnapshotError extends Error {
  override readonly name = "SnapshotError";

  constructor(message: string, readonly exitCode: SnapshotFault) {
    super(message);
  }
}
