/** How bytes become text. */
export interface EncodeBitsOptions {
  /** Bits per character: 5 for base 32, 6 for base 64. */
  readonly bits: 5 | 6
  /** 2^bits characters. */
  readonly alphabet: string
  /** Zero bits put before the first byte. @default 0 */
  readonly leadingZeros?: number | undefined
}

/** Crockford's base 32 in lower case; in code-unit order, so that texts sort as their bytes do. */
export const CROCKFORD_LOWER = '0123456789abcdefghjkmnpqrstvwxyz'

/** Base 64 for addresses and headers, RFC 4648 §5. */
export const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Bytes as text, first bits first, without padding characters; zero bits fill up the last character. */
export function encodeBits(bytes: Uint8Array, { bits, alphabet, leadingZeros = 0 }: EncodeBitsOptions): string {
  const mask = 2 ** bits - 1
  let text = ''
  let waiting = 0
  let count = leadingZeros
  for (const byte of bytes) {
    waiting = ((waiting << 8) | byte) & 0xffff
    count += 8
    while (count >= bits) {
      count -= bits
      text += alphabet.charAt((waiting >> count) & mask)
    }
  }
  return count === 0 ? text : text + alphabet.charAt((waiting << (bits - count)) & mask)
}
