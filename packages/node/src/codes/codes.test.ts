import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runCli } from '../cli/run-cli.ts'
import { ENGINES, type RealShop, realShop, staff } from '../real-shop/real-shop.ts'

const opened: RealShop[] = []
const folders: string[] = []
afterEach(async () => {
  for (const shop of opened.splice(0)) await shop.end()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function open(engine?: Parameters<typeof realShop>[0]): Promise<RealShop> {
  const shop = await realShop(engine)
  opened.push(shop)
  return shop
}

describe.each(Object.entries(ENGINES))('a batch on %s', (_name, engine) => {
  test('is minted over HTTP by marketing and taken as a file', async () => {
    const shop = await open(engine())
    const made = await shop.ask({
      ...{ method: 'POST', path: '/v1/admin/code-batches', as: staff('main', 'marketing') },
      body: { name: 'Fair', promotionId: 'ten', count: 2345, prefix: 'FAIR' },
    })
    expect([made.status, made.json.record.minted]).toEqual([201, 2345])
    const path = `/v1/admin/code-batches/${made.json.record.id}/codes.csv`
    const file = await shop.ask({ path, as: staff('main', 'marketing') })
    expect([file.status, file.type]).toEqual([200, 'text/csv; charset=utf-8'])
    const [head, ...rows] = file.text.split('\r\n')
    expect([head, rows.pop()]).toEqual(['code,used,status', ''])
    expect(new Set(rows).size).toBe(2345)
    for (const row of rows) expect(row).toMatch(/^FAIR-[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4},0,active$/)
  })

  test('is nobody else’s to see', async () => {
    const shop = await open(engine())
    const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
    const { record } = await admin.codeBatches.create({ name: 'Fair', promotionId: 'ten', count: 2 })
    const path = `/v1/admin/code-batches/${record.id}/codes.csv`
    expect((await shop.ask({ path })).status).toBe(401)
    expect((await shop.ask({ path, as: staff('main', 'reader') })).status).toBe(403)
    expect((await shop.ask({ path, site: 'other', as: staff('other', 'admin') })).status).toBe(404)
    expect((await shop.ask({ path: path.replace(record.id, 'none'), as: staff('main', 'admin') })).status).toBe(404)
  })
})

test('a file that breaks off is not taken for whole: why is in the log alone', async () => {
  const shop = await open()
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { admin } = shop.commerce.as({ type: 'system', site: 'main' })
  const { record } = await admin.codeBatches.create({ name: 'Fair', promotionId: 'ten', count: 2500 })
  const { invoke } = shop.commerce
  let pages = 0
  vi.spyOn(shop.commerce, 'invoke').mockImplementation((...call) => {
    if (call[0] !== 'admin.codeBatches.codes') return invoke(...call)
    pages += 1
    return pages === 2 ? Promise.reject(new Error('db.internal does not answer')) : invoke(...call)
  })
  const path = `/v1/admin/code-batches/${record.id}/codes.csv`
  await expect(shop.ask({ path, as: staff('main', 'marketing') })).rejects.toThrow('terminated')
  expect(shop.logged()).toContain('db.internal does not answer')
  expect(errors).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

describe('bursar codes', () => {
  const CONFIG = `
    import { sqliteStorage } from '@bursar/node/sqlite'
    import { join } from 'node:path'
    export default { storage: sqliteStorage({ file: join(import.meta.dirname, 'shop.sqlite') }), site: 'main' }`

  async function shopInFolder(): Promise<string> {
    const root = join(import.meta.dirname, '..', '..', '.bursar')
    await mkdir(root, { recursive: true })
    const folder = await mkdtemp(join(root, 'codes-'))
    folders.push(folder)
    const { createCommerce } = await import('@bursar/core')
    const { sqliteStorage } = await import('../sqlite/index.ts')
    const commerce = createCommerce({ storage: sqliteStorage({ file: join(folder, 'shop.sqlite') }) })
    await commerce.migrate()
    await commerce.install({
      operator: { id: 'acme', name: 'Acme' },
      seller: { id: 'acme-ltd', legalName: 'Acme Ltd', country: 'DE', currency: 'EUR' },
      site: { id: 'main', name: 'Main', country: 'DE', currencies: ['EUR'] },
    })
    const { admin } = commerce.as({ type: 'system', site: 'main' })
    const benefit = { type: 'percent', percent: '10' } as const
    await admin.promotions.create({ id: 'ten', name: 'Ten off', requiresCode: true, benefit })
    await commerce.close()
    return folder
  }

  async function batches(cwd: string): Promise<string[]> {
    const database = new DatabaseSync(join(cwd, 'shop.sqlite'))
    const rows = database.prepare('select _id as id from codeBatches').all()
    database.close()
    return rows.map(({ id }) => String(id))
  }

  async function bursar(cwd: string, ...args: string[]): Promise<{ code: number; out: string; error: string }> {
    // A module is loaded once, and the storage in it is closed by each command.
    const config = `config-${randomUUID()}.mjs`
    await writeFile(join(cwd, config), CONFIG)
    const [written, complained]: [string[], string[]] = [[], []]
    const code = await runCli([...args, '--config', config], {
      ...{ cwd, environment: {}, progress: { write: () => {} } },
      write: (text) => void written.push(text),
      complain: (text) => void complained.push(text),
    })
    return { code, out: written.join(''), error: complained.join('') }
  }

  test('mints into a file, which it never overwrites, and exports again', async () => {
    const cwd = await shopInFolder()
    const minting = ['codes', 'mint', 'ten', '--count', '12', '--prefix', 'FAIR', '--out', 'fair.csv']
    const minted = await bursar(cwd, ...minting)
    expect([minted.code, minted.error]).toEqual([0, ''])
    expect(minted.out).toMatch(/^cbt_\w+: 12 codes\n$/)
    const text = await readFile(join(cwd, 'fair.csv'), 'utf8')
    expect(text.match(/FAIR-/g)).toHaveLength(12)
    const batch = minted.out.split(':')[0] ?? ''
    expect(await bursar(cwd, 'codes', 'export', batch)).toEqual({ code: 0, out: text, error: '' })
    const again = await bursar(cwd, 'codes', 'export', batch, '--out', 'fair.csv')
    expect([again.code, again.error]).toEqual([1, expect.stringContaining('EEXIST')])
    expect(await readFile(join(cwd, 'fair.csv'), 'utf8')).toBe(text)
  })

  test('mints nothing where the file is there or cannot be made', async () => {
    const cwd = await shopInFolder()
    await writeFile(join(cwd, 'mine.csv'), 'mine')
    for (const [out, why] of [
      ['mine.csv', 'EEXIST'],
      ['none/fair.csv', 'ENOENT'],
    ] as const) {
      const refused = await bursar(cwd, 'codes', 'mint', 'ten', '--count', '3', '--out', out)
      expect(refused).toMatchObject({ code: 1, out: '', error: expect.stringMatching(`Nothing was minted: ${why}`) })
    }
    expect(await readFile(join(cwd, 'mine.csv'), 'utf8')).toBe('mine')
    expect(await batches(cwd)).toEqual([])
  })

  test('leaves no file where nothing was minted', async () => {
    const cwd = await shopInFolder()
    const refused = await bursar(cwd, 'codes', 'mint', 'none', '--count', '3', '--out', 'fair.csv')
    expect(refused).toMatchObject({ code: 1, out: expect.stringMatching(/^cbt_\w+: nothing was minted\n$/) })
    await expect(readFile(join(cwd, 'fair.csv'))).rejects.toThrow('ENOENT')
  })

  test('that is interrupted has said which batch it is', async () => {
    const cwd = await shopInFolder()
    // The second hundred of codes is not stored.
    const database = new DatabaseSync(join(cwd, 'shop.sqlite'))
    database.exec(`create trigger full_now before insert on codes when (select count(*) from codes) >= 150
      begin select raise(abort, 'no more'); end`)
    database.close()
    const interrupted = await bursar(cwd, 'codes', 'mint', 'ten', '--count', '300', '--out', 'fair.csv')
    expect(interrupted).toMatchObject({ code: 1, out: expect.stringMatching(/^cbt_\w+: 100 of 300 codes\n$/) })
    expect(await batches(cwd)).toEqual([interrupted.out.split(':')[0]])
    await expect(readFile(join(cwd, 'fair.csv'))).rejects.toThrow('ENOENT')
  })

  test('says what it was used wrongly for', async () => {
    const cwd = await shopInFolder()
    expect(await bursar(cwd, 'codes', 'mint', 'ten')).toMatchObject({
      code: 2,
      error: expect.stringContaining('--count'),
    })
    expect(await bursar(cwd, 'codes', 'print', 'ten')).toMatchObject({ code: 2 })
    const missing = await bursar(cwd, 'codes', 'mint', 'none', '--count', '3')
    expect([missing.code, missing.error]).toEqual([1, expect.stringContaining('promotionId')])
  })
})
