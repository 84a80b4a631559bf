import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Colours, fonts and distances come from the site's theme: everything else in a declaration is size, position or a word of CSS. */
const COLOR = /^(?:color|background(?:-color)?|fill|stroke|border.*|outline.*|box-shadow|--tone)$/
const FONT = /^font(?:-family|-size)?$/
const SPACE = /^(?:margin|padding|gap|row-gap|column-gap)(?:-|$)/

/** What is wrong with a declaration, or null. */
function complaint(property: string, value: string): string | null {
  const own = [...value.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name ?? '')
  const foreign = own.find((name) => !name.startsWith('--bursar-') && name !== '--tone')
  if (foreign !== undefined) return `${foreign} is no property of the theme`
  const rest = value.replaceAll(/var\(--[\w-]+\)/g, ' ')
  if (
    COLOR.test(property) &&
    /#[0-9a-f]{3}|\b(?:rgba?|hsla?|oklch|lab|lch|hwb|color)\(|\b(?:white|black|red|gr[ae]y)\b/i.test(rest)
  ) {
    return 'a colour that is not the theme’s'
  }
  if (FONT.test(property) && /["']|serif|monospace|system-ui|\d+(?:px|pt|rem)\b/.test(rest))
    return 'a font that is not the theme’s'
  // 0, auto and what is reckoned from the theme's unit; a length of its own only beside it, as the width of a box that it stands next to.
  const lengths = value.includes('var(--bursar-space)') || value.includes('var(--bursar-radius)') ? '' : rest
  if (SPACE.test(property) && /\d(?:px|rem|em|ch)\b/.test(lengths)) return 'a distance that is not the theme’s'
  return null
}

function complaintsOf(css: string): string[] {
  const declarations = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/(?<=[{;]\s*)([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)
  return [...declarations].flatMap(([, property = '', value = '']) => {
    const found = complaint(property, value)
    return found === null ? [] : [`${property}: ${value.trim()}: ${found}`]
  })
}

describe('the check', () => {
  test.each([
    'a { color: #fff; }',
    'a { color: white }',
    'a { background: rgb(1 2 3); }',
    'a { box-shadow: 0 1px 2px rgba(0, 0, 0, 0.1); }',
    'a { border-color: var(--brand); }',
    'a { font-family: "Inter", sans-serif; }',
    'a { font-size: 14px; }',
    'a { margin: 0 8px; }',
    'a { padding-inline: 1rem }',
    '@media (min-width: 10rem) { a { gap: 4px; } }',
  ])('sees %s', (css) => expect(complaintsOf(css)).toHaveLength(1))

  test.each([
    'a { color: var(--bursar-text); margin: 0 auto; border: 1px solid var(--bursar-border); }',
    'a { padding: calc(var(--bursar-space) * 2); background: color-mix(in oklab, var(--bursar-accent) 20%, var(--bursar-surface)); }',
    'a:hover { color: currentColor; fill: none; width: 2.75rem; /* color: #fff; */ }',
  ])('lets %s through', (css) => expect(complaintsOf(css)).toEqual([]))
})

describe('stylesheets take colours, fonts and distances from the theme alone', () => {
  const root = join(import.meta.dirname, '..', '..', 'examples')
  const files = globSync(['storefront/src/**/*.css', 'sample-shop/processor/*.css'], { cwd: root })
  test('there are some', () => expect(files.length).toBeGreaterThan(5))
  test.each(files)('%s', (file) => expect(complaintsOf(readFileSync(join(root, file), 'utf8'))).toEqual([]))
})
