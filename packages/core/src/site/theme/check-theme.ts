import { type InputIssue, issueUnless } from '../../errors/index.ts'
import { contrast } from './contrast.ts'
import { isPlainValue } from './plain-value.ts'
import { type ColorRole, DARK_PREFIX, THEME_TOKENS, type TokenKind } from './theme-tokens.ts'
import { colorsOf, type Theme } from './theme-values.ts'

/** What must be read on what, and the least contrast. @see https://www.w3.org/TR/WCAG22/#contrast-minimum */
const READ_ON: readonly (readonly [ColorRole, readonly ColorRole[], number])[] = [
  ['text', ['surface', 'surface-raised', 'surface-sunken'], 4.5],
  ['text', ['accent-soft', 'success-soft', 'warning-soft', 'danger-soft'], 4.5],
  ['text-muted', ['surface', 'surface-raised', 'surface-sunken'], 4.5],
  ['accent', ['surface', 'surface-raised', 'surface-sunken', 'accent-soft'], 4.5],
  ['on-accent', ['accent'], 4.5],
  ['success', ['surface', 'surface-raised', 'success-soft'], 4.5],
  ['warning', ['surface', 'surface-raised', 'warning-soft'], 4.5],
  ['danger', ['surface', 'surface-raised', 'danger-soft'], 4.5],
  // Edges of controls and the ring of focus. @see https://www.w3.org/TR/WCAG22/#non-text-contrast
  ['border-strong', ['surface', 'surface-raised'], 3],
  ['focus', ['surface', 'surface-raised', 'surface-sunken'], 3],
]

/** What is wrong with a theme: unknown names, values of another kind, colours that cannot be read on each other. */
export function checkTheme(theme: Theme): readonly InputIssue[] {
  const issues = Object.entries(theme).flatMap(([name, value]) => checkToken(name, value))
  return issues.length > 0 ? issues : [...checkContrast(theme, 'light'), ...checkContrast(theme, 'dark')]
}

function checkToken(name: string, value: string): readonly InputIssue[] {
  const token = Object.hasOwn(THEME_TOKENS, name) ? THEME_TOKENS[name] : undefined
  if (token === undefined) {
    const known = Object.keys(THEME_TOKENS).filter((known) => !known.startsWith(DARK_PREFIX))
    const message = `${JSON.stringify(name)} is no design token: ${known.join(', ')}, and colours with dark- before them`
    return [{ path: 'theme', message }]
  }
  const { is, what } = KINDS[token.kind]
  return issueUnless(is(value), `theme.${name}`, `must be ${what}`)
}

const KINDS: Readonly<Record<TokenKind, { is: (value: string) => boolean; what: string }>> = {
  color: { is: (value) => /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value), what: 'a colour such as #0a5 or #00aa55' },
  size: { is: (value) => /^(?:0|\d{1,4}(?:\.\d{1,4})?(?:rem|em|px|ch))$/.test(value), what: 'a size such as 0.5rem' },
  number: { is: (value) => /^\d{1,3}(?:\.\d{1,4})?$/.test(value), what: 'a number such as 1.25' },
  font: { is: isPlainValue, what: 'a list of fonts such as "Source Sans 3", sans-serif' },
  shadow: { is: isPlainValue, what: 'a shadow such as 0 1px 2px rgba(0, 0, 0, 20%)' },
}

function checkContrast(theme: Theme, scheme: 'light' | 'dark'): readonly InputIssue[] {
  const colors = colorsOf(theme, scheme)
  const prefix = scheme === 'dark' ? DARK_PREFIX : ''
  return READ_ON.flatMap(([front, backs, least]) =>
    backs.flatMap((back) => {
      const found = contrast(colors[front], colors[back])
      if (found >= least) return []
      const pair = `${colors[front]} on ${prefix}${back} ${colors[back]}`
      return [{ path: `theme.${prefix}${front}`, message: `has contrast ${shown(found)} (${pair}); at least ${least}` }]
    }),
  )
}

/** Cut, not rounded: 4.499 must not read as the 4.5 that it misses. */
const shown = (ratio: number): number => Math.floor(ratio * 100) / 100
