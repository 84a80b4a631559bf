import { describe, expect, test } from 'vitest'
import { createOpenApiDocument } from './openapi.ts'
import { operations } from './operations.ts'
import { rawRoutes } from './raw-routes.ts'
import { nounSummaries } from './summaries.ts'

interface Described {
  operationId: string
  'x-who': string[]
  security: object[]
  parameters: { name?: string; in?: string; $ref?: string }[]
  requestBody?: { required: boolean; content: Record<string, { schema: { properties?: object } }> }
  responses: Record<string, object>
}
interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: object; parameters: object; responses: object }
}

const document = createOpenApiDocument() as Document
const described = Object.values(document.paths).flatMap((methods) => Object.values(methods))
const byId = (id: string): Described => {
  const found = described.find(({ operationId }) => operationId === id)
  if (found === undefined) throw new Error(`${id} is not described.`)
  return found
}

describe('the OpenAPI document', () => {
  test('describes every operation and every other route once', () => {
    const expected = [
      ...operations.map(({ name }) => name as string),
      ...Object.keys(rawRoutes).map((name) => `server.${name}`),
    ]
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(expected.sort())
  })

  test('is plain JSON, and the same each time', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(JSON.stringify(createOpenApiDocument())))
    expect(JSON.stringify(document)).not.toMatch(/"undefined"|\$defs/)
  })

  test('has no reference that leads nowhere, and no named part that nothing uses', () => {
    const used = new Set(
      Array.from(JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^"]+)"/g), ([, to]) => to),
    )
    const there = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, parts]) => Object.keys(parts).map((name) => `${kind}/${name}`))
    expect([...used].sort()).toEqual(there.sort())
  })

  test('says of each path parameter where it stands, and leaves it out of the body', () => {
    const { parameters, requestBody } = byId('carts.addLine')
    expect(parameters[0]).toMatchObject({ name: 'cartId', in: 'path', required: true })
    const body = requestBody?.content['application/json']?.schema
    expect(Object.keys(body?.properties ?? {})).toEqual(['lineId', 'variantId', 'quantity', 'parts', 'recipient'])
  })

  test('asks for a key where the operation does', () => {
    const refs = (id: string) => byId(id).parameters.flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? [])
    expect(refs('carts.checkout')).toContain('Idempotency-Key-Required')
    expect(refs('carts.addLine')).toEqual([
      'Bursar-Site',
      'Bursar-Cart-Token',
      'Bursar-Acting-For',
      'Idempotency-Key',
      'If-Match',
      'Bursar-Expand',
    ])
    expect(refs('admin.jobs.list')).toEqual(['Bursar-Site'])
  })

  test('lets nobody in without credentials but where shoppers may', () => {
    const open = described.filter(({ security }) => security.length === 0 || JSON.stringify(security[0]) === '{}')
    expect(open.every((one) => one['x-who'].includes('shopper') || one['x-who'].includes('anybody'))).toBe(true)
    expect(byId('admin.products.create').security).toEqual([{ token: [] }, { apiKey: [] }])
  })

  test('names the codes of each status', () => {
    expect(Object.keys(byId('carts.get').responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '413',
      '415',
      '429',
      '500',
      '503',
    ])
    expect(byId('carts.get').responses[404]).toMatchObject({ description: 'Not Found: site_unknown, not_found.' })
    expect(byId('site.get').responses[404]).toEqual({ $ref: '#/components/responses/Problem404' })
    expect(byId('server.webhook').responses).toHaveProperty('204')
    expect(byId('server.buy').responses).toHaveProperty('302')
  })

  test('has a sentence for each noun', () => {
    const nouns = [...new Set(operations.map(({ noun }) => noun)), 'server']
    expect(Object.keys(nounSummaries).sort()).toEqual(nouns.sort())
  })
})
