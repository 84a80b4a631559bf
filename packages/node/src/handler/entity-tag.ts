/** A strong entity tag of a text: the same for the same text, wherever it is made. */
export async function entityTag(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `"${hexOf(hash.subarray(0, 12))}"`
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
