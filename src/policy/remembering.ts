/** What is found out once about each object: a statement, a list that is a constant, a kind of caller. */
export function remembering<T extends object, R extends {}>(work: (of: T) => R): (of: T) => R {
  const memory = new WeakMap<T, R>();
  return (of) => {
    const known = memory.get(of) ?? work(of);
    memory.set(of, known);
    return known;
  };
}
