/** As much as anybody reads of a reason, in characters. */
const LONGEST = 1000

/**
 * What somebody outside gave as a reason, as every storage can keep it: at most 1,000 characters, without U+0000 and halves
 * of a surrogate pair. A server's error page may be of any length, and of bytes that are no text; and who writes without types
 * may give none.
 */
export const storableReason = (reason: unknown): string => readable(reason, LONGEST)

/** The same with ten times as many characters, for who takes names out of it before it is cut: of one across the end the half would stay. */
export const uncutReason = (reason: unknown): string => readable(reason, 10 * LONGEST)

const readable = (reason: unknown, longest: number): string =>
  String(reason ?? 'no reason was given')
    .slice(0, longest)
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
