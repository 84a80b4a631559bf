import type { InputIssue } from '../errors/index.ts'
import { isStorable } from '../json/index.ts'

/** Levels of objects and lists that an input may have. */
const MAXIMUM_DEPTH = 32

/**
 * What is wrong with an input whatever its schema says: nested too deep for a recursive parser, a text that cannot be
 * stored, or the one name that JavaScript gives a meaning. Null when nothing is. To be asked before the schema.
 */
export function breaksBounds(value: unknown, path = '', depth = 0): InputIssue | null {
  if (typeof value === 'string') {
    if (isStorable(value)) return null
    return { path, message: `${labelOf(path)} holds a character that cannot be stored.` }
  }
  if (typeof value !== 'object' || value === null) return null
  if (depth >= MAXIMUM_DEPTH) {
    return { path: '', message: `The request is nested deeper than ${MAXIMUM_DEPTH} levels.` }
  }
  return membersBreakBounds(value, path, depth)
}

function membersBreakBounds(value: object, path: string, depth: number): InputIssue | null {
  for (const [name, member] of Object.entries(value)) {
    const at = joinPath(path, name)
    if (name === '__proto__' || !isStorable(name)) {
      return { path, message: `${labelOf(path)} has a member whose name is not allowed.` }
    }
    const issue = breaksBounds(member, at, depth + 1)
    if (issue !== null) return issue
  }
  return null
}

/** `lines.0.quantity`. */
export function joinPath(path: string, name: PropertyKey): string {
  return path === '' ? String(name) : `${path}.${String(name)}`
}

/** How a sentence names a place of the input; names that callers made up are cut. */
export function labelOf(path: string): string {
  return path === '' ? 'The request' : path.length > 100 ? `${path.slice(0, 100)}…` : path
}
