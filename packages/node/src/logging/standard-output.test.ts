import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const LOGGER = new URL('./pino-logger.ts', import.meta.url).href

/** Node's arguments for a program that logs. */
const logging = (program: string): string[] => {
  const script = `const { pinoLogger } = await import('${LOGGER}'); const logger = pinoLogger(); ${program}`
  return ['--conditions=source', '--input-type=module', '--eval', script]
}

/** What a process that logs leaves on its standard output, also where it ends badly. */
async function outputOf(program: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, logging(program)).catch((error: { stdout: string }) => error)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).msg)
}

test('lines come whole and in order, in several turns', async () => {
  const program = `
    for (let n = 0; n < 3; n += 1) { logger.info('a' + n); logger.warn('b' + n); await new Promise(setImmediate) }`
  expect(await outputOf(program)).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2'])
})

test('a process that exits at once has written its last line', async () => {
  expect(await outputOf(`logger.info('one'); logger.error('last'); process.exit(3)`)).toEqual(['one', 'last'])
})

test('so has one that an error ends', async () => {
  expect(await outputOf(`logger.info('one'); throw new Error('broken')`)).toEqual(['one'])
})

test('more than is kept for a turn is written, too', async () => {
  const lines = await outputOf(`for (let n = 0; n < 5000; n += 1) logger.info('line ' + n)`)
  expect([lines.length, lines.at(-1)]).toEqual([5000, 'line 4999'])
})

const FULL = '/dev/full'
const turns = `for (let n = 0; n < 100; n += 1) { logger.info('line ' + n); await new Promise(setImmediate) }`

test.skipIf(!existsSync(FULL))('a full disk, as Linux has one to try, neither stops nor ends a process', async () => {
  const child = spawn(process.execPath, logging(turns), { stdio: ['ignore', openSync(FULL, 'w'), 'inherit'] })
  const killed = setTimeout(() => child.kill('SIGKILL'), 10_000)
  expect(await once(child, 'exit')).toEqual([0, null])
  clearTimeout(killed)
})

test('nor does a reader that has gone', async () => {
  const child = spawn(process.execPath, logging(turns), { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout?.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
})
