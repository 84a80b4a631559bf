import type { Json } from '../json/index.ts'
import { isJsonObject, parseJson, parseText } from './import-cell.ts'
import { type Parsed, parsed, unreadable } from './import-parsed.ts'
import type { RowReader } from './import-row-reader.ts'
import type { FulfilmentTarget } from './product.ts'

/** Says what is wrong with a target for a provider (or with the provider's name), or null. Pure. */
export type CheckTarget = (provider: string, target: Json) => string | null

/** Names of a row that a target may stand for in braces: one template then serves a whole file. */
export type TargetNames = {
  readonly [name in 'productExternalId' | 'variantExternalId' | 'variantName']: string | undefined
}

/** What a delivery is read by. */
export interface ReadFulfilmentOptions {
  /** What `{productExternalId}` and the like in the target's texts are replaced by. */
  ids: TargetNames
  /** Checks the outcome. */
  checkTarget?: CheckTarget | undefined
}

const FIELDS = ['fulfilment', 'fulfilmentProvider', 'fulfilmentTarget']
const MAXIMUM_LENGTH = 4000
const PLACEHOLDER = /\{(productExternalId|variantExternalId|variantName)\}/g

/**
 * How the variant of a row is delivered, from one JSON cell or from provider and target: null where these are empty, nothing
 * where the row has none of them.
 */
export function readFulfilment(reader: RowReader, options: ReadFulfilmentOptions): FulfilmentTarget | null | undefined {
  if (!FIELDS.some(reader.has)) return undefined
  const field = reader.text('fulfilment') === '' ? 'fulfilmentTarget' : 'fulfilment'
  const written = reader.read('fulfilment', parseFulfilment, null) ?? readPair(reader)
  if (written === null) return null
  if (options.ids.variantName === undefined && JSON.stringify(written.target).includes('{variantName}')) {
    reader.refuse(field, 'Here stands {variantName}, and the row does not name its variant.')
  }
  const fulfilment = { provider: written.provider, target: fillIn(written.target, options.ids) }
  const complaint = options.checkTarget?.(fulfilment.provider, fulfilment.target) ?? null
  if (complaint !== null) reader.refuse(field, complaint)
  return fulfilment
}

function readPair(reader: RowReader): FulfilmentTarget | null {
  const provider = reader.read('fulfilmentProvider', (text) => parseText(text, { maximum: 60 }), null)
  const target = reader.read('fulfilmentTarget', parseTarget, null)
  if (provider !== null && target !== null) return { provider, target }
  const hasProvider = reader.text('fulfilmentProvider') !== ''
  const hasTarget = reader.text('fulfilmentTarget') !== ''
  if (hasProvider && !hasTarget) reader.refuse('fulfilmentTarget', 'The provider is named, but not what it delivers.')
  if (hasTarget && !hasProvider) reader.refuse('fulfilmentProvider', 'A target stands here, but not who delivers it.')
  return null
}

function parseFulfilment(text: string): Parsed<FulfilmentTarget> {
  if (text.length > MAXIMUM_LENGTH) return unreadable(`It is longer than ${MAXIMUM_LENGTH} characters`)
  const json = parseJson(text)
  const isComplete = isJsonObject(json) && Object.keys(json).sort().join() === 'provider,target'
  if (!isComplete || typeof json.provider !== 'string' || json.provider === '' || json.target === undefined) {
    return unreadable('Write {"provider": "…", "target": …}')
  }
  return parsed({ provider: json.provider, target: json.target })
}

/** JSON, or a plain text where it does not begin as JSON does. */
function parseTarget(text: string): Parsed<Json> {
  if (text.length > MAXIMUM_LENGTH) return unreadable(`It is longer than ${MAXIMUM_LENGTH} characters`)
  if (!/^[[{"]/.test(text)) return parsed(text)
  const json = parseJson(text)
  return json === undefined ? unreadable('It begins like JSON and is none') : parsed(json)
}

function fillIn(target: Json, names: TargetNames): Json {
  if (typeof target === 'string') {
    return target.replace(PLACEHOLDER, (whole, name: string) => names[name as keyof TargetNames] ?? whole) // by the pattern
  }
  if (Array.isArray(target)) return target.map((entry: Json) => fillIn(entry, names))
  if (!isJsonObject(target)) return target
  return Object.fromEntries(Object.entries(target).map(([name, value]) => [name, fillIn(value ?? null, names)]))
}
