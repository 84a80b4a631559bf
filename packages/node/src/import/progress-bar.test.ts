import { describe, expect, it } from 'vitest'
import { createProgressBar, type ProgressStream } from './progress-bar.ts'

function stream(isTTY: boolean, columns?: number): ProgressStream & { written: string[] } {
  const written: string[] = []
  return { isTTY, columns, written, write: (text) => written.push(text) }
}

describe('createProgressBar', () => {
  it('redraws one line of a terminal, at most once a percent, and takes it away', () => {
    const terminal = stream(true)
    const bar = createProgressBar(terminal, 'courses.csv')
    for (let bytesRead = 0; bytesRead <= 10_000; bytesRead += 1)
      bar.update({ bytesRead, totalBytes: 10_000, rows: bytesRead })
    bar.finish()
    expect(terminal.written).toHaveLength(101)
    expect(terminal.written[49]).toBe(`\r\u001b[K${'█'.repeat(12)}${'░'.repeat(12)} courses.csv: 50 %, 5,000 rows`)
    expect(terminal.written.at(-1)).toBe('\r\u001b[K')
  })

  it('never wraps', () => {
    const terminal = stream(true, 30)
    createProgressBar(terminal, 'a'.repeat(100)).update({ bytesRead: 1, totalBytes: 1, rows: 1 })
    expect(terminal.written[0]).toHaveLength('\r\u001b[K'.length + 29)
  })

  it('writes a plain line per quarter elsewhere', () => {
    const log = stream(false)
    const bar = createProgressBar(log, 'courses.csv')
    for (let bytesRead = 0; bytesRead <= 100; bytesRead += 1)
      bar.update({ bytesRead, totalBytes: 100, rows: bytesRead })
    bar.finish()
    expect(log.written).toEqual([
      'courses.csv: 25 %, 25 rows\n',
      'courses.csv: 50 %, 50 rows\n',
      'courses.csv: 75 %, 75 rows\n',
      'courses.csv: 100 %, 100 rows\n',
    ])
  })
})
