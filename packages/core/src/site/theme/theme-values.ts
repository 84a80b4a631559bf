import { readableOn } from './contrast.ts'
import { COLOR_ROLES, type ColorRole, DARK_PREFIX, THEME_TOKENS } from './theme-tokens.ts'

/** Design tokens by name, as a site gives them. */
export type Theme = { readonly [token: string]: string }

/** A token's value: the site's, else the default; words on the accent are chosen by contrast. */
export function themeValue(theme: Theme, token: string): string {
  const given = Object.hasOwn(theme, token) ? theme[token] : undefined
  if (given !== undefined) return given
  const accent = accentUnder(token)
  return accent === null ? (THEME_TOKENS[token]?.value ?? '') : readableOn(themeValue(theme, accent))
}

/** All colours of a scheme by role. */
export function colorsOf(theme: Theme, scheme: 'light' | 'dark'): Readonly<Record<ColorRole, string>> {
  const prefix = scheme === 'dark' ? DARK_PREFIX : ''
  const values = COLOR_ROLES.map((role) => [role, themeValue(theme, `${prefix}${role}`)])
  return Object.fromEntries(values) as Record<ColorRole, string> // one for each role
}

function accentUnder(token: string): string | null {
  if (token === 'on-accent') return 'accent'
  return token === `${DARK_PREFIX}on-accent` ? `${DARK_PREFIX}accent` : null
}
