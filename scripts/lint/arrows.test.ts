import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** What stands in the planted workspace beside the files under test: something to import in each folder. */
const ground: Record<string, string> = {
  'packages/core/src/index.ts': "export { cart } from './cart/index.ts'",
  'packages/core/src/cart/index.ts': "import { money } from '../money/index.ts'\nexport const cart = money",
  'packages/core/src/cart/cart.schema.ts': "import * as z from 'zod'\nexport const cartSchema = z",
  'packages/core/src/contract/schemas.ts': "export { cartSchema } from '../cart/cart.schema.ts'",
  'packages/core/src/contract/routes.ts': 'export const routes = {}',
  'packages/core/src/contract/api.ts': 'export interface Api {}\nexport const api = 1',
  'packages/core/src/order/index.ts': 'export const order = 1',
  'packages/core/src/promotion/index.ts': 'export const promotion = 1',
  'packages/core/src/tax/index.ts': 'export const tax = 1',
  'packages/core/src/tax/b.ts': "import { a } from './a.ts'\nexport const b = Number(a)",
  'packages/core/src/money/index.ts': 'export const money = 1',
  'packages/core/src/storage/index.ts': 'export const storage = 1',
  'packages/core/src/ports/system-runtime.ts': 'export const runtime = 1',
  'packages/core/src/testing/index.ts': "export { cartSchema } from '../cart/cart.schema.ts'",
  'packages/core/src/client/index.ts': "import { routes } from '../contract/routes.ts'\nexport const client = routes",
  'packages/node/src/index.ts': "export { cart } from '@bursar/core'",
}

const planted: [path: string, code: string, rule: string | null][] = [
  ['packages/core/src/cart/up.ts', "import '../order/index.ts'", 'core-arrows-cart'],
  [
    'packages/core/src/cart/up-type.ts',
    "import type { order } from '../order/index.ts'\nexport type A = typeof order",
    'core-arrows-cart',
  ],
  ['packages/core/src/promotion/sibling.ts', "import '../tax/index.ts'", 'core-arrows-promotion'],
  ['packages/core/src/order/contract.ts', "import '../contract/api.ts'", 'core-arrows-order'],
  ['packages/core/src/money/ports.ts', "import '../ports/system-runtime.ts'", 'core-arrows-money'],
  ['packages/core/src/ports/noun.ts', "import '../cart/index.ts'", 'core-arrows-ports'],
  ['packages/core/src/cart/root.ts', "import '../index.ts'", 'core-arrows-cart'],
  ['packages/core/src/basket/new.ts', "import '../money/index.ts'", 'core-folders-are-known'],
  ['packages/core/src/tax/a.ts', "import { b } from './b.ts'\nexport const a = (): number => b", 'no-cycle'],
  ['packages/core/src/tax/gone.ts', "import './nowhere.ts'", 'not-found'],
  [
    'packages/core/src/cart/rule.ts',
    "import { cartSchema } from './cart.schema.ts'\nexport const rule = cartSchema",
    'schemas-stay-at-the-door',
  ],
  [
    'packages/core/src/order/schemas.ts',
    "import { cartSchema } from '../cart/cart.schema.ts'\nexport const rule = cartSchema",
    'schemas-stay-at-the-door',
  ],
  ['packages/core/src/cart/zod.ts', "import * as z from 'zod'\nexport const value = z", 'zod-stays-in-schema-files'],
  [
    'packages/core/src/client/order.ts',
    "import { order } from '../order/index.ts'\nexport const value = order",
    'client-values',
  ],
  [
    'packages/core/src/client/api.ts',
    "import { api } from '../contract/api.ts'\nexport const value = api",
    'client-values',
  ],
  [
    'packages/core/src/client/storage.ts',
    "import type { storage } from '../storage/index.ts'\nexport type A = typeof storage",
    'client-types',
  ],
  ['packages/core/src/order/testing.ts', "import '../testing/index.ts'", 'core-arrows-order'],
  [
    'packages/core/src/cart/node.ts',
    "import { readFileSync } from 'node:fs'\nexport const value = readFileSync",
    'core-has-no-node',
  ],
  [
    'packages/core/src/cart/hono.ts',
    "import { Hono } from 'hono'\nexport const value = Hono",
    'core-depends-on-little',
  ],
  ['packages/core/src/cart/package.ts', "import '../../../node/src/index.ts'", 'core-sees-no-package'],
  ['packages/node/src/path.ts', "import '../../core/src/cart/index.ts'", 'packages-by-their-exports'],
  [
    'packages/node/src/undeclared.ts',
    "import { undeclared } from 'undeclared'\nexport const value = undeclared",
    'no-undeclared-dependency',
  ],
  ['examples/shop/path.ts', "import '../../packages/node/src/index.ts'", 'packages-by-their-exports'],
  ['examples/shop/name.ts', "import { cart } from '@bursar/core'\nexport const value = cart", null],
  ['packages/core/src/cart/down.ts', "import { money } from '../money/index.ts'\nexport const value = money", null],
  ['packages/core/src/cart/cart.test.ts', "import '../testing/index.ts'\nimport '../storage/index.ts'", null],
  ['packages/core/src/client/api-type.ts', "import type { Api } from '../contract/api.ts'\nexport type A = Api", null],
  [
    'packages/core/src/client/runtime.ts',
    "import { runtime } from '../ports/system-runtime.ts'\nexport const value = runtime",
    null,
  ],
  [
    'packages/core/src/contract/parse.ts',
    "import { cartSchema } from './schemas.ts'\nexport const value = cartSchema",
    null,
  ],
]

let folder = ''
let broken: { from: string; rule: { name: string } }[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bursar-arrows-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const link = (target: string, path: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    symlinkSync(target, join(folder, path))
  }
  const dependOn = (name: string, ...names: string[]): string =>
    JSON.stringify({ name, type: 'module', dependencies: Object.fromEntries(names.map((each) => [each, '*'])) })
  for (const [path, text] of Object.entries(ground)) write(path, text)
  for (const [path, text] of planted) write(path, text)
  for (const name of ['core', 'node']) write(`packages/${name}/package.json`, '')
  copyFileSync(join(root, 'packages/core/package.json'), join(folder, 'packages/core/package.json'))
  write('package.json', dependOn('planted'))
  write('packages/node/package.json', dependOn('@bursar/node', '@bursar/core'))
  write('examples/shop/package.json', dependOn('shop', '@bursar/core'))
  write('packages/node/node_modules/undeclared/package.json', '{ "name": "undeclared", "main": "index.js" }')
  write('packages/node/node_modules/undeclared/index.js', 'export const undeclared = 1')
  link(join(folder, 'packages/core'), 'packages/node/node_modules/@bursar/core')
  link(join(folder, 'packages/core'), 'examples/shop/node_modules/@bursar/core')
  link(join(root, 'packages/core/node_modules/zod'), 'packages/core/node_modules/zod')
  link(join(root, 'packages/node/node_modules/hono'), 'packages/core/node_modules/hono')
  copyFileSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'))
  const command = join(root, 'node_modules/.bin/depcruise')
  const { stdout, stderr } = spawnSync(command, ['--output-type', 'json', 'packages', 'examples'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(stderr)
  broken = JSON.parse(stdout).summary.violations
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the ground itself keeps the arrows', () => {
  expect(broken.filter(({ from }) => from in ground)).toEqual([])
})

test.each(planted)('%s: %j breaks %s', (path, _code, rule) => {
  const rules = broken.filter(({ from }) => from === path).map((violation) => violation.rule.name)
  if (rule === null) expect(rules).toEqual([])
  else expect(rules).toContain(rule)
})
