/** Lone halves of a surrogate pair, which no database stores, and U+0000, which PostgreSQL refuses. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Can every storage keep this text? */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text)
