import { BASE64_URL, encodeBits } from './encode-bits.ts'
import type { IdSource } from './new-id.ts'

/**
 * A secret that cannot be guessed, for cart tokens and API keys: base 64 for addresses, without padding. 32 bytes,
 * 256 bits, make 43 characters. Store its `sha256Hex`, never the token.
 */
export function randomToken(source: Pick<IdSource, 'randomBytes'>, bytes = 32): string {
  return encodeBits(source.randomBytes(bytes), { bits: 6, alphabet: BASE64_URL })
}
