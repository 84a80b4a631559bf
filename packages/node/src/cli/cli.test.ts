import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import {
  CLI,
  CONFIG,
  type CommandLineRun,
  endCommandLines,
  folderWith,
  startCommandLine as start,
} from '../testing/command-line.ts'

afterEach(endCommandLines)

async function addressOf(run: CommandLineRun): Promise<string> {
  await expect.poll(run.output, { timeout: 20_000 }).toMatch(/listens at http/)
  return /listens at (http:\S+)/.exec(run.output())?.[1] ?? ''
}

describe('bursar serve', () => {
  test('loads a configuration in TypeScript, serves it, and stops in good order', { timeout: 30_000 }, async () => {
    const run = start(await folderWith({ 'bursar.config.ts': CONFIG }), ['serve', '--port', '0'])
    const url = await addressOf(run)
    expect((await fetch(`${url}/health/ready`)).status).toBe(200)
    expect(await (await fetch(`${url}/v1/site`)).json()).toMatchObject({ id: 'main', currencies: ['EUR'] })
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.output()).toContain('"msg":"stopping"')
  })

  test('is one process, whose memory is bounded from its start', { timeout: 30_000 }, async () => {
    const said = `console.log('bounds', process.pid, process.execArgv.join(), process.env.MALLOC_ARENA_MAX, process.env.MALLOC_MMAP_THRESHOLD_)`
    const run = start(await folderWith({ 'bursar.config.ts': `${CONFIG}\n${said}` }), ['serve', '--port', '0'])
    await addressOf(run)
    expect(run.output()).toMatch(new RegExp(`^bounds ${run.child.pid} --max-semi-space-size=4,.* 2 32768$`, 'm'))
    expect(run.output()).not.toMatch(/^\(node:\d+\)/m)
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
  })

  test('says that the port is taken', { timeout: 30_000 }, async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    // It listens at a port, so its address is no pipe's name.
    const { port } = other.address() as AddressInfo
    const run = start(await folderWith({ 'bursar.config.ts': CONFIG }), ['serve', '--port', String(port)])
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain(`bursar serve: Port ${port} is taken`)
    expect(run.output()).not.toContain('    at ')
    other.close()
  })

  test('of an older version says that newer code has migrated the storage, without a stack', async () => {
    const folder = await folderWith({ 'bursar.config.ts': CONFIG })
    await start(folder, ['migrate']).ended
    const database = new DatabaseSync(join(folder, 'shop.sqlite'))
    database.exec(`update _collections set shape = json_insert(shape, '$.columns[#]', 'later') where name = 'grants'`)
    database.close()
    const run = start(folder, ['serve', '--port', '0'])
    expect(await run.ended).toBe(1)
    expect(run.output()).toMatch(/bursar serve: Collection "grants" .* newer code has migrated this storage/)
    expect(run.output()).not.toContain('    at ')
  })

  test('says what Node cannot strip', { timeout: 30_000 }, async () => {
    const run = start(await folderWith({ 'bursar.config.ts': 'enum A { B }\nexport default { A }' }), ['serve'])
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('write no enums')
  })

  test('says what to do where npm wrote that nothing is a module', { timeout: 30_000 }, async () => {
    const run = start(await folderWith({ 'bursar.config.ts': CONFIG, 'package.json': '{"type":"commonjs"}' }), [
      'serve',
    ])
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain('npm pkg set type=module')
  })
})

