/** A strong entity tag of a text: the same for the same text, wherever it is made. */
export async function entityTag(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `"${hexOf(hash.subarray(0, 12))}"`
}

/** Does `If-None-Match` name this tag? Proxies that pack an answer make its tag a weak one, which counts alike. @see RFC 9110, 13.1.2 */
export function namesTag(header: string | null, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(etag)
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
