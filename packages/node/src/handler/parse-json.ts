import { BursarError } from '@bursar/core'

/** Levels of arrays and objects, counted before parsing: a parser may be recursive, and a stack is not endless. */
const DEEPEST = 32
const UTF_8 = new TextDecoder('utf-8', { fatal: true })

/** Bytes as JSON. @throws `invalid_input` for bad UTF-8, bad JSON and more than 32 levels */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decoded(bytes)
  if (isTooDeep(text))
    throw new BursarError('invalid_input', { message: `The body is nested deeper than ${DEEPEST} levels.` })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BursarError('invalid_input', { message: 'The body is not valid JSON.', cause })
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes)
  } catch (cause) {
    throw new BursarError('invalid_input', { message: 'The body is not valid UTF-8.', cause })
  }
}

/** Counts brackets outside of strings; what is no JSON is found by the parser. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') {
      depth++
      if (depth > DEEPEST) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}
