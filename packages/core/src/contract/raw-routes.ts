import type { CommonErrorCode, ErrorCode } from '../errors/index.ts'
import type { Caller } from '../ports/index.ts'

/** A parameter of a {@link RawRoute}. */
export interface RawParameter {
  /** Its name. */
  readonly name: string
  /** Where it stands. */
  readonly in: 'path' | 'query'
  /** Must it be given? */
  readonly required: boolean
  /** What it says. */
  readonly description: string
  /** Longest value, characters. */
  readonly maximum: number
  /** Is it a whole number? @default false */
  readonly whole?: true
}

/**
 * What is not JSON in, JSON out, and so is no operation of a client. As data, so that rights, docs and the handler see
 * it: `raw` takes the body's bytes, `redirect` answers an address, `file` answers a document.
 */
export interface RawRoute {
  /** What the answer or the body is. */
  readonly kind: 'raw' | 'redirect' | 'file'
  /** HTTP method. */
  readonly method: 'GET' | 'POST'
  /** Path with `{parameters}`. */
  readonly path: string
  /** Status of success. */
  readonly status: 200 | 204 | 302
  /** What a `file` is. @default 'application/json' */
  readonly contentType?: 'text/css' | 'text/csv'
  /** One sentence for the docs. */
  readonly summary: string
  /** Who may call it; `anybody` is asked for nothing, not even a site. */
  readonly who: readonly (Caller | 'anybody')[]
  /** Path and query. */
  readonly parameters: readonly RawParameter[]
  /** Errors of its own and those of the common ones that it can give. */
  readonly errors: readonly (ErrorCode | CommonErrorCode)[]
}

const SHOPPERS = ['shopper', 'customer', 'service', 'system'] as const

/** All routes that are not `json`, by name. */
export const rawRoutes = {
  buy: {
    kind: 'redirect',
    method: 'GET',
    path: '/v1/buy',
    status: 302,
    summary: 'Puts one variant in a new cart, with a code, and sends the shopper to an address of the site.',
    who: SHOPPERS,
    parameters: [
      { name: 'variant', in: 'query', required: true, description: 'Variant id.', maximum: 64 },
      {
        name: 'return',
        in: 'query',
        required: true,
        description: 'Where to go then; must begin with one of the site’s addresses.',
        maximum: 2000,
      },
      { name: 'code', in: 'query', required: false, description: 'A code, as typed.', maximum: 64 },
      { name: 'quantity', in: 'query', required: false, description: '1 to 1,000, else 1.', maximum: 4, whole: true },
    ],
    errors: [
      'invalid_input',
      'card_number_refused',
      'site_unknown',
      'unauthenticated',
      'rate_limited',
      'internal',
      'unavailable',
    ],
  },
  webhook: {
    kind: 'raw',
    method: 'POST',
    path: '/v1/webhooks/{paymentAccountId}',
    status: 204,
    summary: 'Takes a processor’s event; when it answers, the event is stored.',
    who: ['anybody'],
    parameters: [
      { name: 'paymentAccountId', in: 'path', required: true, description: 'Payment account id.', maximum: 64 },
    ],
    errors: [
      'bad_signature',
      'not_found',
      'body_already_read',
      'body_too_large',
      'rate_limited',
      'internal',
      'unavailable',
    ],
  },
  themeCss: {
    kind: 'file',
    method: 'GET',
    path: '/v1/site/theme.css',
    status: 200,
    contentType: 'text/css',
    summary: 'The site’s look as CSS custom properties, `--bursar-…`, for light and dark pages.',
    who: SHOPPERS,
    parameters: [],
    errors: ['site_unknown', 'method_not_allowed', 'internal', 'unavailable'],
  },
  codesCsv: {
    kind: 'file',
    method: 'GET',
    path: '/v1/admin/code-batches/{id}/codes.csv',
    status: 200,
    contentType: 'text/csv',
    summary: 'The codes of a batch as a table: code, how often it was used, status.',
    who: ['staff:admin', 'staff:marketing', 'service', 'system'],
    parameters: [{ name: 'id', in: 'path', required: true, description: 'Batch id.', maximum: 64 }],
    errors: [
      'invalid_input',
      'unauthenticated',
      'forbidden',
      'not_found',
      'site_unknown',
      'rate_limited',
      'internal',
      'unavailable',
    ],
  },
  openapi: {
    kind: 'file',
    method: 'GET',
    path: '/openapi.json',
    status: 200,
    summary: 'This document.',
    who: ['anybody'],
    parameters: [],
    errors: ['method_not_allowed', 'internal'],
  },
  live: {
    kind: 'file',
    method: 'GET',
    path: '/health/live',
    status: 200,
    summary: 'Says that the process answers.',
    who: ['anybody'],
    parameters: [],
    errors: ['method_not_allowed', 'internal'],
  },
  ready: {
    kind: 'file',
    method: 'GET',
    path: '/health/ready',
    status: 200,
    summary: 'Says that storage is there, so that requests can be sent here.',
    who: ['anybody'],
    parameters: [],
    errors: ['method_not_allowed', 'unavailable'],
  },
} as const satisfies { readonly [name: string]: RawRoute }
