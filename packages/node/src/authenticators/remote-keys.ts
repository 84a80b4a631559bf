import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'

/** So old a key set may be, in milliseconds, before it is fetched anew. */
const TEN_MINUTES = 10 * 60_000
/** So long after a fetch a key that the set lacks is no key of the issuer's, in milliseconds. */
const FRESH = 30_000
/** So long a token waits for the set, in milliseconds: whoever sends tokens of keys that there are not holds places of others. */
const LONGEST_WAIT = 2000
/** So long an issuer that did not answer is left alone, in milliseconds. */
const PAUSE = 2000

/** An issuer's keys at an address, and how they are fetched. */
export interface RemoteKeys {
  readonly url: string
  readonly fetch: typeof globalThis.fetch | undefined
  readonly now: () => number
}

/**
 * Old keys are better than none: they are replaced when the issuer answers, never dropped because it does not. A key that is
 * not among them is waited for, once; from when the issuer is late until it answers, nobody waits but who asks it again.
 */
export function remoteKeys({ url, fetch, now }: RemoteKeys): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(url), fetch === undefined ? {} : { [customFetch]: fetch })
  const since = (instant: number) => Math.abs(now() - instant)
  let known: { readonly keyOf: JWTVerifyGetKey; readonly at: number } | null = null
  let asked: { readonly at: number; isUnderWay: boolean; readonly inTime: Promise<void> } | null = null
  /** What went wrong, while the issuer is late. */
  let late: unknown = null

  const load = async (): Promise<void> => {
    await remote.reload()
    const set = remote.jwks()
    if (set !== undefined) known = { keyOf: createLocalJWKSet(set), at: now() }
    late = null
  }

  const ask = () => {
    const { promise: inTime, resolve, reject } = Promise.withResolvers<void>()
    inTime.catch(() => {}) // where nobody waits
    const fail = (cause: unknown): void => {
      late = cause
      reject(cause)
    }
    const timer = setTimeout(() => fail(new Error('The issuer has not sent its keys in time.')), LONGEST_WAIT).unref()
    const underWay = { at: now(), isUnderWay: true, inTime }
    asked = underWay
    const end = () => {
      clearTimeout(timer)
      underWay.isUnderWay = false
    }
    load().finally(end).then(resolve, fail)
    return underWay
  }

  const arrival = async (): Promise<void> => {
    const mayAsk = asked === null || (!asked.isUnderWay && (late === null || since(asked.at) > PAUSE))
    if (asked === null || mayAsk) {
      // What went wrong so long ago says nothing of now.
      if (asked !== null && since(asked.at) > FRESH) late = null
      return ask().inTime // who asks waits: one, once in a pause
    }
    if (late !== null) throw late
    await asked.inTime
  }

  return async (header, token) => {
    if (known !== null) {
      if (asked !== null && !asked.isUnderWay && since(asked.at) > TEN_MINUTES) ask()
      const { keyOf, at } = known
      try {
        return await keyOf(header, token)
      } catch (error) {
        const mayBeNew = error instanceof errors.JWKSNoMatchingKey && since(at) > FRESH
        if (!mayBeNew) throw error
      }
    }
    await arrival()
    if (known === null) throw new Error('The issuer has sent no keys.')
    return known.keyOf(header, token)
  }
}
