import { BoundedMap } from '@bursar/core/storage-adapter'

/** What a token said when it was verified. */
export type TokenPayload = Readonly<Record<string, unknown>>

const LONGEST = 60_000
const MOST = 10_000

/** Tokens that were verified a moment ago, by their hash: to verify one costs more than the rest of a request. */
export interface RememberedTokens {
  /** What the token said, if it is remembered and not expired. */
  find(hash: string): TokenPayload | undefined
  /** Remembers it until it expires (seconds since 1970), at most 60 s. */
  keep(hash: string, payload: TokenPayload, expires: number): void
  /** How many take memory. */
  size(): number
}

/** Remembers at most 10,000 tokens, surely the 5,000 used last. Those that were kept over two minutes ago do not outlast the next ones. */
export function rememberedTokens(now: () => number): RememberedTokens {
  // Later than any that is set: a clock that was ahead is right again.
  const isOver = ({ until }: { until: number }) => until <= now() || until > now() + LONGEST
  const kept = new BoundedMap<string, { payload: TokenPayload; until: number }>(MOST, { ms: LONGEST, now })
  return {
    find: (hash) => {
      const found = kept.get(hash)
      return found === undefined || isOver(found) ? undefined : found.payload
    },
    keep: (hash, payload, expires) => {
      kept.set(hash, { payload, until: Math.min(expires * 1000, now() + LONGEST) })
    },
    size: () => kept.size,
  }
}
