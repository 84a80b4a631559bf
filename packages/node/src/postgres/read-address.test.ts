import { expect, test } from 'vitest'
import { postgresRateLimits } from './postgres-rate-limits.ts'
import { postgresStorage } from './postgres-storage.ts'
import { addressGiven, readAddress } from './read-address.ts'

test.each([
  'postgres://u:p#zz@db.example.org/shop',
  'postgres://u:p/zz@db.example.org/shop',
  'postgres://u:12/zz@db.example.org/shop',
  'postgres://u:12?zz@db.example.org/shop',
  'postgres://u:p?zz@db.example.org/shop',
  'postgres://u:p@zz#w@db.example.org/shop',
  'postgres://u:p@zz/w@db.example.org:5432/shop',
])('%s is not escaped, which is said without a piece of it', (url) => {
  expect(() => readAddress(url)).toThrow('its address cannot be read. In a user or a password write # as %23')
  expect(() => readAddress(url)).not.toThrow(/zz|db\.example/)
})

test.each([
  'postgres://u:p%23ss@db.example.org:5432/shop?zzlmode=require',
  'postgres://u:p@ss@db.example.org/shop',
  'postgresql://db.example.org?user=u@tenant',
  'postgres://[::1]:5432/shop',
  'postgres://u@%2Fvar%2Frun%2Fpostgresql/shop',
  '/var/run/postgresql shop',
  'socket:/var/run/postgresql?db=shop',
])('%s stays as it is', (url) => {
  expect(readAddress(url)).toEqual({ address: url, options: [], queryTimeoutMs: null })
})

test('options and the time limit of the address are taken out of it', () => {
  const [options, limit] = ['options=-c%20search_path%3Dmine', 'query_timeout=30000']
  expect(readAddress(`postgres://u:p@db/shop?${limit}&zzlmode=require&${options}`)).toEqual({
    address: 'postgres://u:p@db/shop?zzlmode=require',
    options: ['-c search_path=mine'],
    queryTimeoutMs: 30_000,
  })
})

test.each([
  [undefined, 'not undefined: is DATABASE_URL set?'],
  ['', 'not an empty text: is'],
  ['foo', 'not a text without postgres://: is'],
  ['u:zz@db/shop', 'not a text without postgres://: is'],
  ['mysql://u:zz@db/shop', 'not one of mysql://: is'],
])('%j is no address, which is said at once and without a password', async (value, sentence) => {
  // What an option of a host without types may be.
  const url = value as string
  expect(() => postgresStorage({ url })).toThrow(TypeError)
  expect(() => postgresStorage({ url })).toThrow(sentence)
  expect(() => postgresStorage({ url })).not.toThrow(/zz|foo/)
  await expect(postgresRateLimits({ url })).rejects.toThrow(sentence)
})

test.each([
  ['', 'not an empty text'],
  [7, 'not number'],
  [null, 'not null'],
])('%j is no schema, which is said at once', async (value, sentence) => {
  // What an option of a host without types may be.
  const options = { url: 'postgres://db/shop', schema: value as string }
  expect(() => postgresStorage(options)).toThrow(TypeError)
  expect(() => postgresStorage(options)).toThrow(
    `PostgreSQL needs as \`schema\` the name of one, such as bursar, ${sentence}`,
  )
  await expect(postgresRateLimits(options)).rejects.toThrow(sentence)
})

test('a replica’s address is one too', () => {
  const url = 'postgres://db/shop'
  expect(() => postgresStorage({ url, readUrl: '' })).toThrow('as `readUrl` an address')
  for (const address of [url, 'postgresql://db', '/var/run/postgresql shop', 'socket:/tmp?db=shop']) {
    expect(addressGiven(address, 'readUrl')).toBe(address)
  }
})
