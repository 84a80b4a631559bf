import type { ConsentInput, ConsentKind } from '@bursar/core/client'

/** Version of the texts below; kept with the order. */
const VERSION = '2026-11'

/** What the shopper agrees to. */
export const CONSENT_TEXTS: Readonly<Record<ConsentKind, string>> = {
  terms: 'I agree to the terms of sale.',
  privacy: 'I have read the privacy notice.',
  withdrawal_waiver: 'I want access at once, and know that I then lose my right to withdraw.',
  marketing: 'I would like to hear of new courses.',
}

/** The consents as checkout takes them. */
export function consentInputs(kinds: readonly ConsentKind[], given: readonly ConsentKind[]): ConsentInput[] {
  return kinds.map((kind) => ({ kind, textVersion: VERSION, locale: 'en', given: given.includes(kind) }))
}
