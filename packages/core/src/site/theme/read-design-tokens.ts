import type { Json, JsonObject } from '../../json/index.ts'
import { DARK_PREFIX, THEME_TOKENS } from './theme-tokens.ts'
import type { Theme } from './theme-values.ts'

/** What reading a design tokens document came to. */
export type DesignTokensRead = { ok: true; theme: Theme } | { ok: false; reason: string }

/**
 * Reads a document in the Design Tokens format into a site's theme. Names of groups are joined by `-`, so that
 * `{ dark: { accent: … } }` is `dark-accent`; tokens that are none of a theme's are left out, so that a brand's whole
 * document can be given. `{other.token}` refers to another one.
 *
 * @see https://www.designtokens.org/tr/2025.10/format/
 */
export function readDesignTokens(document: JsonObject): DesignTokensRead {
  const found = new Map<string, Json>()
  collect(document, [], found)
  const theme: Record<string, string> = {}
  for (const [path, value] of found) {
    const name = path.replaceAll('.', '-')
    if (!Object.hasOwn(THEME_TOKENS, name)) continue
    const text = valueText(resolve(value, found))
    if (text === null)
      return { ok: false, reason: `${path}: ${JSON.stringify(value)} is no value that a theme can take` }
    theme[name] = text
  }
  const isEmpty = Object.keys(theme).length === 0
  return isEmpty
    ? { ok: false, reason: `it has no token of a theme, such as accent or ${DARK_PREFIX}accent` }
    : { ok: true, theme }
}

function collect(group: JsonObject, path: readonly string[], into: Map<string, Json>): void {
  for (const [name, member] of Object.entries(group)) {
    if (name.startsWith('$') || !isObject(member)) continue
    if (member.$value === undefined) collect(member, [...path, name], into)
    else into.set([...path, name].join('.'), member.$value)
  }
}

/** Follows references; one that leads nowhere or in a circle stays a text in braces, which no token can be. */
function resolve(value: Json, found: ReadonlyMap<string, Json>): Json {
  let at = value
  for (let steps = 0; steps <= found.size; steps += 1) {
    const [, name] = typeof at === 'string' ? (/^\{([^{}]+)\}$/.exec(at) ?? []) : []
    const next = name === undefined ? undefined : found.get(name)
    if (next === undefined) return at
    at = next
  }
  return at
}

function valueText(value: Json): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value.startsWith('{') ? null : value
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.map(quoted).join(', ') : null
  if (!isObject(value)) return null
  return typeof value.hex === 'string' ? value.hex : (sizeText(value) ?? shadowText(value))
}

/** Generic families are words of CSS, all others names. */
const quoted = (font: string): string =>
  /^(?:serif|sans-serif|monospace|system-ui|ui-[a-z-]+)$/.test(font) ? font : `"${font}"`

function sizeText({ value, unit }: JsonObject): string | null {
  return typeof value === 'number' && typeof unit === 'string' ? `${value}${unit}` : null
}

function shadowText({ offsetX, offsetY, blur, spread, color }: JsonObject): string | null {
  const sizes = [offsetX, offsetY, blur, spread].map((size) => (isObject(size) ? sizeText(size) : null))
  if (sizes.includes(null) || !isObject(color) || typeof color.hex !== 'string') return null
  const alpha = typeof color.alpha === 'number' ? color.alpha : 1
  const channels = [1, 3, 5].map((at) => Number.parseInt(String(color.hex).slice(at, at + 2), 16))
  return `${sizes.join(' ')} rgba(${channels.join(', ')}, ${Math.round(alpha * 100)}%)`
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
