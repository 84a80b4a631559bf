import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeBlocks } from './code-blocks.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'bursar-readme-'))
let shop: ChildProcess
let address: string

beforeAll(async () => {
  const options = ['--conditions=source', '--disable-warning=ExperimentalWarning', 'start.ts']
  shop = spawn(process.execPath, options, {
    cwd: join(root, 'examples', 'sample-shop'),
    env: { ...process.env, PORT: '0', BURSAR_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  address = await addressOf(shop)
}, 60_000)

afterAll(async () => {
  if (shop.exitCode === null) {
    shop.kill('SIGTERM')
    await once(shop, 'exit')
  }
  rmSync(folder, { recursive: true })
})

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (piece) => {
      text += piece
      const [found] = /http:\/\/127[.]0[.]0[.]1:\d+/.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
    child.on('exit', (code) => reject(new Error(`The sample shop ended with ${code}.\n${text}`)))
  })

/** Pastes the block into a shell, with a curl of ours where the machine has none. */
const paste = (): string => {
  const block = codeBlocks(readFileSync(join(root, 'README.md'), 'utf8')).find(({ language }) => language === 'bash')
  const hasCurl = spawnSync('curl', ['--version']).status === 0
  const own = `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'curl.mjs')}" "$@"\n`
  if (!hasCurl) writeFileSync(join(folder, 'curl'), own, { mode: 0o755 })
  const env = { ...process.env, SHOP: address, PATH: `${folder}${delimiter}${process.env.PATH}` }
  const { stdout, stderr } = spawnSync('sh', [], { input: block?.text ?? '', env, encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
}

test('the purchase of the README ends with its order and its enrolment, and can be pasted again', () => {
  const first = paste()
  expect(first).toContain('WELCOME20: "applied":true')
  expect(first).toMatch(/The order:\n\{"id":"ord_.*"state":"placed".*"captured":3920.*"delivery":"delivered"/)
  expect(first).toMatch(/The enrolment:\n\[\{"learner":"learner-1","course":"bread-101","mode":"verified"\}\]/)
  // A course is sold once to a person, and the shop says so.
  expect(paste()).toContain('already_owned')
}, 60_000)
