import { type CommonErrorCode, ERRORS, type ErrorCode } from '../errors/index.ts'
import { convertSchemas, type JsonSchema } from './json-schemas.ts'
import { type Operation, operations, pathParameters } from './operations.ts'
import { STATUS_TITLES } from './problem.ts'
import { type RawRoute, rawRoutes } from './raw-routes.ts'
import { nounSummaries, summaries } from './summaries.ts'

/** What any operation may answer with; a code that is added to the type and not here does not compile. */
const COMMON: { readonly [code in CommonErrorCode]: true } = {
  invalid_input: true,
  card_number_refused: true,
  unauthenticated: true,
  forbidden: true,
  site_unknown: true,
  body_too_large: true,
  unsupported_media_type: true,
  rate_limited: true,
  internal: true,
  unavailable: true,
}

type Paths = { [path: string]: { [method: string]: object } }

/**
 * The whole API as OpenAPI 3.1. The same contract gives the same document, byte for byte.
 *
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function createOpenApiDocument(): object {
  const schemas = convertSchemas()
  const paths: Paths = {}
  for (const operation of operations) {
    add(paths, operation.route, describe(operation, schemas.of(operation)))
  }
  for (const [name, route] of Object.entries<RawRoute>(rawRoutes)) add(paths, route, describeRaw(name, route))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Bursar',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Relative to the document: wherever the handler is mounted.
    servers: [{ url: '.', description: 'Where this document was found.' }],
    tags: tagsOf(),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      parameters: headerParameters(),
      responses: commonProblems(),
      schemas: { ...schemas.named, Problem: PROBLEM },
    },
  }
}

const DESCRIPTION =
  'Amounts are whole minor units of their currency. Requests with unknown members are refused; answers may gain members, ' +
  'enum values, union arms and error codes in any release, so have a default branch. `x-who` says who may call an ' +
  'operation, `x-errors` its own error codes.'

function add(paths: Paths, { path, method }: { path: string; method: string }, described: object): void {
  paths[path] = { ...paths[path], [method.toLowerCase()]: described }
}

function tagsOf(): object[] {
  const nouns = [...new Set(operations.map(({ noun }) => noun)), 'server']
  return nouns.map((name) => ({ name, description: nounSummaries[name] }))
}

function describe(operation: Operation, { input, output }: { input: JsonSchema; output: JsonSchema }): object {
  const { name, noun, route } = operation
  const status = route.status ?? 200
  const hasBody = route.method !== 'GET' && route.method !== 'DELETE'
  const inPath = pathParameters(route.path)
  const body = without(input, inPath)
  return {
    operationId: name,
    summary: summaries[name],
    tags: [noun],
    'x-who': route.who,
    ...(route.reach !== undefined && { 'x-staff-reach': route.reach }),
    ...(route.who.includes('service') && { 'x-service-scope': route.scope ?? 'shop' }),
    'x-errors': route.errors,
    security: securityOf(route.who),
    parameters: [
      ...inPath.map((parameter) => ({
        name: parameter,
        in: 'path',
        required: true,
        schema: propertiesOf(input)[parameter],
      })),
      ...(hasBody ? [] : queryParameters(body)),
      ...headersOf(route),
    ],
    ...(hasBody && {
      requestBody: { required: requiredOf(body).length > 0, content: { 'application/json': { schema: body } } },
    }),
    responses: {
      [status]: {
        description: STATUS_TITLES[status],
        ...(status !== 204 && { content: { 'application/json': { schema: output } } }),
      },
      ...problems([...commonCodes(), ...route.errors]),
    },
  }
}

function describeRaw(name: string, route: RawRoute): object {
  const isOpen = route.who.includes('anybody')
  return {
    operationId: `server.${name}`,
    summary: route.summary,
    tags: ['server'],
    'x-who': route.who,
    'x-errors': route.errors,
    security: isOpen ? [] : securityOf(route.who),
    parameters: [
      ...route.parameters.map((parameter) => ({
        name: parameter.name,
        in: parameter.in,
        required: parameter.required,
        description: parameter.description,
        schema: parameter.whole ? { type: 'integer', minimum: 1 } : { type: 'string', maxLength: parameter.maximum },
      })),
      ...(isOpen ? [] : [headerRef('Bursar-Site'), headerRef('Bursar-Cart-Token'), headerRef('Bursar-Acting-For')]),
    ],
    ...(route.kind === 'raw' && {
      requestBody: {
        description: 'The bytes as the processor signed them.',
        required: true,
        content: { '*/*': { schema: {} } },
      },
    }),
    responses: { [route.status]: rawAnswer(route), ...problems(route.errors) },
  }
}

function rawAnswer({ kind, status, contentType }: RawRoute): object {
  const description = STATUS_TITLES[status]
  if (kind === 'redirect') {
    const location = { description: 'The return address, with what happened added.', schema: { type: 'string' } }
    return { description, headers: { Location: location } }
  }
  if (kind === 'raw') return { description }
  const content =
    contentType === undefined
      ? { 'application/json': { schema: { type: 'object' } } }
      : { [contentType]: { schema: { type: 'string' } } }
  return { description, content }
}

const commonCodes = (): CommonErrorCode[] => Object.keys(COMMON) as CommonErrorCode[] // the keys that its type lists

