/** As much as anybody reads of a reason, in characters. */
const LONGEST = 1000

/**
 * What somebody outside gave as a reason, as every storage can keep it: at most 1,000 characters, without U+0000 and halves
 * of a surrogate pair. A server's error page may be of any length, and of bytes that are no text; and who writes without types
 * may give none.
 */
export const storableReason = (reason: unknown): string =>
  String(reason ?? 'no reason was given')
    .slice(0, LONGEST)
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
