import { createCommerce } from '@bursar/core'
import { simulatedProcessor, testRuntime } from '@bursar/core/testing'
import { expect, test } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'

const HOUR = 60 * 60_000

test('jobs of a server that found no space for a night go on in the morning', async () => {
  const database = testSchema()
  const runtime = testRuntime({ sleeps: 'at_once' })
  const storage = database.open()
  const payments = { test: simulatedProcessor({ runtime }) }
  const commerce = createCommerce({ storage, runtime, payments, secrets: (name) => name })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  await commerce.as({ type: 'system', site: 'main' }).admin.paymentAccounts.create({
    ...{ id: 'card', title: 'Card', processor: 'test', mode: 'test', seller: 'acme-ltd', currencies: ['EUR'] },
    secretRefs: { webhook: 'w', key: 'k' },
  })
  await commerce.jobs.runDue()
  const table = `${database.schema}._jobs`
  await database.query(`create function ${database.schema}.full() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`)
  await database.query(
    `create trigger full_ before insert on ${table} for each row execute function ${database.schema}.full()`,
  )
  const work = async () => {
    await runtime.advance(HOUR)
    await commerce.jobs.runDue()
  }
  for (let hour = 0; hour < 40; hour += 1) await work()
  const queuesOf = async (state: 'waiting' | 'parked') =>
    (await storage.jobs.list({ state, limit: 100 })).items.map(({ queue }) => queue).toSorted()
  expect(await queuesOf('parked')).toEqual([])
  await database.query(`drop trigger full_ on ${table}`)
  await work()
  expect(await queuesOf('waiting')).toEqual(['carts.forget', 'keys.forget', 'keys.forget', 'payment.pull'])
  await commerce.close()
  await database.end()
})
