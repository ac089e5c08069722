// How a command's arguments end it: help and version are no failure, anything else is exit code 1.

import {CommanderError, type Command} from "commander";

/** Returns the command with its output where the caller wants it; it throws where it would end the process. */
export const quietly = (command: Command, {out, err}: {readonly out: (text: string) => void; readonly err: (text: string) => void}): Command =>
  command.exitOverride().configureOutput({writeOut: out, writeErr: err, outputError: (text, write) => write(text.replaceAll(/\n(?=\()/g, " "))});

/** Returns the exit code of what a command threw for its arguments: 0 after help, else 1; undefined for any other error. */
export const usageExit = (error: unknown): 0 | 1 | undefined => (error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 1) : undefined);
