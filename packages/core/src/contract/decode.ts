import * as z from 'zod'
import type { InputIssue } from '../errors/index.ts'
import { type Operation, pathParameters } from './operations.ts'
import { invalidInput } from './parse-input.ts'
import { schemasOf } from './schemas.ts'

/** The parts of a request that make an operation's input. */
export interface RequestParts {
  /** Values of the path's parameters, decoded from percent. */
  path: { readonly [name: string]: string }
  /** The query string. */
  query: URLSearchParams
  /** The body as JSON, or undefined where there is none. */
  body?: unknown
}

/** What is read of a JSON Schema: enough for members that stand in addresses. */
interface FieldSchema {
  type?: string | readonly string[]
  anyOf?: readonly FieldSchema[]
  items?: FieldSchema
  properties?: { readonly [name: string]: FieldSchema }
}

/** Methods whose input beyond the path stands in the query; they have no body. */
const IN_QUERY: readonly string[] = ['GET', 'DELETE']

/**
 * An operation's input from a request, for `parseInput` to check: what cannot be read as its schema's type is passed on
 * as text, so that the schema says what is wrong. Addresses hold text only, so numbers, booleans and lists are read by
 * the input's JSON Schema, never by trying.
 *
 * @throws BursarError `invalid_input` where a member comes twice, or the body is not an object
 */
export function decodeRequest(operation: Operation, request: RequestParts): unknown {
  const { method } = operation.route
  const decoded: Record<string, unknown> = Object.create(null)
  const { fields, inPath } = membersOf(operation)
  for (const name of inPath) decoded[name] = readText(request.path[name] ?? '', fields[name])
  const rest = IN_QUERY.includes(method) ? readQuery(request.query, fields) : readBody(request)
  refuseTwice(inPath, rest)
  // A spread defines members; an assignment of `__proto__` would not, and the bounds could not refuse it.
  return { ...decoded, ...rest }
}

/** The members of an operation's input, and which of them stand in its path. */
interface Members {
  readonly fields: { readonly [name: string]: FieldSchema }
  readonly inPath: readonly string[]
}

const known = new WeakMap<Operation, Members>()

/** Made at first use: converting a schema takes about a millisecond. */
function membersOf(operation: Operation): Members {
  const found = known.get(operation)
  if (found !== undefined) return found
  // With reused schemas inline, what can stand in an address is never behind a reference but for enums under a name.
  const converted = z.toJSONSchema(schemasOf(operation.name).input, { io: 'input' }) as FieldSchema
  const members = { fields: converted.properties ?? {}, inPath: pathParameters(operation.route.path) }
  known.set(operation, members)
  return members
}

function readQuery(query: URLSearchParams, fields: { readonly [name: string]: FieldSchema }): Record<string, unknown> {
  const issues: InputIssue[] = []
  const entries = [...new Set(query.keys())].map((name) => {
    const values = query.getAll(name)
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    const list = listField(field)
    if (list !== undefined) return [name, values.map((value) => readText(value, list.items))] as const
    if (values.length > 1) issues.push({ path: name, message: `${name} comes more than once.` })
    return [name, readText(values[0] ?? '', field)] as const
  })
  if (issues.length > 0) throw invalidInput(issues)
  return Object.fromEntries(entries)
}

function readBody({ body, query }: RequestParts): Record<string, unknown> {
  const inQuery = [...new Set(query.keys())]
  if (inQuery.length > 0) {
    throw invalidInput(
      inQuery.map((name) => ({ path: name, message: `${name} stands in the address: put it in the body.` })),
    )
  }
  if (body === undefined) return {}
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput([{ path: '', message: 'The request must be an object.' }])
  }
  return body as Record<string, unknown> // an object that is neither null nor a list
}

function refuseTwice(inPath: readonly string[], rest: object): void {
  const twice = inPath.filter((name) => Object.hasOwn(rest, name))
  if (twice.length === 0) return
  throw invalidInput(
    twice.map((name) => ({ path: name, message: `${name} stands in the address already: leave it out.` })),
  )
}

const alternatives = (field: FieldSchema): readonly FieldSchema[] => field.anyOf ?? [field]

const listField = (field: FieldSchema | undefined): FieldSchema | undefined =>
  field === undefined ? undefined : alternatives(field).find(({ type }) => type === 'array')

function readText(text: string, field: FieldSchema | undefined): unknown {
  const types = field === undefined ? [] : alternatives(field).flatMap(({ type }) => type ?? [])
  if (types.includes('integer') && /^-?(?:0|[1-9]\d{0,15})$/.test(text)) return Number(text)
  if (types.includes('number') && /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/.test(text)) return Number(text)
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
