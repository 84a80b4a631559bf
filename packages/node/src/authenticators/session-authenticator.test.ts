import type { AuthenticationRequest } from '@bursar/core'
import { expect, test } from 'vitest'
import { sessionAuthenticator } from './session-authenticator.ts'

const request = (cookie: string | null): AuthenticationRequest => ({
  header: (name) => (name === 'cookie' ? cookie : null),
  site: { operator: 'opr_a', site: 'main' },
})

const authenticator = sessionAuthenticator(async ({ header, site }) => {
  if (header('cookie') === 'session=down') throw new Error('sessions are down')
  return header('cookie') === 'session=1' ? { type: 'customer', site: site.site, customerId: 'learner-1' } : null
})

test('the host says who is signed in', async () => {
  expect(await authenticator.authenticate(request('session=1'))).toEqual({
    outcome: 'principal',
    principal: { type: 'customer', site: 'main', customerId: 'learner-1' },
  })
  expect(await authenticator.authenticate(request(null))).toEqual({ outcome: 'none' })
})

test('what the host cannot say is unavailable, not nobody', async () => {
  const error = await authenticator.authenticate(request('session=down')).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'unavailable', cause: new Error('sessions are down') })
})