describe('other commands', () => {
  test.each([
    ['doctor'],
    ['import', 'a.csv'],
    ['apply', 'shop.yaml'],
    ['explain', 'crt_1'],
    ['codes', 'export', 'a'],
    ['promotions', 'preview', 'prm_1', 'crt_1'],
  ])('%s makes no shop where there is none, and says where it looked', { timeout: 30_000 }, async (...args) => {
    const cwd = await folderWith({ 'bursar.config.ts': CONFIG, 'a.csv': '', 'shop.yaml': '' })
    const run = start(cwd, args)
    expect(await run.ended).toBe(1)
    expect(run.output()).toContain(`There is no ${cwd}/shop.sqlite. A new shop is made by`)
    expect(existsSync(`${cwd}/shop.sqlite`)).toBe(false)
  })

  test('migrate, import twice, doctor', { timeout: 180_000 }, async () => {
    const catalog = 'id,title,type,price\nc1,Algebra,course,19.99\nc2,Geometry,course,Free\n'
    const broken = 'id,title,type,price\nc3,Calculus,course,-1\n'
    const program = 'id,title,type,price,parts\np1,Mathematics,program,49,c1:'
    const cwd = await folderWith({
      ...{ 'bursar.config.ts': CONFIG, 'catalog.csv': catalog, 'broken.csv': broken },
      ...{ 'program.csv': `${program}standard\n`, 'lost.csv': `${program}nowhere\n`, 'header.csv': 'id,title,type\n' },
    })
    const outcome = async (...args: string[]): Promise<[number | null, string]> => {
      const run = start(cwd, args)
      return [await run.ended, run.output()]
    }
    expect(await outcome('migrate')).toEqual([0, 'The storage is ready.\n'])
    expect(await outcome('doctor')).toEqual([1, expect.stringContaining('no site "main": name another by --site')])
    expect(await outcome('import', 'catalog.csv')).toEqual([1, expect.stringContaining('or run `bursar serve` once')])
    const server = start(cwd, ['serve', '--port', '0', '--no-jobs'])
    await addressOf(server)
    server.child.kill('SIGTERM')
    await server.ended
    expect(await outcome('import', 'catalog.csv')).toEqual([0, expect.stringContaining('2 products made, 0 changed')])
    expect(await outcome('import', 'catalog.csv')).toEqual([0, expect.stringContaining('0 products made')])
    expect(await outcome('import', 'broken.csv')).toEqual([1, expect.stringContaining('Nothing was stored')])
    expect(await outcome('import', 'header.csv')).toEqual([1, expect.stringContaining('no row that can be taken')])
    expect(await outcome('import', 'nowhere.csv')).toEqual([
      1,
      'nowhere.csv: There is no such file, or it may not be read.\n',
    ])
    const skipping = ['broken.csv', '--skip-invalid']
    expect(await outcome('import', ...skipping)).toEqual([1, expect.stringContaining('no row that can be taken')])
    expect(await outcome('import', 'lost.csv')).toEqual([1, expect.stringContaining('nor the shop have this variant')])
    expect(await outcome('import', 'program.csv')).toEqual([0, expect.stringContaining('1 product made')])
    expect(await outcome('doctor')).toEqual([0, expect.stringContaining('All is well.')])
  })
})

describe('a configuration that holds something open, as a client of a cache does', () => {
  const open = `${CONFIG}\nsetInterval(() => {}, 1000)\nprocess.stdout.write('x'.repeat(1_000_000))\n`

  test('keeps no command', { timeout: 60_000 }, async () => {
    const cwd = await folderWith({ 'bursar.config.ts': open })
    expect(await start(cwd, ['migrate']).ended).toBe(0)
    const failing = start(cwd, ['import', 'nowhere.csv', '--site', 'nowhere'])
    expect(await failing.ended).toBe(1)
    expect(failing.output()).toContain('no site "nowhere"')
  })

  test('cuts no output whose reader is slow', { timeout: 60_000 }, async () => {
    const run = start(await folderWith({ 'bursar.config.ts': open }), ['migrate'])
    run.child.stdout?.pause()
    await new Promise((resolve) => setTimeout(resolve, 5000))
    run.child.stdout?.resume()
    expect(await run.ended).toBe(0)
    expect(run.output()).toMatch(/^x{1000000}The storage is ready.\n$/)
  })

  test('has time for what it does at its end', { timeout: 60_000 }, async () => {
    const last = `process.once('beforeExit', () => setTimeout(() => process.stdout.write('sent'), 1000))`
    const run = start(await folderWith({ 'bursar.config.ts': `${CONFIG}\n${last}\n` }), ['migrate'])
    expect(await run.ended).toBe(0)
    expect(run.output()).toContain('sent')
  })

  test('keeps no server that is told to stop', { timeout: 60_000 }, async () => {
    const run = start(await folderWith({ 'bursar.config.ts': open }), ['serve', '--port', '0'])
    await addressOf(run)
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.output()).toContain('"msg":"stopping"')
  })
})

