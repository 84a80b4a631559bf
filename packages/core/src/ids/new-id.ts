import { fromInstant, type Instant } from '../time/index.ts'
import { CROCKFORD_LOWER, encodeBits } from './encode-bits.ts'
import type { IdPrefix } from './id-prefixes.ts'

/** What ids and codes are made from: a clock and a source of chance. The port `Runtime` has both. */
export interface IdSource {
  /** The present instant. */
  now(): Instant
  /** So many bytes that nobody can foretell. */
  randomBytes(count: number): Uint8Array
}

/** 26 characters of 5 bits hold the 128 bits with two zero bits before them, hence no first character past 7. */
const ID_TEXT = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/**
 * A new id: the prefix, an underscore, and a UUIDv7 as 26 characters of Crockford's base 32 in lower case (the form
 * of a ULID). Ids of a later millisecond sort after those of an earlier one; within a millisecond chance decides.
 *
 * @throws RangeError before 1970, which a UUIDv7 cannot hold.
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 * @example
 * newId('crt', runtime) // 'crt_01kq5w8v3ze2ftc9b0p4nxm6ha'
 */
export function newId(prefix: IdPrefix, source: IdSource): string {
  return `${prefix}_${encodeBits(uuidV7(source), { bits: 5, alphabet: CROCKFORD_LOWER, leadingZeros: 2 })}`
}

/** Whether a text has the form of an id with this prefix; it says nothing about whether the record exists. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return text.startsWith(`${prefix}_`) && ID_TEXT.test(text.slice(prefix.length + 1))
}

function uuidV7({ now, randomBytes }: IdSource): Uint8Array {
  const milliseconds = fromInstant(now())
  if (milliseconds < 0) throw new RangeError('An id holds a time since 1970; the clock shows an earlier one.')
  const bytes = new Uint8Array(16)
  bytes.set(randomBytes(10), 6)
  let rest = milliseconds
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = 0x70 | (Number(bytes[6]) & 0x0f)
  bytes[8] = 0x80 | (Number(bytes[8]) & 0x3f)
  return bytes
}
