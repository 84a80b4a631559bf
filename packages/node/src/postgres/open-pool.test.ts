import { afterAll, expect, test } from 'vitest'
import { testSchema } from '../testing/test-schema.ts'
import { openClient } from './open-pool.ts'

const { url, end } = testSchema()
afterAll(() => end())

async function settingsOf(address: string): Promise<Record<string, string> | undefined> {
  const client = await openClient({ url: address })
  try {
    const names = ['statement_timeout', 'plan_cache_mode', 'enable_seqscan', 'search_path', 'jit']
    const asked = names.map((name) => `current_setting('${name}') as ${name}`)
    return (await client.query<Record<string, string>>(`select ${asked}`)).rows[0]
  } finally {
    await client.end()
  }
}

test('options in the address stand beside those of the storage, and count where both set one', async () => {
  const ours = { statement_timeout: '10s', plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off', jit: 'off' }
  expect(await settingsOf(url)).toMatchObject(ours)
  const own = encodeURIComponent('-c search_path=mine -c statement_timeout=3s')
  expect(await settingsOf(`${url}?options=${own}`)).toEqual({ ...ours, search_path: 'mine', statement_timeout: '3s' })
})
