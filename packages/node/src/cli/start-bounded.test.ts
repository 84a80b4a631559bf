import { expect, test } from 'vitest'
import { boundedStart } from './start-bounded.ts'

const start = { execArgv: ['--inspect'], args: ['/app/cli.js', 'serve'], environment: { HOME: '/root' } }

test('a server is started with bounds on young objects, on helpers and on what is freed, and with all that it was given', () => {
  expect(boundedStart(start)).toEqual({
    execArgv: ['--max-semi-space-size=8', '--v8-pool-size=0', '--inspect'],
    args: ['/app/cli.js', 'serve'],
    environment: { HOME: '/root', MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '32768' },
  })
})

test('what an operator has set stays', () => {
  const own = boundedStart({ ...start, environment: { MALLOC_ARENA_MAX: '4' } })
  expect(own?.environment).toEqual({ MALLOC_ARENA_MAX: '4', MALLOC_MMAP_THRESHOLD_: '32768' })
  for (const option of ['--v8-pool-size=2', '--v8_pool_size=2']) {
    const helped = boundedStart({ ...start, execArgv: [option] })
    expect(helped?.execArgv).toEqual(['--max-semi-space-size=8', option])
    const told = boundedStart({ ...start, environment: { NODE_OPTIONS: `--no-warnings ${option}` } })
    expect(told?.execArgv).toEqual(['--max-semi-space-size=8', '--inspect'])
  }
  for (const option of ['--max-semi-space-size=32', '--max_semi_space_size=32']) {
    expect(boundedStart({ ...start, execArgv: [option] })).toBeNull()
    expect(boundedStart({ ...start, environment: { NODE_OPTIONS: `--no-warnings ${option}` } })).toBeNull()
  }
})

test('it is started anew once', () => {
  const once = boundedStart(start)
  expect(once).not.toBeNull()
  expect(once === null ? null : boundedStart(once)).toBeNull()
})
