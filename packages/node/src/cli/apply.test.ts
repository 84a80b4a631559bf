import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CONFIG, endCommandLines, folderWith, startCommandLine } from '../testing/command-line.ts'

afterEach(endCommandLines)

const PROMOTIONS = 300

const SHOP = `
priceLists:
  companies: { name: Companies, currency: EUR, groups: [companies], priority: 10 }
sites:
  main: { priceLists: [companies, list] }
products:
  algebra:
    type: course
    title: Algebra
    publication: {}
    variants:
      verified: { prices: [{ priceList: list, amount: 4900 }, { priceList: companies, amount: 4500 }] }
  mathematics:
    type: program
    title: Mathematics
    variants:
      standard:
        bundle:
          parts: [{ id: algebra, variantId: 'algebra:verified' }]
          pricing: { type: sum_less_percent, percent: '10' }
          ownedParts: leave_out
promotions:
${Array.from({ length: PROMOTIONS }, (_, index) => `  p${String(index).padStart(3, '0')}: { name: P, requiresCode: true, benefit: { type: percent, percent: '5' } }`).join('\n')}
`

/** A folder with a shop that was served once, so that its site is there. */
async function servedShop(files: Record<string, string>): Promise<string> {
  const cwd = await folderWith({ 'bursar.config.ts': CONFIG, ...files })
  const server = startCommandLine(cwd, ['serve', '--port', '0', '--no-jobs'])
  await expect.poll(server.output, { timeout: 20_000 }).toMatch(/listens at http/)
  server.child.kill('SIGTERM')
  await server.ended
  return cwd
}

async function outcome(cwd: string, ...args: string[]): Promise<[number | null, string]> {
  const run = startCommandLine(cwd, args)
  return [await run.ended, run.output()]
}

test('shows, stores, goes on after it was killed, and has nothing to do then', { timeout: 240_000 }, async () => {
  const cwd = await servedShop({
    'shop.yaml': SHOP,
    'broken.yaml': 'promotions:\n  a: { name: A\n  b: B\n',
    'wrong.json': '{\n  "priceLists": {\n    "a": { "name": "A" }\n  }\n}\n',
  })
  const stored = () => readFileSync(join(cwd, 'shop.sqlite')).toString('base64')
  const empty = await outcome(cwd, 'apply', '--print')
  const bytes = stored()
  expect(empty).toEqual([0, expect.stringContaining('priceLists:\n  list:\n    name: List prices')])
  expect(await outcome(cwd, 'apply', 'shop.yaml', '--dry-run')).toEqual([
    0,
    expect.stringContaining('~ sites.main\n    priceLists: ["list"] → ["companies","list"]'),
  ])
  expect(await outcome(cwd, 'apply', 'broken.yaml')).toEqual([
    1,
    expect.stringMatching(/^broken\.yaml:3 [\s\S]*Nothing was stored/),
  ])
  expect(await outcome(cwd, 'apply', 'wrong.json')).toEqual([
    1,
    'wrong.json:3 priceLists.a.currency is missing.\nNothing was stored. Correct the file and run the command again.\n',
  ])
  expect(stored()).toBe(bytes)
  const killed = startCommandLine(cwd, ['apply', 'shop.yaml'])
  killed.child.stdout?.on('data', () => {
    if (killed.output().includes('stored promotions.p0')) killed.child.kill('SIGKILL')
  })
  expect(await killed.ended).toBe(null)
  const [code, rest] = await outcome(cwd, 'apply', 'shop.yaml')
  expect(code).toBe(0)
  const left = Number(/^(\d+) to create/m.exec(rest)?.[1])
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(PROMOTIONS)
  const whole = stored()
  expect(await outcome(cwd, 'apply', 'shop.yaml')).toEqual([0, `Nothing to do: ${PROMOTIONS + 4} unchanged.\n`])
  expect(stored()).toBe(whole)
  expect(await outcome(cwd, 'doctor')).toEqual([0, expect.stringContaining('All is well.')])
})

test('the sample shop takes its own file', { timeout: 240_000 }, async () => {
  const data = await folderWith({})
  const shop = ['--config', join(import.meta.dirname, '../../../../examples/sample-shop/bursar.config.ts')]
  const file = join(import.meta.dirname, '../../../../examples/sample-shop/shop.yaml')
  const run = (...args: string[]) => startCommandLine(data, [...args, ...shop], { BURSAR_DATA: data })
  const server = run('serve', '--port', '0', '--no-jobs')
  await expect.poll(server.output, { timeout: 60_000 }).toMatch(/listens at http/)
  server.child.kill('SIGTERM')
  await server.ended
  const first = run('apply', file)
  expect([await first.ended, first.output()]).toEqual([0, expect.stringContaining('8 to create, 1 to change')])
  const second = run('apply', file)
  expect([await second.ended, second.output()]).toEqual([0, 'Nothing to do: 9 unchanged.\n'])
})
