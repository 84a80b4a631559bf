import type { Logger } from '@bursar/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PinoLoggerOptions, pinoLogger } from './pino-logger.ts'

const CARD = '4111111111111111'

function written(write: (logger: Logger) => void, level: PinoLoggerOptions['level'] = 'info'): string {
  const lines: string[] = []
  write(pinoLogger({ level, destination: { write: (line) => void lines.push(line) }, fields: { service: 'shop' } }))
  return lines.join('')
}

test('one JSON object per line, with level, time and the fields', () => {
  const text = written((logger) => {
    logger.info('request', { status: 200, route: '/v1/site', site: undefined })
    logger.error('broken')
  })
  const [first, second] = text.trim().split('\n')
  const line: unknown = JSON.parse(first ?? '')
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    service: 'shop',
    status: 200,
    route: '/v1/site',
    msg: 'request',
  })
  expect(JSON.parse(second ?? '')).toMatchObject({ level: 'error', msg: 'broken' })
})

test('a level leaves out what is below', () => {
  const text = written((logger) => {
    logger.info('quiet')
    logger.warn('loud')
  }, 'warn')
  expect(text).not.toContain('quiet')
  expect(text).toContain('loud')
})

describe('is never written', () => {
  test.each([
    ['an authorization', { authorization: 'Bearer abcdefgh' }, 'abcdefgh'],
    ['a cookie', { headers: { Cookie: 'session=s3cr3t' } }, 's3cr3t'],
    ['a set cookie', { 'set-cookie': ['session=s3cr3t'] }, 's3cr3t'],
    ['a token', { cartToken: 's3cr3t' }, 's3cr3t'],
    ['a secret', { webhook_secret: 's3cr3t' }, 's3cr3t'],
    ['a code', { code: 'SAVE10' }, 'SAVE10'],
    ['codes in a list', { cart: { codes: ['SAVE10'] } }, 'SAVE10'],
    ['an e-mail address by its name', { email: { value: 'somebody' } }, 'somebody'],
    ['an e-mail address in a text', { reason: 'sent to ada@example.org today' }, 'ada@'],
    ['a JSON Web Token in a text', { reason: 'got eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig' }, 'eyJ'],
    ['a key of the API in a text', { reason: 'with bursar_live_0123456789' }, '0123456789'],
    ['a bearer in a text', { reason: 'header was Bearer abcdef123456' }, 'abcdef123456'],
    ['a card number in a text', { reason: `paid by ${CARD}.` }, CARD],
    ['a card number as people type it', { reason: '4111 1111 1111 1111' }, '1111 1111'],
    ['a card number as a number', { amount: Number(CARD) }, CARD],
    ['a card number as a name', { [CARD]: 1 }, CARD],
    ['a card number deep down', { a: { b: { c: [[{ d: `x ${CARD}` }]] } } }, CARD],
  ])('%s', (_name, fields, secret) => {
    const text = written((logger) => logger.info('event', fields))
    expect(text).not.toContain(secret)
    expect(() => JSON.parse(text)).not.toThrow()
  })

  test('a secret between any words, in capitals or not', () => {
    const anyCase = (word: string) =>
      fc
        .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
        .map((big) => [...word].map((letter, at) => (big[at] ? letter.toUpperCase() : letter)).join(''))
    const secret = fc.oneof(
      fc.constantFrom('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig', 'bursar_live_0123456789', CARD, '5555 5555-5555 4444'),
      fc.tuple(anyCase('bearer'), fc.constantFrom(' ', '\t ')).map(([scheme, gap]) => `${scheme}${gap}abcdef123456`),
      anyCase('basic').map((scheme) => `${scheme} dXNlcjpwYXNz`),
      anyCase('ada@example.org'),
    )
    const words = fc.array(fc.stringMatching(/^[a-z]{0,12}$/), { maxLength: 3 }).map((some) => some.join(' '))
    fc.assert(
      fc.property(words, secret, words, (before, hidden, after) => {
        const line = written((logger) => logger.info(`${before} ${hidden} ${after}`, { reason: `${before} ${hidden}` }))
        const kept = hidden.replace(/^(bearer|basic)\s+/i, '')
        expect(line).not.toContain(kept)
      }),
    )
  })

  test('a secret in the message', () => {
    expect(written((logger) => logger.warn(`no mail to ada@example.org for ${CARD}`))).not.toMatch(/ada@|4111/)
  })

  test('a card number, wherever it stands (I15)', () => {
    const deep = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant(CARD),
        fc.constant('5555-5555-5555-4444'),
        fc.string().map((text) => `${text} ${CARD}`),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(deep, (value) => {
        // The arbitrary makes JSON only.
        const text = written((logger) => logger.info('event', { value: value as string }))
        expect(text).not.toMatch(/4111111111111111|5555-5555-5555-4444/)
      }),
    )
  })
})

test('what is no secret stays', () => {
  const fields = {
    code: 'version_conflict',
    order: 'M-1042',
    requestId: '0199e0a5-7c1e-7000-8000-123456789012',
    ms: 1.5,
  }
  expect(JSON.parse(written((logger) => logger.info('event', fields)))).toMatchObject(fields)
})
