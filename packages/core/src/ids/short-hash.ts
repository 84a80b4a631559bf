import { BASE64_URL, encodeBits } from './encode-bits.ts'

/**
 * A hash of 64 bits as 11 characters, for telling apart a few keys in little room, as the last keys of a cart. It is
 * fast and evenly spread, and no defence: whoever wants two texts of one hash can make them. What must withstand that
 * takes `sha256Hex`. Its answers are stored, so they never change.
 */
export function shortHash(text: string): string {
  let left = 0xdeadbeef
  let right = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    left = Math.imul(left ^ unit, 0x9e3779b1)
    right = Math.imul(right ^ unit, 0x5f356495)
    left = (left << 13) | (left >>> 19)
    right = (right << 17) | (right >>> 15)
  }
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, finish(left, right, text.length))
  view.setUint32(4, finish(right, left, text.length))
  return encodeBits(bytes, { bits: 6, alphabet: BASE64_URL })
}

/** The finalizer of MurmurHash3, with the other half mixed in: each bit of input moves half of the output's. */
function finish(own: number, other: number, length: number): number {
  let hash = own ^ Math.imul(other ^ length, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
