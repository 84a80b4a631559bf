/** 2020-01-01: rows of ids made before, or more than {@link LAST} later, have no place of their own. */
const FIRST = 1_577_836_800_000
/** 41 bits of milliseconds: until September 2089. */
const LAST = 2 ** 41
/** What is left of the 53 bits that a number of JavaScript holds. */
const BITS_BELOW = 12

/** `prefix_`, ten characters of time, sixteen of chance: see `newId` of core. */
const LENGTH = 30
const TIME = { from: 4, until: 14 }
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const VALUES = Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)))

/**
 * The number (`rowid`) of the row in which a document of this id is put, so that it is found by one search of a tree, and not by
 * two: that of the index, then that of the rows. Rows stand in the order in which they were made, as without it, so that a page
 * is full before the next is begun. Two documents of one millisecond may have the same: who looks asks for the id as well.
 * A program that writes rows into a file itself puts them there, or they are found by the index, by a search more.
 *
 * @param site `''` for a collection of the operator's
 * @returns null for an id that does not look as if `newId` had made it
 */
export function rowOfId(operator: string, site: string, id: string): number | null {
  const at = timeOf(id)
  if (at === null) return null
  const hash = mixed(site, mixed(operator, mixed(id, 0)))
  return (at - FIRST) * 2 ** BITS_BELOW + (hash >>> (32 - BITS_BELOW))
}

function timeOf(id: string): number | null {
  if (id.length !== LENGTH || id[TIME.from - 1] !== '_') return null
  let at = 0
  for (let index = TIME.from; index < TIME.until; index += 1) {
    const value = VALUES[id.charCodeAt(index)] ?? -1
    if (value < 0) return null
    at = at * 32 + value
  }
  return at >= FIRST && at < FIRST + LAST ? at : null
}

/** MurmurHash3's last steps, for each character. */
function mixed(text: string, seed: number): number {
  let hash = seed ^ text.length
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
