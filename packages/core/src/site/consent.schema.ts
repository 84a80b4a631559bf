import { input, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, flag, text } from '../json/field.schema.ts'
import { instant } from '../time/instant.schema.ts'
import type { Consent, ConsentInput, ConsentKind } from './consent.ts'
import { locale } from './country.schema.ts'

/** What somebody agrees to. */
export const consentKind: SchemaOf<ConsentKind> = choice('terms', 'privacy', 'withdrawal_waiver', 'marketing')

const said = { kind: consentKind, textVersion: text(1, 100), locale, given: flag }

/** What the shopper says at checkout. */
export const consentInput: SchemaOf<ConsentInput> = input<ConsentInput>()(said)

/** A consent as the order keeps it. */
export const consent: SchemaOf<Consent> = part<Consent>()({ ...said, at: instant })
