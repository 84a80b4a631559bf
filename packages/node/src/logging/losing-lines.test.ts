import { expect, test } from 'vitest'
import { losingLines } from './losing-lines.ts'

/** A disk with room for so many bytes. */
function disk(room: number) {
  const state = { room, text: '' }
  const write = (bytes: Buffer): number => {
    if (state.room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const taken = bytes.subarray(0, state.room)
    state.room -= taken.length
    state.text += taken.toString()
    return taken.length
  }
  return { state, lines: losingLines(write, () => '2026-11-30T00:00:00.000Z') }
}

const told = (lines: number) =>
  `{"level":"warn","time":"2026-11-30T00:00:00.000Z","msg":"lines of this log were lost","lines":${lines}}\n`

test('where there is no room lines are lost, and the next that has room says how many', () => {
  const { state, lines } = disk(4)
  lines('one\n')
  lines('two\nthree\n')
  lines('four\n')
  state.room = 1000
  lines('five\n')
  lines('six\n')
  expect(state.text).toBe(`one\n${told(3)}five\nsix\n`)
})

test('a line that was torn stands by itself', () => {
  const { state, lines } = disk(6)
  lines('one\ntwo\n')
  state.room = 1000
  lines('three\n')
  expect(state.text).toBe(`one\ntw\n${told(1)}three\n`)
})

test('a reader that is late is waited for once, not for each line', () => {
  let late = 3
  let text = ''
  const lines = losingLines(
    (bytes) => {
      if (late-- > 0) throw Object.assign(new Error('try again'), { code: 'EAGAIN' })
      text += bytes.toString()
      return bytes.length
    },
    () => '',
  )
  lines('one\n')
  expect(text).toBe('one\n')
  late = Number.POSITIVE_INFINITY
  const begun = performance.now()
  for (let n = 0; n < 50; n += 1) lines('lost\n')
  expect(performance.now() - begun).toBeLessThan(5000)
  expect(text).toBe('one\n')
})
