import { expect, test } from 'vitest'
import { type PaymentProcessor, silentLogger } from '../ports/index.ts'
import { SYSTEM_SCOPE } from '../site/index.ts'
import { insert, memoryStorage } from '../storage/index.ts'
import { paymentAccounts } from './payment.collection.ts'
import type { PaymentAccount } from './payment-account.ts'
import { requireAccount, type Secrets } from './processor-of.ts'

test.each([
  ['', 'Secret "webhook" of payment account card is empty: is CARD_WEBHOOK set'],
  [undefined, 'is empty'],
  ['s3cret', null],
])('the secret %j', async (answer, refusal) => {
  const storage = memoryStorage()
  await storage.migrate([paymentAccounts])
  const body: PaymentAccount = {
    id: 'card',
    operator: 'acme',
    processor: 'cards',
    title: 'Card',
    mode: 'test',
    seller: 'acme-ltd',
    currencies: ['EUR'],
    secretRefs: { webhook: 'CARD_WEBHOOK' },
    status: 'active',
  }
  await storage.commit(SYSTEM_SCOPE, [insert(paymentAccounts, 'card', body)])
  const ports = { storage, payments: { cards: {} as PaymentProcessor }, logger: silentLogger }
  const secrets: Secrets = (ref, owner) => {
    expect([ref, owner]).toEqual(['CARD_WEBHOOK', { operator: 'acme', account: 'card' }])
    return answer as string // what a host without types may answer
  }
  const { account } = await requireAccount({ ...ports, secrets }, 'card')
  await (refusal === null
    ? expect(account.secret('webhook')).resolves.toBe(answer)
    : expect(account.secret('webhook')).rejects.toThrow(refusal))
})
