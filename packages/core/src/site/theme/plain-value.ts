/** Characters of plain CSS values. Nothing that ends a declaration, opens a comment, an escape, markup or a block. */
const TOKEN_VALUE = /^[\p{L}\p{N} #%.,()'"+*/_-]{1,200}$/u
/** What a stylesheet would fetch or run. */
const FORBIDDEN = /\/\*|\*\/|(?:url|image|image-set|expression|attr|src|element|import)\s*\(/i

/** Is this a value that can stand in a stylesheet, and nothing else? */
export function isPlainValue(value: string): boolean {
  return TOKEN_VALUE.test(value) && !FORBIDDEN.test(value) && areClosed(value)
}

/** Quotes and brackets that are left open would swallow what comes after the value. */
function areClosed(value: string): boolean {
  const outside = value.replace(/"[^"]*"|'[^']*'/g, '')
  if (/["']/.test(outside)) return false
  let depth = 0
  for (const character of outside) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}
