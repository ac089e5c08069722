// What several ask alike is asked once.

/** Returns a function that asks for a key the first time, and gives the same answer every later time. */
export function once<T>(): (key: string, ask: () => Promise<T>) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key, ask) => {
    const answer = asked.get(key) ?? ask();
    asked.set(key, answer);
    return answer;
  };
}
