import { storageContract } from '@bursar/core/testing'
import { afterAll, expect, test } from 'vitest'
import { OF_ALL_OPERATORS, unledBeyond } from '../testing/led-by-operator.ts'
import { sentTexts } from '../testing/sent-texts.ts'
import { TEST_SCHEMAS, testSchema } from '../testing/test-schema.ts'

const sent = sentTexts()
afterAll(() => sent.end())

async function makeStorage() {
  const { open, end } = testSchema()
  return { storage: open(), reopen: async () => open(), end }
}

for (const { name, run } of storageContract) test(name, () => run(makeStorage))

test('whatever was sent for it finds and writes the rows of each table by their operator', () => {
  expect(sent.texts.size).toBeGreaterThan(1000)
  expect(unledBeyond(OF_ALL_OPERATORS, sent.texts, TEST_SCHEMAS)).toEqual([])
})
