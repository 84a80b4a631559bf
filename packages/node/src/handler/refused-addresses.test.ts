import { isBursarError } from '@bursar/core'
import { createCommerceClient } from '@bursar/core/client'
import { memoryShop } from '@bursar/core/testing'
import { expect, test } from 'vitest'
import { createHandler } from './create-handler.ts'

const { commerce } = await memoryShop()
const handler = createHandler(commerce)
const client = createCommerceClient({
  baseUrl: 'https://shop.example',
  site: 'main',
  fetch: async (address, init) => handler(new Request(address, init)),
})

const whatIsWrong = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'nothing',
    (error) => isBursarError(error) && [error.code, error.status, error.issues.map(({ path }) => path)],
  )

test.each(['', '.', '..', '\ud800', 'a\udfffb', undefined, 5])(
  '%j cannot stand in an address: the server’s answer says which member it was',
  async (wrong) => {
    const text = wrong as string
    expect(await whatIsWrong(client.carts.get({ cartId: text }))).toEqual(['invalid_input', 400, ['cartId']])
    expect(await whatIsWrong(client.products.get({ idOrSlug: text }))).toEqual(['invalid_input', 400, ['idOrSlug']])
    const line = { cartId: 'crt_1', lineId: text }
    expect(await whatIsWrong(client.carts.removeLine(line))).toEqual(['invalid_input', 400, ['lineId']])
    expect(await whatIsWrong(client.carts.updateLine({ ...line, quantity: 2 }))).toEqual([
      'invalid_input',
      400,
      ['lineId'],
    ])
  },
)
