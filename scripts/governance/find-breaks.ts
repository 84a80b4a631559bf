import { apiCompare } from 'api-smart-diff'

/** A change of the API after which some client of the last release no longer works. */
export interface Break {
  /** Where, as the keys from the root of the document. */
  path: string
  what: string
}

/** As much of an OpenAPI document as is read here. */
export interface OpenApiDocument {
  paths?: Record<string, Record<string, { 'x-who'?: string[] }>>
}

interface Change {
  type: string
  action: string
  path: (string | number)[]
  before?: unknown
  after?: unknown
  description?: string
}

/**
 * The breaks between two OpenAPI 3.1 documents. The library knows directions (a request may want less, an answer may
 * give more). Four rules are our own: a request field removed, for unknown fields are refused; an answer's field
 * removed, though it was optional; an answer's type changed, which the library takes for harmless; rights narrowed.
 * New values of an answer's enum, new arms of its union and new error codes are no breaks: clients have a default.
 */
export const findBreaks = (before: OpenApiDocument, after: OpenApiDocument): Break[] => {
  const { diffs } = apiCompare(before, after)
  const found = diffs
    .map((change): Change => ({ ...change, path: [...change.path] }))
    // Below `components` the library knows no direction; each use of a component is reported at its operation too.
    .filter(({ path }) => path[0] === 'paths')
    .filter((change) => isOwnBreak(change) || (change.type === 'breaking' && !isNewAnswerChoice(change)))
    .map((change) => ({ path: change.path.join('/'), what: change.description ?? `${change.action} (${change.type})` }))
  return [...unique(found), ...rightsNarrowed(before, after)]
}

const isOwnBreak = (change: Change): boolean =>
  isRequestFieldRemoved(change) || isAnswerFieldRemoved(change) || isAnswerOfAnotherType(change)

const isRequestFieldRemoved = ({ action, path }: Change): boolean => {
  if (action !== 'remove') return false
  if (path.at(-2) === 'parameters') return true
  const body = path.indexOf('requestBody')
  return body >= 0 && (body === path.length - 1 || path.at(-2) === 'properties')
}

const isAnswerFieldRemoved = ({ action, path }: Change): boolean =>
  action === 'remove' && path.includes('responses') && path.at(-2) === 'properties'

const isAnswerOfAnotherType = ({ action, path, before, after }: Change): boolean => {
  if (action === 'add' || !path.includes('responses') || path.at(-2) === 'properties') return false
  if (path.at(-1) === 'const') return true
  return (
    path.at(-1) === 'type' && (after === undefined || [after].flat().some((type) => ![before].flat().includes(type)))
  )
}

const isNewAnswerChoice = ({ action, path }: Change): boolean =>
  action === 'add' && path.includes('responses') && ['enum', 'oneOf', 'anyOf'].includes(String(path.at(-2)))

const rightsNarrowed = (before: OpenApiDocument, after: OpenApiDocument): Break[] =>
  Object.entries(before.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const now = after.paths?.[path]?.[method]
      if (!now) return []
      const lost = (operation['x-who'] ?? []).filter((who) => !isAllowed(who, now['x-who'] ?? []))
      return lost.map((who) => ({ path: `paths/${path}/${method}/x-who`, what: `${who} may no longer call it` }))
    }),
  )

/** `staff` stands for every role of the staff, `staff:support` for one. */
const isAllowed = (who: string, allowed: string[]): boolean =>
  allowed.some((each) => who === each || who.startsWith(`${each}:`))

const unique = (breaks: Break[]): Break[] => [
  ...new Map(breaks.map((each) => [`${each.path} ${each.what}`, each])).values(),
]
