import { describe, expect, it, test } from 'vitest'
import { checkTheme } from './check-theme.ts'
import { contrast, readableOn } from './contrast.ts'
import { readDesignTokens } from './read-design-tokens.ts'
import { themeCss } from './theme-css.ts'
import { DARK_PREFIX, THEME_TOKENS } from './theme-tokens.ts'

describe('contrast', () => {
  // As https://webaim.org/resources/contrastchecker/ and the text of WCAG give them.
  test.each([
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#ffc20e', '#ffffff', 1.62],
    ['#947108', '#ffffff', 4.54],
    ['#abc', '#aabbcc', 1],
  ])('of %s and %s is %d', (first, second, expected) => {
    expect(Math.abs(contrast(first, second) - expected)).toBeLessThan(0.01)
    expect(contrast(second, first)).toBe(contrast(first, second))
  })

  test.each([
    ['#ffc20e', '#000000'],
    ['#0b5cad', '#ffffff'],
  ])('on %s reads %s', (background, expected) => expect(readableOn(background)).toBe(expected))
})

describe('checking a theme', () => {
  it('finds nothing wrong with what a site gets that says nothing', () => expect(checkTheme({})).toEqual([]))

  test.each([
    ['brand', '#0a5', 'theme', 'is no design token'],
    ['constructor', '#0a5', 'theme', 'is no design token'],
    ['accent', 'red', 'theme.accent', 'a colour such as'],
    ['space', '1rem; color: red', 'theme.space', 'a size such as'],
    ['space', '-1rem', 'theme.space', 'a size such as'],
    ['font-scale', '1.2rem', 'theme.font-scale', 'a number such as'],
    ['font-body', 'url(x)', 'theme.font-body', 'a list of fonts'],
  ])('refuses %s: %s', (name, value, path, message) => {
    expect(checkTheme({ [name]: value })).toEqual([{ path, message: expect.stringContaining(message) }])
  })

  it('refuses colours that cannot be read, with the pair and both ratios', () => {
    const issues = checkTheme({ accent: '#ffc20e' })
    const message = 'has contrast 1.61 (#ffc20e on surface #ffffff); at least 4.5'
    expect(issues).toContainEqual({ path: 'theme.accent', message })
    expect(issues.every(({ path }) => path === 'theme.accent')).toBe(true)
  })

  it('looks at dark pages too', () => {
    const [issue] = checkTheme({ 'dark-text': '#333333' })
    expect(issue).toMatchObject({
      path: 'theme.dark-text',
      message: expect.stringContaining('on dark-surface #14171b'),
    })
  })

  it('takes a light accent whose words are dark, for they are chosen', () => {
    const issues = checkTheme({ 'dark-accent': '#ffd54a', 'dark-focus': '#ffd54a' })
    expect(issues).toEqual([])
    expect(themeCss({ 'dark-accent': '#ffd54a' })).toContain('--bursar-on-accent:#000000')
  })
})

describe('the stylesheet', () => {
  it('declares every token, colours twice', () => {
    const css = themeCss({})
    for (const name of Object.keys(THEME_TOKENS)) {
      const declared = css.split(`--bursar-${name.replace(DARK_PREFIX, '')}:`).length - 1
      expect([name, declared]).toEqual([name, THEME_TOKENS[name]?.kind === 'color' ? 2 : 1])
    }
  })

  it('has the site’s values, else those of the page around, else the defaults', () => {
    expect(themeCss({ accent: '#7a1f3d' })).toContain('--bursar-accent:#7a1f3d;')
    expect(themeCss({})).toContain('--bursar-accent:var(--pgn-color-primary-base,#0b5cad);')
    expect(themeCss({})).toContain('--bursar-space:0.5rem')
  })
})

describe('a document of design tokens', () => {
  it('becomes a theme: groups, references, every kind of value', () => {
    const read = readDesignTokens({
      palette: {
        wine: { $type: 'color', $value: { colorSpace: 'srgb', components: [0.48, 0.12, 0.24], hex: '#7a1f3d' } },
      },
      accent: { $type: 'color', $value: '{palette.wine}' },
      dark: { accent: { $type: 'color', $value: '#f2a7bd' } },
      font: { $type: 'fontFamily', body: { $value: ['Source Sans 3', 'sans-serif'] }, scale: { $value: 1.2 } },
      radius: { $type: 'dimension', $value: { value: 0.25, unit: 'rem' } },
      shadow: {
        $type: 'shadow',
        $value: {
          ...{ offsetX: { value: 0, unit: 'px' }, offsetY: { value: 1, unit: 'px' }, blur: { value: 3, unit: 'px' } },
          ...{ spread: { value: 0, unit: 'px' }, color: { colorSpace: 'srgb', hex: '#101828', alpha: 0.1 } },
        },
      },
    })
    expect(read).toEqual({
      ok: true,
      theme: {
        ...{ accent: '#7a1f3d', 'dark-accent': '#f2a7bd', 'font-body': '"Source Sans 3", sans-serif' },
        ...{ 'font-scale': '1.2', radius: '0.25rem', shadow: '0px 1px 3px 0px rgba(16, 24, 40, 10%)' },
      },
    })
    expect(read.ok && checkTheme(read.theme)).toEqual([])
  })

  test.each([
    ['a circle', { accent: { $value: '{radius}' }, radius: { $value: '{accent}' } }],
    ['a reference to nothing', { accent: { $value: '{palette.none}' } }],
    ['another kind of value', { accent: { $value: { any: 1 } } }],
    ['no token of ours', { palette: { wine: { $value: '#7a1f3d' } } }],
  ])('with %s is refused', (_what, document) => expect(readDesignTokens(document)).toMatchObject({ ok: false }))
})
