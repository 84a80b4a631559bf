import { describe, expect, test } from 'vitest'
import type { Invoke } from './build-noun.ts'
import { operations } from './operations.ts'
import { buildWholeClient } from './whole-client.ts'

const record = (): { calls: unknown[][]; invoke: Invoke } => {
  const calls: unknown[][] = []
  return { calls, invoke: (...call) => Promise.resolve(calls.push(call)) }
}

describe('a client', () => {
  test('calls every operation by its name, with its route', async () => {
    const { calls, invoke } = record()
    const client = buildWholeClient(invoke) as unknown as Record<string, Record<string, unknown>>
    for (const { name } of operations) {
      const method = name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], client)
      await (method as (input: object) => Promise<unknown>)({ a: 1 })
    }
    expect(calls).toEqual(operations.map(({ name, route }) => [name, { a: 1 }, {}, route]))
  })

  test('hands on its options, and an empty input where none is given', async () => {
    const { calls, invoke } = record()
    const client = buildWholeClient(invoke)
    await client.carts.get({ cartId: 'crt_1' }, { ifVersion: 3 })
    await client.site.get()
    expect(calls.map(([name, input, options]) => [name, input, options])).toEqual([
      ['carts.get', { cartId: 'crt_1' }, { ifVersion: 3 }],
      ['site.get', {}, {}],
    ])
  })

  test('has methods that may be taken off it', async () => {
    const { calls, invoke } = record()
    const { get } = buildWholeClient(invoke).carts
    await get({ cartId: 'crt_1' })
    expect(calls).toHaveLength(1)
  })

  test('does not share its nouns with another', async () => {
    const [left, right] = [record(), record()]
    const client = buildWholeClient(left.invoke)
    await buildWholeClient(right.invoke).admin.jobs.retry({ id: 'job_1' })
    await client.admin.jobs.retry({ id: 'job_2' })
    expect([left.calls[0]?.[1], right.calls[0]?.[1]]).toEqual([{ id: 'job_2' }, { id: 'job_1' }])
    expect(client.admin.jobs).toBe(client.admin.jobs)
  })

  test('is no promise, and knows nothing that is not in the table', () => {
    const client = buildWholeClient(record().invoke) as unknown as Record<string, unknown>
    expect([client.then, client.nothing]).toEqual([undefined, undefined])
  })
})
