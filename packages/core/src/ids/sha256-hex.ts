import { digest } from 'ohash/crypto'
import { BASE64_URL } from './encode-bits.ts'

/** The value of each character of base 64, by its code unit. */
const VALUES = Uint8Array.from({ length: 128 }, (_, unit) => Math.max(0, BASE64_URL.indexOf(String.fromCharCode(unit))))

/** The hex digits of two characters of base 64, which are 12 bits. */
const TRIPLES = Array.from({ length: 4096 }, (_, bits) => bits.toString(16).padStart(3, '0'))

/**
 * SHA-256 of a text's UTF-8 as 64 lower-case hex digits, for chains, fingerprints and stored tokens; half a surrogate
 * pair is read as U+FFFD, as `TextEncoder` does. Synchronous on every platform, which Web Crypto is not, so that pure rules
 * can call it; on Node, Deno and Bun it is the platform's own.
 */
export function sha256Hex(text: string): string {
  return hexOf(digest(text.toWellFormed()))
}

/** 43 characters are 258 bits, for 256: the last of each pair that is missing counts as zero. */
function hexOf(base64: string): string {
  let hex = ''
  for (let at = 0; at < base64.length; at += 2)
    hex += TRIPLES[(valueAt(base64, at) << 6) | valueAt(base64, at + 1)] ?? ''
  return hex.slice(0, 64)
}

const valueAt = (base64: string, at: number): number => VALUES[base64.charCodeAt(at)] ?? 0
