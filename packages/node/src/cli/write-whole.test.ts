import { expect, test } from 'vitest'
import { writeWhole } from './write-whole.ts'

test('what is taken in parts is written whole, and a disk that is full says so', () => {
  let room = 7
  let written = ''
  const write = (bytes: Buffer): number => {
    if (room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const taken = bytes.subarray(0, Math.min(3, room))
    written += taken.toString()
    room -= taken.length
    return taken.length
  }
  writeWhole(write, 'abcd')
  expect(written).toBe('abcd')
  expect(() => writeWhole(write, 'efgh')).toThrow('no space left on device')
  expect(written).toBe('abcdefg')
})
