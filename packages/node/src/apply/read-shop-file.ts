import type { Json } from '@bursar/core'
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'
import { isAmount } from './explain-value.ts'
import type { FilePath } from './shop-file.ts'

/** A shop file as it was read. */
export interface ReadShopFile {
  /** What it holds; undefined where it could not be read. */
  readonly content: Json | undefined
  /** What is no YAML or not what it looks like, with its line. */
  readonly mistakes: readonly { readonly line: number; readonly message: string }[]
  /** The line, from 1, on which a place begins; of a place that is not there, the nearest around it. */
  lineOf(path: FilePath): number
}

/**
 * Reads YAML 1.2 or JSON. Nothing is guessed: a date stays a text, `no` stays a text, and a key that stands twice is a
 * mistake, as is a number that is not written as it is read: of `39.00`, 39 cents would be left.
 */
export function readShopFile(text: string): ReadShopFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', stringKeys: true })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const mistakes = [...[...document.errors, ...document.warnings].map(placed), ...oddNumbers(document)].map(
    ({ offset, message }) => ({ line: lineAt(offset), message }),
  )
  return { ...contentOf(document, mistakes), lineOf: (path) => lineAt(offsetOf(document, path)) }
}

const placed = ({ code, message, pos }: { code: string; message: string; pos: [number, number] }) => ({
  offset: pos[0],
  // The library's own sentence is for who programs with it.
  message: code === 'MULTIPLE_DOCS' ? 'a second document begins: a file holds one shop.' : message,
})

/** Numbers with another way to write them: what they were meant for is lost in what they are read as. */
function oddNumbers(document: Document.Parsed): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = []
  visit(document, {
    Scalar(_key, { value, source, range }, path) {
      if (typeof value !== 'number' || source === undefined || source === String(value)) return
      const name = path.findLast((around) => isPair(around))?.key
      const advice =
        isScalar(name) && isAmount(name.value)
          ? 'amounts count minor units without a point, so 39.00 EUR is 3900 and 500 JPY is 500.'
          : `write ${value}, or in quotes, '${source}', where it is a text.`
      found.push({ offset: range?.[0] ?? 0, message: `${source} is read as ${value}: ${advice}` })
    },
  })
  return found
}

function contentOf(document: Document.Parsed, mistakes: ReadShopFile['mistakes']) {
  if (mistakes.length > 0) return { content: undefined, mistakes }
  try {
    // Without tags of its own, which are warned of, YAML holds what JSON holds.
    return { content: document.toJS() as Json, mistakes }
  } catch (error) {
    // Aliases of aliases of aliases, that would fill the memory.
    return {
      content: undefined,
      mistakes: [{ line: 1, message: error instanceof Error ? error.message : String(error) }],
    }
  }
}

function offsetOf(document: Document.Parsed, path: FilePath): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const segment of path) {
    const found = memberOf(isAlias(node) ? (node.resolve(document) ?? null) : node, segment)
    if (found === null) break
    offset = found.offset
    node = found.node
  }
  return offset
}

function memberOf(node: Node | null, segment: string | number): { offset: number; node: Node | null } | null {
  if (isMap<Node, Node | null>(node)) {
    const pair: Pair<Node, Node | null> | undefined = node.items.find(
      ({ key }) => isScalar(key) && String(key.value) === String(segment),
    )
    return pair === undefined ? null : { offset: pair.key.range?.[0] ?? 0, node: pair.value }
  }
  const item = isSeq<Node>(node) ? node.items[Number(segment)] : undefined
  return item === undefined ? null : { offset: item.range?.[0] ?? 0, node: item }
}
