import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'bursar-express-'))
const options = ['--conditions=source', '--disable-warning=ExperimentalWarning', 'server.ts']
const child = spawn(process.execPath, options, {
  cwd: import.meta.dirname,
  env: { ...process.env, PORT: '0', SHOP_FILE: join(folder, 'shop.sqlite') },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let url = ''

beforeAll(async () => {
  for await (const chunk of child.stdout) {
    url = /http:\/\/\S+/.exec(String(chunk))?.[0] ?? ''
    if (url !== '') return
  }
}, 30_000)

afterAll(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('the app answers at / and its shop at /shop', async () => {
  expect(await (await fetch(url)).text()).toContain('/shop/v1/site')
  expect(await (await fetch(`${url}/shop/v1/site`)).json()).toMatchObject({ id: 'campus', currencies: ['EUR'] })
  const made = await fetch(`${url}/shop/v1/carts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(made.status).toBe(201)
  expect(await made.json()).toMatchObject({ cart: { currency: 'EUR', lines: [] }, quote: { total: 0 } })
})
