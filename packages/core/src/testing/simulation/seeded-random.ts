/** Chance that a seed repeats. */
export interface SeededRandom {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `count`. */
  below(count: number): number
  /** True in so many of a hundred cases. */
  percent(share: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** Bytes for ids and tokens. */
  bytes(count: number): Uint8Array
}

/** mulberry32: small, evenly spread, the same everywhere. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0
  const word = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const next = () => word() / 2 ** 32
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    percent: (share) => next() * 100 < share,
    pick: (list) => list[below(list.length)] as (typeof list)[number], // within the list
    bytes: (count) => new Uint8Array(count).map(() => word() & 0xff),
  }
}
