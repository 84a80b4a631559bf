import { expect, test } from 'vitest'
import type { LeasedJob, Storage } from '../ports/index.ts'
import { sites } from '../site/index.ts'
import { memoryStorage } from '../storage/index.ts'
import { testRuntime } from '../testing/test-runtime.ts'
import { countPlacesJob } from './count-places.ts'

test('one walk is under way at a time, whoever’s it is, and the next waits without a hand', async () => {
  const memory = memoryStorage()
  const held = Promise.withResolvers<void>()
  const list: Storage['list'] = async (scope, query) => {
    if (query.in === sites.name && scope.operator === 'slow') await held.promise
    return memory.list(scope, query)
  }
  await memory.migrate([sites])
  const runtime = testRuntime()
  const count = countPlacesJob({ storage: { ...memory, list }, runtime })
  const jobOf = (operator: string) => ({ scope: { operator } }) as LeasedJob // it asks for no more of it
  const walk = count({}, jobOf('slow'))
  expect(await count({}, jobOf('other'))).toMatchObject({ outcome: 'again' })
  held.resolve()
  expect(await walk).toEqual({ outcome: 'done' })
  expect(await count({}, jobOf('other'))).toEqual({ outcome: 'done' })
})

test('a walk that failed keeps none from the next', async () => {
  const memory = memoryStorage()
  await memory.migrate([sites])
  let isDown = true
  const list: Storage['list'] = async (scope, query) => {
    if (isDown) throw new Error('down')
    return memory.list(scope, query)
  }
  const count = countPlacesJob({ storage: { ...memory, list }, runtime: testRuntime() })
  const job = { scope: { operator: 'school' } } as LeasedJob // as above
  await expect(count({}, job)).rejects.toThrow('down')
  isDown = false
  expect(await count({}, job)).toEqual({ outcome: 'done' })
})
