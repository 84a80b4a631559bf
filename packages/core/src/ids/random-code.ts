import type { IdSource } from './new-id.ts'

/** Digits and capitals without look-alikes: no 0 or O, no 1, I or L, and no U, which spells words. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A code that people can read out and type; each character of {@link CODE_ALPHABET} is equally likely at each place.
 * Ten characters carry 49 bits.
 *
 * @param length a whole number of at least 1.
 * @throws RangeError on another length.
 */
export function randomCode(source: Pick<IdSource, 'randomBytes'>, length: number): string {
  if (!Number.isSafeInteger(length) || length < 1) throw new RangeError(`A code has 1 or more places, not ${length}.`)
  // The largest multiple of the alphabet's length in a byte; higher bytes are thrown away, else low ones win.
  const fair = 256 - (256 % CODE_ALPHABET.length)
  let code = ''
  while (code.length < length) {
    for (const byte of source.randomBytes(length - code.length)) {
      if (byte < fair) code += CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length)
    }
  }
  return code
}

/** The eight characters that a shopper can read to support, and by which support finds all of a failure. */
export function errorReference(source: Pick<IdSource, 'randomBytes'>): string {
  return randomCode(source, 8)
}