describe('output that cannot be written', () => {
  const FULL = '/dev/full'
  const help = ['--conditions=source', CLI, 'doctor', '--help']
  const errorsOf = async (child: ReturnType<typeof spawn>): Promise<[number | null, string]> => {
    let text = ''
    child.stderr?.on('data', (piece: Buffer) => {
      text += piece.toString()
    })
    await once(child, 'close')
    return [child.exitCode, text]
  }

  test('for its reader has gone is none of its business', async () => {
    const child = spawn(process.execPath, help, { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    expect(await errorsOf(child)).toEqual([0, ''])
  })

  test.skipIf(!existsSync(FULL))('for a disk is full, as Linux has one to try, is said', async () => {
    const child = spawn(process.execPath, help, { stdio: ['ignore', openSync(FULL, 'w'), 'pipe'] })
    expect(await errorsOf(child)).toEqual([1, expect.stringMatching(/^bursar: the output cannot be written: .*\n$/)])
  })

  test.skipIf(!existsSync(FULL))('lets a server serve and stop', { timeout: 60_000 }, async () => {
    const cwd = await folderWith({ 'bursar.config.ts': CONFIG })
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo // it listens at a port
    await new Promise((resolve) => other.close(resolve))
    const run = start(cwd, ['serve', '--port', String(port)], {}, openSync(FULL, 'w'))
    const url = `http://127.0.0.1:${port}`
    const isReady = () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
    for (let n = 0; n < 100; n += 1) expect((await fetch(`${url}/v1/site`)).status).toBe(200)
    run.child.kill('SIGTERM')
    expect(await run.ended).toBe(1)
  })
})

describe('import from a platform', () => {
  /** What Open edX answers to who asks for its catalog. */
  const answers: Readonly<Record<string, object>> = {
    '/oauth2/access_token': { access_token: 'a-token', expires_in: 3600, token_type: 'JWT' },
    '/api/courses/v1/courses/': {
      results: [{ course_id: 'course-v1:Example+AB101+2026', name: 'Algebra', start: '2026-09-01T08:00:00Z' }],
      pagination: { next: null, count: 1, num_pages: 1 },
    },
    '/api/course_modes/v1/courses/course-v1:Example+AB101+2026/': [
      { mode_slug: 'audit', mode_display_name: 'Audit', min_price: 0, currency: 'eur', expiration_datetime: null },
      { mode_slug: 'verified', min_price: 49, currency: 'eur', expiration_datetime: '2026-12-01T00:00:00Z' },
    ],
  }
  const config = CONFIG.replace(
    "site: 'main',",
    "site: 'main',\n  fulfilment: { campus, files: manualDelivery() },",
  ).replace(
    'export default',
    `const campus = openedx({ baseUrl: process.env.LMS ?? '', clientId: 'bursar', clientSecret: 'secret' })
export default`,
  )
  const imports =
    "import { openedx } from '@bursar/node/openedx'\nimport { manualDelivery } from '@bursar/node/delivery'\n"

  test('its courses and modes become products, and again changes nothing', { timeout: 180_000 }, async () => {
    const lms = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '', 'http://lms').pathname)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[path] ?? {}))
    })
    await new Promise<void>((resolve) => lms.listen(0, '127.0.0.1', resolve))
    const { port } = lms.address() as AddressInfo // it listens at a port
    const variables = { LMS: `http://127.0.0.1:${port}` }
    const cwd = await folderWith({ 'bursar.config.ts': `${imports}${config}` })
    const outcome = async (...args: string[]): Promise<[number | null, string]> => {
      const run = start(cwd, args, variables)
      return [await run.ended, run.output()]
    }
    const server = start(cwd, ['serve', '--port', '0', '--no-jobs'], variables)
    await addressOf(server)
    server.child.kill('SIGTERM')
    await server.ended
    expect(await outcome('import', '--from', 'campus')).toEqual([0, expect.stringContaining('1 product made')])
    expect(await outcome('import', '--from', 'campus')).toEqual([0, expect.stringContaining('0 products made')])
    expect(await outcome('import', '--from', 'nowhere')).toEqual([2, expect.stringContaining('no provider "nowhere"')])
    expect(await outcome('import', '--from', 'files')).toEqual([2, expect.stringContaining('no catalog to take')])
    expect(await outcome('import', 'a.csv', '--from', 'campus')).toEqual([2, expect.stringContaining('name one FILE')])
    await new Promise((resolve) => lms.close(resolve))
    expect(await outcome('import', '--from', 'campus')).toEqual([1, expect.stringContaining('gave no answer')])
  })
})
