import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

interface Outcome {
  code: number
  out: string
  error: string
}

/** Runs the command line in a folder that holds these files. */
async function bursar(args: string[], files: Record<string, string> = {}, environment = {}): Promise<Outcome> {
  const cwd = await mkdtemp(join(tmpdir(), 'bursar-cli-'))
  folders.push(cwd)
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text)
  const written: string[] = []
  const complained: string[] = []
  const code = await runCli(args, {
    cwd,
    environment,
    write: (text) => void written.push(text),
    complain: (text) => void complained.push(text),
    progress: { write: () => {} },
  })
  return { code, out: written.join(''), error: complained.join('') }
}

const CONFIG = 'export default { storage: { commit() {} } }'

describe('help', () => {
  test('lists the commands', async () => {
    const { code, out } = await bursar(['--help'])
    expect(code).toBe(0)
    for (const command of ['serve', 'migrate', 'doctor', 'import']) expect(out).toContain(`\n  ${command} `)
    expect(new Set([...out.matchAll(/^ {2}\w+ +/gm)].map(([start]) => start.length)).size).toBe(1)
  })

  test('is what no command at all gets, as a failure', async () => {
    expect(await bursar([])).toMatchObject({ code: 2, out: expect.stringContaining('Usage: bursar <command>') })
  })

  test.each(['serve', 'migrate', 'doctor', 'import', 'apply'])('of %s names its options', async (command) => {
    const { code, out } = await bursar([command, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`Usage: bursar ${command}`)
    expect(out).toMatch(/--config FILE +\S/)
    expect(out).toMatch(/--help +\S/)
  })
})

test('apply writes the schema of shop files without a configuration', async () => {
  const { code, out } = await bursar(['apply', '--schema'])
  expect(code).toBe(0)
  expect(Object.keys(JSON.parse(out).properties)).toContain('promotions')
})

describe('wrong use', () => {
  test.each([
    [['frobnicate'], 'there is no command "frobnicate"'],
    [['serve', '--prot', '1'], "Unknown option '--prot'"],
    [['serve', 'now'], 'Unexpected argument'],
    [['serve', '--port'], "'--port"],
    [['import'], 'name one FILE'],
    [['import', 'a.csv', 'b.csv'], 'name one FILE'],
    [['apply'], 'name one FILE'],
    [['apply', 'shop.yaml', '--print'], 'name one FILE'],
  ])('%j', async (args, message) => {
    const { code, out, error } = await bursar(args, { 'bursar.config.mjs': CONFIG })
    expect([code, out]).toEqual([2, ''])
    expect(error).toContain(message)
  })

  test('a command that needs a site asks for it', async () => {
    const { code, error } = await bursar(['doctor'], { 'bursar.config.mjs': CONFIG })
    expect(code).toBe(2)
    expect(error).toContain('--site')
    expect(error).toContain('bursar doctor --help')
  })
})

describe('the configuration', () => {
  test('that is not there is shown how to write', async () => {
    const { code, error } = await bursar(['migrate'])
    expect(code).toBe(1)
    expect(error).toContain('There is no bursar.config.ts in')
    expect(error).toContain('export default defineConfig({')
    expect(error).not.toContain('    at ')
  })

  test('that --config names and is not there', async () => {
    const { code, error } = await bursar(['migrate', '--config', 'other.ts'])
    expect([code, error]).toEqual([1, expect.stringContaining('other.ts, which --config names')])
  })

  test('without a storage, or without a default export', async () => {
    const storages = ['null', '{}', "import('node:fs')"].map((storage) => `export default { storage: ${storage} }`)
    for (const text of ['export default {}', CONFIG.replace('default', 'const config ='), ...storages]) {
      const { code, error } = await bursar(['migrate'], { 'bursar.config.mjs': text })
      expect([code, error]).toEqual([1, expect.stringContaining('has to export a configuration with a storage')])
      expect(error).not.toContain('    at ')
    }
  })

  test.each([
    ["sit: 'main'", 'sit is not known here: did you mean "site"?'],
    ['fulfillment: {}', 'fulfillment is not known here: did you mean "fulfilment"?'],
    ['payments: { test: undefined }', 'payments.test must be a payment processor'],
    ['server: { rateLimit: {} }', 'server.rateLimit is not known here: did you mean "rateLimits"?'],
    ["server: { port: '80000' }", 'server.port must be a whole number, 0 to 65535.'],
    ['server: { port: Number(undefined) }', 'server.port must be a whole number'],
    ['server: true', 'server must be an object.'],
    ['resilience: { timeoutMss: 1 }', 'resilience.timeoutMss is not known here: did you mean "timeoutMs"?'],
    ['resilience: { timeoutMs: Infinity }', 'resilience.timeoutMs must be a whole number, 1 to 2147483647.'],
    ['server: { drainMs: 3e9 }', 'server.drainMs must be a whole number, 0 to 2147483647.'],
    ['server: { shutdownMs: Infinity }', 'server.shutdownMs must be a whole number, 0 to 2147483647.'],
    ["setup: 'seed'", 'setup must be a function.'],
  ])('with %s is refused, with its file', async (option, sentence) => {
    const text = `export default { storage: { commit() {} }, ${option} }`
    const { code, error } = await bursar(['migrate'], { 'bursar.config.mjs': text })
    expect([code, error]).toEqual([1, expect.stringMatching(/bursar[.]config[.]mjs: /)])
    expect(error).toContain(sentence)
  })

  test('that throws, or is no JavaScript', async () => {
    const thrown = await bursar(['migrate'], { 'bursar.config.mjs': "throw new Error('no DATABASE')" })
    expect([thrown.code, thrown.error]).toEqual([1, expect.stringContaining('cannot be loaded: no DATABASE')])
  })
})
