import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCommerce, memoryData, memoryStorage } from '@bursar/core'
import { afterEach, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

const SHARED = globalThis as { storageOfTest?: () => unknown }

/** A shop in euros that has a product with the slug `taken`, and the command on files beside it. */
async function shop({ hasList = true, more = '' } = {}) {
  const data = memoryData()
  const commerce = createCommerce({ storage: memoryStorage({ data }) })
  await commerce.migrate()
  await commerce.install({
    operator: { id: 'acme', name: 'Acme' },
    seller: { id: 'seller', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
    site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
  })
  const { admin } = commerce.as({ type: 'system', site: 'main' })
  if (hasList) {
    await admin.priceLists.create({ id: 'list', name: 'List', currency: 'EUR' })
    await admin.sites.update({ id: 'main', priceLists: ['list'] })
  }
  await admin.products.create({
    type: 'course',
    title: 'Old',
    publication: { slug: 'taken' },
    variants: [{ name: 'v' }],
  })
  const cwd = await mkdtemp(join(tmpdir(), 'bursar-import-'))
  folders.push(cwd)
  SHARED.storageOfTest = () => memoryStorage({ data })
  let runs = 0
  const run = async (text: string, ...options: string[]): Promise<{ code: number; out: string }> => {
    // A configuration is a module, which is loaded once: each run has its own.
    runs += 1
    const config = `${runs}.mjs`
    await writeFile(join(cwd, config), `export default { storage: globalThis.storageOfTest(), site: "main", ${more} }`)
    const file = join(cwd, text.startsWith('[') ? 'courses.json' : 'courses.csv')
    await writeFile(file, text)
    const written: string[] = []
    const write = (text: string): void => void written.push(text)
    const terminal = { cwd, environment: {}, write, complain: write, progress: { write: () => {} } }
    const code = await runCli(['import', file, '--config', config, ...options], terminal)
    return { code, out: written.slice(1).join('') }
  }
  return { run, titles: async () => (await admin.products.list({})).items.map(({ product }) => product.title).sort() }
}

const CLASH = 'course_id,title,mode,price,slug\nZ1,,verified,5,\nZ2,Good,verified,5,z-2\nZ3,Clash,verified,5,taken\n'
const TAKEN = '  line 4, slug "taken": belongs to another product of this site.\n'

test('of products that stand on one line of a list, the one that is refused is left out', async () => {
  const { run, titles } = await shop()
  const product = (course_id: string, title: string, slug: string) => ({
    ...{ course_id, title, slug, mode: 'verified', price: 5 },
  })
  const list = [product('Z1', 'First', 'z-1'), product('Z2', 'Clash', 'taken'), product('Z3', 'Last', 'z-3')]
  const { code, out } = await run(JSON.stringify(list), '--skip-invalid')
  expect(out).toContain('slug "taken": belongs to another product of this site.')
  expect(code).toBe(0)
  expect(await titles()).toEqual(['First', 'Last', 'Old'])
})

test('--skip-invalid leaves out what the shop refuses, takes the others, and names the line', async () => {
  const { run, titles } = await shop()
  const { code, out } = await run(CLASH, '--skip-invalid')
  expect(out).toBe(`${TAKEN}1 product made, 0 changed, 0 as they were.\n`)
  expect(code).toBe(0)
  expect(await titles()).toEqual(['Good', 'Old'])
})

test('without it nothing is taken, and a product that is refused is left out with all of its rows', async () => {
  const { run, titles } = await shop()
  const whole =
    'course_id,title,mode,price,slug\nZ2,Good,verified,5,z-2\nZ3,Clash,audit,0,taken\nZ3,Clash,verified,5,taken\n'
  const refused = '  line 3, slug "taken": belongs to another product of this site.\n'
  const advice = 'Nothing was stored. Correct the rows, or leave them out by --skip-invalid.\n'
  expect(await run(whole)).toEqual({ code: 1, out: `${refused}${advice}` })
  expect(await run(whole, '--dry-run')).toEqual({ code: 1, out: `${refused}${advice}` })
  expect(await titles()).toEqual(['Old'])
  expect(await run(whole, '--skip-invalid')).toMatchObject({ code: 0 })
  expect(await titles()).toEqual(['Good', 'Old'])
})

test('a bundle goes with its part that the shop refuses', async () => {
  const { run, titles } = await shop()
  const bundle =
    'product_id,title,type,mode,price,slug,parts\nZ3,Clash,course,verified,5,taken,\nB,Both,program,standard,5,both,Z3:verified\n'
  const { code, out } = await run(bundle, '--skip-invalid')
  expect(out).toContain('line 2, slug "taken"')
  expect(out).toContain('line 3, parts')
  expect(out).toContain('Nothing was stored: the file has no row that can be taken.\n')
  expect(code).toBe(1)
  expect(await titles()).toEqual(['Old'])
})

test('a dry run says what the import will say, and stores nothing', async () => {
  const { run, titles } = await shop()
  const dry = await run(CLASH, '--skip-invalid', '--dry-run')
  expect(dry.out).toBe(`${TAKEN}1 product would be made, 0 changed, 0 as they were. Nothing was stored.\n`)
  expect(dry.code).toBe(0)
  expect(await titles()).toEqual(['Old'])
  await run(CLASH, '--skip-invalid')
  const again = await run(CLASH.replace('Good', 'Better'), '--skip-invalid', '--dry-run')
  expect(again.out).toContain('0 products would be made, 1 changed, 0 as they were.')
  expect(await titles()).toEqual(['Good', 'Old'])
})

test('a dry run says what empty cells clear, and what comes onto the site without a price is refused by its line', async () => {
  const { run } = await shop()
  const full =
    'course_id,title,mode,price,capacity,level,description\nZ1,One,verified,5,30,easy,Long\nZ2,Two,verified,5,30,easy,\n'
  await run(full)
  const dry = await run(full.replaceAll(',30,easy,', ',,,'), '--dry-run')
  expect(dry.out).toContain(
    'Empty cells clear what the shop has there: level in 2 rows, capacity in 2 rows, description in 1 row.\n',
  )
  expect(dry.out).toContain('0 products would be made, 2 changed')
  const unpriced = await run('course_id,title,mode\nZ1,One more,verified\nZ3,Three,verified\n', '--skip-invalid')
  expect(unpriced.out).toContain('line 3, price: is missing, and this site has none')
  expect(unpriced.out).toContain('0 products made, 1 changed')
})

test('a date that contradicts one of the shop is told by its column, and by --skip-invalid the other products are stored', async () => {
  const { run } = await shop()
  await run('course_id,title,mode,price,saleStartsAt\nZ1,One,verified,5,2032-01-01\nZ2,Two,verified,5,\n')
  const nightly = 'course_id,title,mode,price,saleEndsAt\nZ1,One,verified,6,2031-01-01\nZ2,Two,verified,6,2031-01-01\n'
  const told =
    '  line 2, saleEndsAt "2031-01-02T00:00:00.000Z": must be later than `saleStartsAt`, which the shop has as 2032-01-01T00:00:00.000Z.\n'
  expect((await run(nightly)).out).toContain(`${told}Nothing was stored.`)
  expect(await run(nightly, '--skip-invalid')).toEqual({
    code: 0,
    out: `${told}0 products made, 1 changed, 0 as they were.\n`,
  })
})

test('a site without a price list is told once, by the dry run too, and no row is to blame', async () => {
  const { run } = await shop({ hasList: false })
  const file = `course_id,title,mode,price\n${[1, 2, 3].map((id) => `C${id},Course ${id},verified,5\n`).join('')}`
  for (const options of [[], ['--dry-run'], ['--skip-invalid']]) {
    const { code, out } = await run(file, ...options)
    expect(out).toMatch(/^ {2}rows have prices in EUR, and the site has no price list for everybody in it: make one/)
    expect(out.split('\n')).toHaveLength(3)
    expect(out).toContain('\nNothing was stored.\n')
    expect(code).toBe(1)
  }
})

test('a date that has two readings is refused, and read by --date-order', async () => {
  const { run } = await shop()
  const file = 'course_id,title,mode,price,upgrade deadline\nA,A,verified,5,31.12.2027\nB,B,verified,5,3.4.2027\n'
  expect((await run(file)).code).toBe(1)
  expect(await run(file, '--date-order', 'dmy')).toMatchObject({ code: 0, out: expect.stringContaining('2 products') })
  expect(await run(file, '--date-order', 'ymd')).toMatchObject({ code: 2 })
})

test('a provider is told whose course a target is', async () => {
  const check = '(target, { operator }) => (operator === "acme" ? null : "is not for this operator")'
  const more = `fulfilment: { campus: { type: "download", checkTarget: ${check}, deliver() {}, withdraw() {} } }`
  const { run, titles } = await shop({ more })
  const target = '"{""course"":""bees""}"'
  const rows = `course_id,title,mode,price,fulfilment_provider,fulfilment_target\nZ1,Bees,verified,5,campus,${target}\n`
  expect(await run(rows)).toMatchObject({ code: 0 })
  expect(await titles()).toEqual(['Bees', 'Old'])
})
