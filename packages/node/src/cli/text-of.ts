import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { TextDecoder } from 'node:util'

/** Encodings by the byte-order marks that some editors write. */
const MARKS: { readonly [hex: string]: string | undefined } = { fffe: 'utf-16le', feff: 'utf-16be' }

/**
 * The text of a file that was named to a command: UTF-8, or UTF-16 with its byte-order mark.
 *
 * @throws Error that names the file, where it may not be read or is something else: nothing is stored garbled
 */
export async function textOf(file: string, cwd: string): Promise<string> {
  const bytes = await readFile(resolve(cwd, file)).catch((cause: unknown) => {
    throw new Error(`${file}: there is no such file, or it may not be read.`, { cause })
  })
  const encoding = MARKS[bytes.subarray(0, 2).toString('hex')] ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    const [before = ''] = new TextDecoder(encoding).decode(bytes).split('\ufffd')
    const line = before.split('\n').length
    throw new Error(`${file}: near line ${line} it is not ${encoding}: save it as UTF-8.`, { cause })
  }
}
