import { expect, test, vi } from 'vitest'
import { shopFixture } from '../testing/shop-fixture.ts'
import { receiveEvent } from './receive-event.ts'

test('the body of an event is asked for once its account was found, and never for one that is not there', async () => {
  const { ports, ids } = await shopFixture()
  const body = vi.fn(async () => new TextEncoder().encode('{}'))
  await expect(receiveEvent(ports, 'nobody', body, new Headers())).rejects.toMatchObject({ code: 'not_found' })
  await expect(receiveEvent({ ...ports, payments: {} }, ids.accounts.card, body, new Headers())).rejects.toMatchObject({
    code: 'unavailable',
  })
  expect(body).not.toHaveBeenCalled()
  await expect(receiveEvent(ports, ids.accounts.card, body, new Headers())).rejects.toMatchObject({
    code: 'bad_signature',
  })
  expect(body).toHaveBeenCalledOnce()
})
