// Steps of a build as they happen: one line that changes in a terminal, plain lines elsewhere.

export interface Progress {
  step(text: string): void;
  done(): void;
}

/** Returns a progress on a stream. In a terminal each step overwrites details of the one before. */
export function createProgress(stream: NodeJS.WriteStream, clock: () => number = () => performance.now()): Progress {
  const start = clock();
  let last = "";
  let stage = "";
  const seconds = () => `${((clock() - start) / 1000).toFixed(1).padStart(5)} s`;
  return {
    step(text) {
      const [head = ""] = text.split(":");
      if (stream.isTTY) {
        if (head !== stage && stage !== "") stream.write("\n");
        const width = Math.max(20, (stream.columns ?? 80) - 1);
        stream.write(`\r\u001b[2K${`${seconds()}  ${text}`.slice(0, width)}`);
      } else if (head !== stage) stream.write(`${seconds()}  ${head}\n`);
      stage = head;
      last = text;
    },
    done() {
      if (stream.isTTY && last !== "") stream.write("\n");
      last = stage = "";
    }
  };
}
