/**
 * Entries of one token that a search looks at. An entry is a token of a document that begins with the token of the text. On
 * the largest catalogs that were measured (a million products) so many cost a few milliseconds.
 */
export const SEARCH_REACH = 2000
