/** Longest slug, in characters of Unicode. */
export const MAXIMUM_SLUG_LENGTH = 80

/** Characters without a width, such as the joiners of Persian and Hindi: inside a word, so no hyphen comes of them. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff'\u2019]/gu
const NO_PART_OF_A_WORD = /[^\p{L}\p{M}\p{N}]+/gu

/**
 * A name for addresses from a title in any script: letters and digits stay, in lower case, and all else becomes a
 * hyphen. A title that holds neither (`???`) falls back to the external id, and that to its code points.
 *
 * @returns 1 to {@link MAXIMUM_SLUG_LENGTH} characters, in Unicode's composed form (NFC).
 */
export function makeSlug(title: string, externalId: string): string {
  return slugOf(title) || slugOf(externalId) || slugOf(`item ${codePoints(externalId)}`)
}

/** Whether a text can stand as it is in an address: what {@link makeSlug} would make of it. */
export function isSlug(text: string): boolean {
  return text !== '' && slugOf(text) === text
}

function slugOf(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(NO_PART_OF_A_WORD, '-')
  const characters = [...words.replace(/^-+/, '')].slice(0, MAXIMUM_SLUG_LENGTH)
  return characters.join('').replace(/-+$/, '')
}

function codePoints(text: string): string {
  return Array.from(text, (character) => character.codePointAt(0)?.toString(16)).join(' ')
}
