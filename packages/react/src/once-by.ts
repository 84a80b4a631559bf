/** What is known under a key; made when it is first asked for. */
export function onceBy<Key, Value>(known: Known<Key>, key: Key, make: () => Value): Value {
  if (!known.has(key)) known.set(key, make())
  return known.get(key) as Value // what `make` of the same key made
}

/** A map, or a weak one. */
interface Known<Key> {
  has(key: Key): boolean
  get(key: Key): unknown
  set(key: Key, value: unknown): unknown
}
