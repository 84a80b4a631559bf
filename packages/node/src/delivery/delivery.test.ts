import {
  chooseCases,
  type FulfilmentProviderBench,
  fulfilmentProviderAbilities,
  fulfilmentProviderContract,
  testRuntime,
} from '@bursar/core/testing'
import { describe, expect, test } from 'vitest'
import { resilient } from '../resilience.ts'
import { downloadDelivery } from './download-delivery.ts'
import { manualDelivery } from './manual-delivery.ts'

const SECRET = 'a secret for tests, long enough for it'
const options = { baseUrl: 'https://shop.example.org/files/', secret: SECRET, validMinutes: 30 }

const grant = {
  grantId: 'grt_1',
  operator: 'acme',
  recipient: { customerId: 'cus_1', learnerId: null, email: null, name: null },
  target: { file: 'guides/Algebra & more, ½.pdf' },
  soldAt: '2026-01-01T00:00:00.000Z',
  orderNumber: 'A-1',
  before: null,
  remember: async () => {},
}

const benches: readonly { name: string; make: () => FulfilmentProviderBench; cases: number }[] = [
  {
    name: 'download delivery',
    cases: 3,
    make: () => ({
      provider: downloadDelivery(options),
      target: { file: 'guides/algebra.pdf' },
      remembersGrants: false,
      wrongTargets: [
        { file: '' },
        { file: '../secret' },
        { file: 'a/../../b' },
        { file: '/etc/passwd' },
        { file: 'a//b' },
        { file: './a' },
        { file: 'a\\b' },
        { file: 'a\u0000b' },
        { file: '\ud800' },
        { file: 'a'.repeat(501) },
        { file: 'a', size: 1 },
        { file: 7 },
        'a',
      ],
    }),
  },
  {
    name: 'manual delivery',
    cases: 3,
    make: () => ({
      provider: manualDelivery(),
      target: 'Send the printed book.',
      isPending: true,
      remembersGrants: false,
      wrongTargets: ['   ', 'a'.repeat(2001), { text: 'a' }],
    }),
  },
]

describe.each(benches)('$name', ({ make, cases }) => {
  const { run, leftOut } = chooseCases(fulfilmentProviderContract, fulfilmentProviderAbilities(make()))
  test.each(run)('$name', ({ run: check }) => check(make()))
  test('is asked what can be asked of one that keeps no records', () => {
    console.info(leftOut.map(({ name, missing }) => `left out for want of ${missing.join(', ')}: ${name}`).join('\n'))
    expect(run).toHaveLength(cases)
  })
})

async function addressFrom(own: Partial<typeof options> & { runtime?: ReturnType<typeof testRuntime> } = {}) {
  const answer = await downloadDelivery({ ...options, ...own }).deliver(grant)
  if (answer.outcome !== 'done') throw new Error(answer.outcome)
  return answer.detail as { url: string; expiresAt: string } // the detail is documented so
}

describe('a download address', () => {
  test('opens its file for as long as it says, and not a millisecond longer', async () => {
    const runtime = testRuntime()
    const delivery = downloadDelivery({ ...options, runtime })
    const { url, expiresAt } = await addressFrom({ runtime })
    expect(expiresAt).toBe('2026-01-01T00:30:00.000Z')
    await runtime.advance(30 * 60_000 - 1)
    const found = { file: 'guides/Algebra & more, ½.pdf', grantId: 'grt_1' }
    expect(delivery.verifyDownload(url)).toEqual({ outcome: 'valid', ...found })
    await runtime.advance(1)
    expect(delivery.verifyDownload(url)).toEqual({ outcome: 'expired', ...found })
  })

  test('is fresh each time that the grant is delivered', async () => {
    const runtime = testRuntime()
    const first = await addressFrom({ runtime })
    await runtime.advance(60_000)
    expect((await addressFrom({ runtime })).expiresAt > first.expiresAt).toBe(true)
  })

  test('is signed anew for whoever looks, also where calls have limits', async () => {
    const runtime = testRuntime()
    const delivery = downloadDelivery({ ...options, runtime })
    const first = await addressFrom({ runtime })
    await runtime.advance(40 * 60_000)
    expect(delivery.verifyDownload(first.url).outcome).toBe('expired')
    const { grantId, operator, target } = grant
    const shown = resilient(delivery).detailNow?.({ grantId, operator, target, detail: first }) as typeof first // documented so
    expect(delivery.verifyDownload(shown.url)).toEqual({ outcome: 'valid', file: target.file, grantId })
  })

  test('cannot be changed', async () => {
    const delivery = downloadDelivery(options)
    const { url } = await addressFrom()
    expect(delivery.verifyDownload(url).outcome).toBe('valid')
    const changed = [
      url.replace('Algebra', 'Biology'),
      url.replace('grt_1', 'grt_2'),
      url.replace(/expires=20\d\d/, 'expires=2099'),
      url.replace(/signature=[0-9a-f]{2}/, 'signature=00').replace(/.$/, 'x'),
      url.replace(/&signature=.*/, ''),
      url.replace('shop.example.org', 'other.example.org'),
      url.replace('/files/', '/files/%ff/'),
      'no address',
    ]
    for (const address of changed) {
      expect(address).not.toBe(url)
      expect(delivery.verifyDownload(address), address).toEqual({ outcome: 'bad_signature' })
    }
  })

  test('of a secret that is being replaced still opens, of a strange one does not', async () => {
    const { url } = await addressFrom()
    const next = 'another secret for tests, long enough'
    expect(downloadDelivery({ ...options, secret: [next, SECRET] }).verifyDownload(url).outcome).toBe('valid')
    expect(downloadDelivery({ ...options, secret: next }).verifyDownload(url).outcome).toBe('bad_signature')
  })

  test.each([
    { ...options, secret: 'short' },
    { ...options, secret: [] },
    { ...options, baseUrl: 'files' },
    { ...options, baseUrl: 'ftp://files.example.org' },
    { ...options, baseUrl: 'https://shop.example.org/?a=b' },
    { ...options, validMinutes: 0 },
    { ...options, validMinutes: 1.5 },
  ])('needs a right set-up: $baseUrl $secret $validMinutes', (wrong) => {
    expect(() => downloadDelivery(wrong)).toThrow()
  })
})
