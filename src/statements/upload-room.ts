/** What uploads of one writer may name beside the bucket's own encryption. */
export interface WriterRoom {
  /** `AES256`. */
  readonly plain: boolean;
  /** ARNs of keys. */
  readonly keys: readonly string[];
  /** Any key: where the one that the writer names is not known. */
  readonly anyKey: boolean;
}

/** Who needs room in the statements that deny uploads under another encryption: services by principal, roles by ARN. */
export interface Room {
  readonly services: ReadonlyMap<string, WriterRoom>;
  readonly roles: ReadonlyMap<string, WriterRoom>;
}

export const NO_ROOM: Room = { services: new Map(), roles: new Map() };

/** Two needs of one writer. */
export function widen(a: WriterRoom | undefined, b: WriterRoom): WriterRoom {
  return a ? { plain: a.plain || b.plain, anyKey: a.anyKey || b.anyKey, keys: [...new Set([...a.keys, ...b.keys])] } : b;
}
