export { isSameJson } from './is-same-json.ts'
export { isStorable } from './is-storable.ts'
export type { Json, JsonObject } from './json.ts'
export { ownValue } from './own-value.ts'
