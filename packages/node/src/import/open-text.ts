import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { FileRefusal } from './file-refusal.ts'

/** A file as text, read piece by piece. */
export interface OpenText {
  /** Name of the encoding, by byte-order mark, by its zero bytes, or as given; else `utf-8`. */
  readonly encoding: string
  /** Size of the file in bytes. */
  readonly totalBytes: number
  /** Bytes read so far. */
  bytesRead(): number
  /** The text without its byte-order mark; each piece is read when it is asked for. Throws {@link FileRefusal}. */
  chunks(): AsyncGenerator<string, void, undefined>
}

const SNIFFED_BYTES = 4096

const SIGNATURES: readonly (readonly [bytes: string, reason: string])[] = [
  ['504b0304', 'This is a workbook or a zip archive: save the sheet as CSV (UTF-8) and import that'],
  ['d0cf11e0', 'This is an old Excel workbook: save the sheet as CSV (UTF-8) and import that'],
  ['1f8b', 'This file is compressed: unpack it first'],
  ['25504446', 'This is a PDF'],
]

/**
 * Opens a file as text.
 *
 * @param encoding a label of the Encoding Standard such as `windows-1252`, for files without a byte-order mark.
 * @throws FileRefusal when there is no such file, or it is no text.
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */
export async function openText(path: string, encoding?: string): Promise<OpenText> {
  const totalBytes = await sizeOf(path)
  const head = await readHead(path)
  const found = detectEncoding(head) ?? encoding ?? 'utf-8'
  makeDecoder(found)
  let bytesRead = 0
  return {
    encoding: found,
    totalBytes,
    bytesRead: () => bytesRead,
    async *chunks() {
      const decoder = makeDecoder(found)
      let linesBefore = 0
      for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
        bytesRead += bytes.length
        const text = decode(decoder, bytes, { linesBefore, encoding: found })
        linesBefore += countLineFeeds(text)
        yield text
      }
      const rest = decode(decoder, Buffer.alloc(0), { linesBefore, encoding: found, isLast: true })
      if (rest !== '') yield rest
    },
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path)
    if (found.isFile()) return found.size
  } catch (error) {
    throw new FileRefusal('There is no such file, or it may not be read', { cause: error })
  }
  throw new FileRefusal('This is no file')
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw new FileRefusal('The file may not be read', { cause: error })
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The encoding that the first bytes tell, or null where they tell none. */
function detectEncoding(head: Buffer): string | null {
  if (head.length === 0) throw new FileRefusal('The file is empty')
  const hex = head.subarray(0, 4).toString('hex')
  for (const [signature, reason] of SIGNATURES) if (hex.startsWith(signature)) throw new FileRefusal(reason)
  if (hex.startsWith('efbbbf')) return 'utf-8'
  if (hex.startsWith('fffe')) return 'utf-16le'
  if (hex.startsWith('feff')) return 'utf-16be'
  return detectByZeros(head)
}

/** Text in a Latin script has a zero in every second byte of UTF-16, and never one in UTF-8. */
function detectByZeros(head: Buffer): string | null {
  const zeros = [0, 0]
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const many = head.length / 4
  if (odd > many && even < many / 10) return 'utf-16le'
  if (even > many && odd < many / 10) return 'utf-16be'
  if (even + odd > head.length / 20) throw new FileRefusal('This is no text: it is full of zero bytes')
  return null
}

function makeDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (error) {
    throw new FileRefusal(`There is no encoding named ${JSON.stringify(encoding)}`, { cause: error })
  }
}

function decode(
  decoder: TextDecoder,
  bytes: Buffer,
  place: { linesBefore: number; encoding: string; isLast?: boolean },
): string {
  try {
    return decoder.decode(bytes, { stream: place.isLast !== true })
  } catch (error) {
    const readable = new TextDecoder(place.encoding).decode(bytes)
    const line = place.linesBefore + 1 + countLineFeeds(readable.slice(0, Math.max(0, readable.indexOf('\ufffd'))))
    const reason = `Near line ${line} the file is not ${place.encoding}: save it as UTF-8, or name its encoding (such as windows-1252)`
    throw new FileRefusal(reason, { cause: error })
  }
}

function countLineFeeds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
