#!/usr/bin/env node
import { fstatSync, writeSync } from 'node:fs'
import process from 'node:process'

/** A process that nothing keeps ends sooner, by itself: the host's own last steps, such as sending what it measured, are not cut at once. */
const TIME_TO_END_MS = 2000

// Nothing of Bursar is loaded before the version is known: an older Node fails on it with an error about syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`Bursar needs Node 22.13 or newer; this is ${process.versions.node}: ${process.execPath}\n`)
  process.exitCode = 1
} else {
  if (process.argv[2] === 'serve') {
    const { startBounded } = await import('./cli/start-bounded.ts')
    startBounded()
  }
  // Who reads may go, as `head` does, and a disk may be full: what is under way ends all the same.
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`bursar: the output cannot be written: ${error.message}\n`)
    process.once('exit', () => {
      process.exitCode ||= 1
    })
  })
  const { runCli } = await import('./cli/run-cli.ts')
  const { writeWhole } = await import('./cli/write-whole.ts')
  const { fd } = process.stdout
  // Into a file, `process.stdout` gives up without a word what a disk that is nearly full does not take at once.
  const isFile = fstatSync(fd).isFile()
  const writeToFile = (text: string): void => {
    try {
      writeWhole((bytes) => writeSync(fd, bytes), text)
    } catch (error) {
      process.stdout.destroy(error instanceof Error ? error : undefined)
    }
  }
  process.exitCode = await runCli(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    write: (text) => (isFile ? writeToFile(text) : process.stdout.write(text)),
    complain: (text) => process.stderr.write(text),
    progress: process.stderr,
  })
  // What the host's configuration holds open, and a platform that does not answer, keep nobody. The first callback comes once all
  // is written, or the reader has gone; on Windows a pipe takes its time.
  const end = () => setTimeout(() => process.exit(), TIME_TO_END_MS).unref()
  process.stdout.write('', () => process.stderr.write('', end))
}
