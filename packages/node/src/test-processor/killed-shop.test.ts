import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testAccount, testRuntime } from '@bursar/core/testing'
import { afterAll, expect, test } from 'vitest'
import { testProcessor, testProcessorLog } from './test-processor.ts'

const folder = mkdtempSync(join(tmpdir(), 'bursar-killed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const request = {
  key: 'key-1',
  paymentId: 'pay-1',
  orderId: 'ord-1',
  orderNumber: 'T-1',
  amount: { amount: 4900, currency: 'EUR' },
  quoteHash: 'a'.repeat(64),
  capture: 'automatic',
}

/** Opens a payment in a process of its own that is killed: after the answer, or while a slow call is under way. */
async function payAndDie(file: string, paymentToken: string, waits: 'for_the_answer' | 'a_moment') {
  const program = `
    const { testProcessor } = await import(process.env.MODULE)
    const processor = testProcessor({ file: process.env.FILE, slowMs: 60_000 })
    const account = { id: 'pac_one', mode: 'test', secret: async () => 'secret' }
    const answer = processor.open(account, JSON.parse(process.env.REQUEST))
    ${waits === 'for_the_answer' ? 'await answer' : 'await new Promise((resolve) => setTimeout(resolve, 200))'}
    process.kill(process.pid, 'SIGKILL')`
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], {
    env: {
      ...process.env,
      FILE: file,
      REQUEST: JSON.stringify({ ...request, paymentToken }),
      MODULE: fileURLToPath(new URL('test-processor.ts', import.meta.url)),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const [, signal] = await once(child, 'exit')
  expect(signal, complaints).toBe('SIGKILL')
}

const account = testAccount('pac_one', { webhook: 'secret' })

test('what the processor answered is in its log after the shop was killed', async () => {
  const file = join(folder, 'answered.db')
  await payAndDie(file, 'tok_approve', 'for_the_answer')
  expect(testProcessorLog(file).map(({ effect }) => effect)).toEqual(['opened', 'captured'])
  const processor = testProcessor({ file })
  const found = await processor.lookup(account, { reference: null, key: 'key-1' })
  expect(found).toMatchObject({ outcome: 'found', payment: { state: 'captured', captured: 4900 } })
  expect(processor.dueDeliveries()).toHaveLength(2)
  processor.close()
})

test('a call that was under way when the shop was killed is finished by the processor, once', async () => {
  const file = join(folder, 'slow.db')
  await payAndDie(file, 'tok_slow', 'a_moment')
  expect(testProcessorLog(file)).toEqual([])
  const runtime = testRuntime({ now: '2100-01-01T00:00:00.000Z' })
  const processor = testProcessor({ file, runtime })
  const lookup = { reference: null, key: 'key-1' }
  expect(await processor.lookup(account, lookup)).toMatchObject({ outcome: 'found', payment: { state: 'captured' } })
  expect(processor.log().map(({ effect }) => effect)).toEqual(['opened', 'captured'])
  processor.close()
})
