import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * SHA-256 as 64 lower-case hex digits, for chains, fingerprints and stored tokens; a text is hashed as UTF-8.
 * Synchronous on every platform, which Web Crypto is not, so that pure rules can call it.
 */
export function sha256Hex(input: Uint8Array | string): string {
  return bytesToHex(sha256(typeof input === 'string' ? utf8ToBytes(input) : input))
}
