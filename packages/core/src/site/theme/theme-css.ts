import { COLOR_ROLES, DARK_PREFIX, THEME_TOKENS } from './theme-tokens.ts'
import { type Theme, themeValue } from './theme-values.ts'

/**
 * A site's look as CSS custom properties, `--bursar-<token>`, for light and dark pages. Where the site says nothing, the
 * host page's own variable counts, then the default. The theme was checked when it was written.
 *
 * @example
 * themeCss({ accent: '#7a1f3d' }) // ':root{color-scheme:light dark;…--bursar-accent:#7a1f3d;…'
 */
export function themeCss(theme: Theme): string {
  const names = Object.keys(THEME_TOKENS).filter((name) => !name.startsWith(DARK_PREFIX))
  const light = names.map((name) => `--bursar-${name}:${lightValue(theme, name)}`)
  const dark = COLOR_ROLES.map((role) => `--bursar-${role}:${themeValue(theme, `${DARK_PREFIX}${role}`)}`)
  const darkPage = `@media (prefers-color-scheme:dark){:root{${dark.join(';')}}}`
  return `:root{color-scheme:light dark;${light.join(';')}}\n${darkPage}\n`
}

function lightValue(theme: Theme, name: string): string {
  const value = themeValue(theme, name)
  const host = THEME_TOKENS[name]?.host
  return host === undefined || Object.hasOwn(theme, name) ? value : `var(${host},${value})`
}
