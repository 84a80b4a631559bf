/** Writes bytes; answers how many were taken. @throws with `code` when none were */
type Write = (bytes: Buffer) => number

/** A reader that is late is waited for, in milliseconds: in steps, and no longer than this. */
const STEP = 10
const LONGEST_WAIT = 1000

const LINE_END = 10

/**
 * Writes whole lines where there may be no room for them: a full disk, a pipe that nobody empties. What cannot be written is lost
 * and counted, and the first lines that can be again say how many were: a log is no reason for a shop to stand still.
 */
export function losingLines(write: Write, now: () => string): (lines: string) => void {
  let lost = 0
  // What was written ends within a line.
  let isTorn = false

  function writeAll(bytes: Buffer): void {
    let left = bytes
    let waited = lost > 0 ? LONGEST_WAIT : 0
    while (left.length > 0) {
      try {
        const taken = write(left)
        if (taken === 0) throw Object.assign(new Error('nothing was taken'), { code: 'EAGAIN' })
        isTorn = left[taken - 1] !== LINE_END
        left = left.subarray(taken)
      } catch (error) {
        if (!isLate(error) || waited >= LONGEST_WAIT) {
          lost += countLines(left)
          return
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP)
        waited += STEP
      }
    }
  }

  return (lines) => {
    const torn = isTorn ? '\n' : ''
    if (lost === 0) return writeAll(Buffer.from(torn + lines))
    const before = lost
    const told = JSON.stringify({ level: 'warn', time: now(), msg: 'lines of this log were lost', lines: before })
    writeAll(Buffer.from(`${torn}${told}\n`))
    // The sentence itself is none of the lines that are counted.
    if (lost > before) lost = before + countLines(Buffer.from(lines))
    else {
      lost = 0
      writeAll(Buffer.from(lines))
    }
  }
}

const isLate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EAGAIN'

const countLines = (bytes: Buffer): number => bytes.reduce((sum, byte) => sum + (byte === LINE_END ? 1 : 0), 0)
