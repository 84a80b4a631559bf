import { expect, test } from 'vitest'
import { readAddress } from './read-address.ts'

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
  expect(readAddress(url)).toEqual({ address: url, options: [] })
})

test('options of the address are taken out of it', () => {
  expect(readAddress('postgres://u:p@db/shop?zzlmode=require&options=-c%20search_path%3Dmine')).toEqual({
    address: 'postgres://u:p@db/shop?zzlmode=require',
    options: ['-c search_path=mine'],
  })
})
