import { expect, test } from 'vitest'
import { boundedStart } from './start-bounded.ts'

const start = { execArgv: ['--inspect'], args: ['/app/cli.js', 'serve'], environment: { HOME: '/root' } }

test('a server is started with bounds on young objects, on who looks for garbage and on what is freed, and with all that it was given', () => {
  expect(boundedStart(start, 2)).toEqual({
    execArgv: ['--max-semi-space-size=4', '--concurrent-marking-max-worker-num=2', '--inspect'],
    args: ['/app/cli.js', 'serve'],
    environment: { HOME: '/root', MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '32768' },
  })
})

test.each([
  [1, 1],
  [2, 2],
  [7, 7],
  [64, 7],
])('of %i processors %i look for garbage beside the program', (processors, markers) => {
  expect(boundedStart(start, processors)?.execArgv).toContain(`--concurrent-marking-max-worker-num=${markers}`)
})

test('what an operator has set stays', () => {
  const own = boundedStart({ ...start, environment: { MALLOC_ARENA_MAX: '4' } }, 2)
  expect(own?.environment).toEqual({ MALLOC_ARENA_MAX: '4', MALLOC_MMAP_THRESHOLD_: '32768' })
  for (const option of ['--max-semi-space-size=32', '--max_semi_space_size=32']) {
    expect(boundedStart({ ...start, execArgv: [option] }, 2)).toBeNull()
    expect(boundedStart({ ...start, environment: { NODE_OPTIONS: `--no-warnings ${option}` } }, 2)).toBeNull()
  }
})

test('it is started anew once', () => {
  const once = boundedStart(start, 2)
  expect(once).not.toBeNull()
  expect(once === null ? null : boundedStart(once, 2)).toBeNull()
})