const codesByStatus = (codes: readonly ErrorCode[]): Map<number, ErrorCode[]> =>
  Map.groupBy([...new Set(codes)], (code) => ERRORS[code].status)

/** Answers that every operation shares, by their names in the document. */
function commonProblems(): { [name: string]: object } {
  return Object.fromEntries(
    [...codesByStatus(commonCodes())].map(([status, codes]) => [`Problem${status}`, problem(status, codes)]),
  )
}

/** Problems by status, with the codes of each; those of a status that has common codes alone are shared. */
function problems(codes: readonly ErrorCode[]): { [status: string]: object } {
  const shared = codesByStatus(commonCodes())
  return Object.fromEntries(
    [...codesByStatus(codes)].map(([status, ofStatus]) => [
      status,
      String(shared.get(status)) === String(ofStatus)
        ? { $ref: `#/components/responses/Problem${status}` }
        : problem(status, ofStatus),
    ]),
  )
}

const problem = (status: number, codes: readonly ErrorCode[]): object => ({
  description: `${STATUS_TITLES[status]}: ${codes.join(', ')}.`,
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }],
        properties: { code: { type: 'string', enum: codes } },
      },
    },
  },
})

function securityOf(who: readonly string[]): object[] {
  const shopper = who.includes('shopper') ? [{}, { cartToken: [] }] : []
  return [...shopper, { token: [] }, { apiKey: [] }]
}

const headerRef = (name: string): object => ({ $ref: `#/components/parameters/${name}` })

function headersOf({ key, version, who, path }: Operation['route']): object[] {
  return [
    headerRef('Bursar-Site'),
    ...(who.includes('shopper') ? [headerRef('Bursar-Cart-Token')] : []),
    ...(who.includes('customer') ? [headerRef('Bursar-Acting-For')] : []),
    ...(key === undefined ? [] : [headerRef(key === 'required' ? 'Idempotency-Key-Required' : 'Idempotency-Key')]),
    ...(version === undefined ? [] : [headerRef('If-Match')]),
    ...(path.startsWith('/v1/carts') && !path.endsWith('/checkout') ? [headerRef('Bursar-Expand')] : []),
  ]
}

const propertiesOf = (schema: JsonSchema): { [name: string]: JsonSchema } =>
  (schema.properties ?? {}) as { [name: string]: JsonSchema } // what JSON Schema has there

const requiredOf = (schema: JsonSchema): string[] => (schema.required ?? []) as string[] // see above

function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const required = requiredOf(schema).filter((name) => !names.includes(name))
  const { required: _, ...rest } = schema
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(propertiesOf(schema)).filter(([name]) => !names.includes(name))),
    ...(required.length > 0 && { required }),
  }
}

function queryParameters(schema: JsonSchema): object[] {
  const required = requiredOf(schema)
  return Object.entries(propertiesOf(schema)).map(([name, field]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: field,
  }))
}

const header = (name: string, description: string, schema: object, required = false): object => ({
  name,
  in: 'header',
  required,
  description,
  schema,
})

const KEY = { type: 'string', minLength: 8, maxLength: 200, pattern: '^[!-~]+$' }

const headerParameters = (): { [name: string]: object } => ({
  'Bursar-Site': header('Bursar-Site', 'Site id, where the host name alone does not say it.', {
    type: 'string',
    maxLength: 64,
  }),
  'Bursar-Cart-Token': header(
    'Bursar-Cart-Token',
    'The token of an anonymous cart, as the answer that made it gave it.',
    {
      type: 'string',
      maxLength: 200,
    },
  ),
  'Bursar-Expand': header(
    'Bursar-Expand',
    'What the answer holds besides: `pricingInputs`, for a page that estimates.',
    {
      type: 'string',
      enum: ['pricingInputs'],
    },
  ),
  'Bursar-Acting-For': header(
    'Bursar-Acting-For',
    "With an API key: the customer’s id at the host for whom it acts, 1 to 200 characters. What is not ASCII is sent as in `UTF-8''j%C3%BCrgen` (RFC 8187).",
    {
      type: 'string',
      minLength: 1,
      'x-personal': { kind: 'identity', retention: 'transient' },
    },
  ),
  'Idempotency-Key': header('Idempotency-Key', 'A random key for one intention; a repeat has no second effect.', KEY),
  'Idempotency-Key-Required': header(
    'Idempotency-Key',
    'A random key for one intention; a repeat has no second effect.',
    KEY,
    true,
  ),
  'If-Match': header('If-Match', 'The version that the caller saw, such as "3"; another one is version_conflict.', {
    type: 'string',
    pattern: '^"?[0-9]{1,16}"?$',
  }),
})

const SECURITY_SCHEMES = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of the host’s issuer: a customer or a member of staff.',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: a service.' },
  cartToken: {
    type: 'apiKey',
    in: 'header',
    name: 'Bursar-Cart-Token',
    description: 'Opens one anonymous cart and the order that it became.',
  },
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. Its type is about:blank; `code` tells errors apart.',
  required: ['title', 'status', 'detail', 'code'],
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence that the reader can act on.' },
    code: { type: 'string' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    reason: { type: 'string', description: 'A second, finer reason.' },
    data: { description: 'What else the caller needs.' },
    reference: { type: 'string', description: 'Eight characters by which support finds the request.' },
    retryAfter: { type: 'integer', description: 'Seconds to wait before another try.' },
  },
}
