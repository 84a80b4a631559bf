import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientTypeBreaks } from './client-type-breaks.ts'

const sample = `
export interface AddLineInput { cartId: string; kind: 'self' | 'gift'; recipient?: string | undefined }
export type Next = { type: 'redirect'; url: string } | { type: 'instructions'; text: string }
export interface Cart { id: string; version: number; state: 'open' | 'placed'; note?: string | undefined; lines: { id: string }[]; next: Next | null }
export interface CartsApi { addLine(input: AddLineInput): Promise<Cart>; get(input: { cartId: string }): Promise<Cart> }
export interface SiteApi { get(): Promise<{ id: string }> }
export interface Client { carts: CartsApi; site: SiteApi }
`

type Planted = [what: string, from: string, to: string, breaks: string[]]

const both = (what: string): string[] => [`carts.addLine ${what}`, `carts.get ${what}`]

const planted: Planted[] = [
  ['an operation is gone', 'get(input: { cartId: string }): Promise<Cart>', '', ['carts.get is gone']],
  ['a noun is gone', 'site: SiteApi', '', ['site is gone']],
  ['a new required input', 'cartId: string; kind', 'cartId: string; place: string; kind', ['carts.addLine wants more']],
  ['an input became required', 'recipient?: string | undefined', 'recipient: string', ['carts.addLine wants more']],
  ['an input of another type', 'cartId: string; kind', 'cartId: number; kind', ['carts.addLine wants more']],
  ['a narrower input', "'self' | 'gift'", "'self'", ['carts.addLine wants more']],
  ['an output is gone', 'version: number;', '', both('answers otherwise')],
  ['an output became optional', 'version: number', 'version?: number', both('answers otherwise')],
  ['an output of another type', 'version: number', 'version: string', both('answers otherwise')],
  ['an output may be null', 'version: number', 'version: number | null', both('answers otherwise')],
  ['a nested output is gone', '{ id: string }[]', '{ key: string }[]', both('answers otherwise')],
  ['an arm of another shape', 'url: string', 'address: string', both('answers otherwise')],
  ['nothing', '', '', []],
  ['a new operation', 'site: SiteApi', 'site: SiteApi; orders: SiteApi', []],
  ['a new optional input', 'cartId: string; kind', 'cartId: string; place?: string; kind', []],
  ['an input became optional', "kind: 'self'", "kind?: 'self'", []],
  ['a wider input', "'self' | 'gift'", "'self' | 'gift' | 'team'", []],
  ['a new output', 'version: number', 'version: number; currency: string', []],
  ['an output is always there', 'note?: string | undefined', 'note: string', []],
  ['a new value of an output', "'open' | 'placed'", "'open' | 'placed' | 'merged'", []],
  ['a new arm of an output', 'export type Next =', "export type Next = { type: 'wait' } |", []],
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-types-'))
  writeFileSync(join(folder, 'before.d.ts'), sample)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const compareWith = (text: string): string[] => {
  writeFileSync(join(folder, 'after.d.ts'), text)
  const declared = (file: string) => ({ file: join(folder, file), name: 'Client' })
  return clientTypeBreaks(declared('before.d.ts'), declared('after.d.ts'))
}

test.each(planted)('%s', (_what, from, to, breaks) => {
  expect(sample).toContain(from)
  expect(compareWith(sample.replace(from, to))).toEqual(breaks)
})

test('a declaration that does not compile is no release', () => {
  expect(() => compareWith("export type { Client } from './nowhere.js'")).toThrow(/nowhere/)
})
