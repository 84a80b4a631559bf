import { digest } from 'ohash/crypto'
import { BASE64_URL } from './encode-bits.ts'

/**
 * SHA-256 of a text's UTF-8 as 64 lower-case hex digits, for chains, fingerprints and stored tokens; half a surrogate
 * pair is read as U+FFFD, as `TextEncoder` does. Synchronous on every platform, which Web Crypto is not, so that pure rules
 * can call it; where packages are resolved for Node it is Node's own.
 */
export function sha256Hex(text: string): string {
  return hexOf(digest(text.toWellFormed()))
}

/** Two characters of base 64 are three hex digits; 43 are 258 bits, of which 256 count, and what the last one misses is zero. */
function hexOf(base64: string): string {
  let hex = ''
  for (let at = 0; at < base64.length; at += 2) {
    const bits = (valueAt(base64, at) << 6) | valueAt(base64, at + 1)
    hex += HEX.charAt(bits >> 8) + HEX.charAt((bits >> 4) & 15) + HEX.charAt(bits & 15)
  }
  return hex.slice(0, 64)
}

const HEX = '0123456789abcdef'

const valueAt = (base64: string, at: number): number => BASE64_URL.indexOf(base64.charAt(at))
