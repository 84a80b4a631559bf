/** What a token's value is. */
export type TokenKind = 'color' | 'size' | 'number' | 'font' | 'shadow'

/** One design token of a site. */
export interface ThemeToken {
  /** What its value is. */
  readonly kind: TokenKind
  /** Its value where the site says nothing. */
  readonly value: string
  /** A variable of the page around that goes before `value` where the site says nothing: the host's own brand. */
  readonly host?: string
}

const color = (light: string, host?: string): ThemeToken => ({
  kind: 'color',
  value: light,
  ...(host === undefined ? {} : { host }),
})

/** Colours by role, on a light page. */
const LIGHT = {
  /** The page. */
  surface: color('#ffffff'),
  /** Cards and fields on it. */
  'surface-raised': color('#ffffff'),
  /** Quiet areas. */
  'surface-sunken': color('#f4f5f7'),
  /** Words. */
  text: color('#1d232b'),
  /** Words that matter less. */
  'text-muted': color('#56606c'),
  /** Lines that only please the eye. */
  border: color('#dde1e6'),
  /** Edges of fields and buttons. */
  'border-strong': color('#7b8591'),
  /** Links and main buttons. */
  accent: color('#0b5cad', '--pgn-color-primary-base'),
  /** A tint of the accent behind text. */
  'accent-soft': color('#e6f0fa'),
  /** Words on the accent; chosen by contrast unless given. */
  'on-accent': color('#ffffff'),
  /** The ring around what has the keyboard. */
  focus: color('#0b5cad'),
  /** Good news, and the tint behind it. */
  success: color('#17693a'),
  'success-soft': color('#e5f4ea'),
  /** What needs a look, and the tint behind it. */
  warning: color('#7a4d00'),
  'warning-soft': color('#fdf3dc'),
  /** What went wrong, and the tint behind it. */
  danger: color('#b3261e'),
  'danger-soft': color('#fdecea'),
} as const satisfies Readonly<Record<string, ThemeToken>>

/** A colour's role. */
export type ColorRole = keyof typeof LIGHT

/** The same on a dark page; given by the name with `dark-` before it. */
const DARK: Readonly<Record<ColorRole, string>> = {
  surface: '#14171b',
  'surface-raised': '#1c2026',
  'surface-sunken': '#0e1013',
  text: '#edeff2',
  'text-muted': '#a9b2bd',
  border: '#323841',
  'border-strong': '#77818d',
  accent: '#7ab8f5',
  'accent-soft': '#16304a',
  'on-accent': '#08121d',
  focus: '#7ab8f5',
  success: '#79d19b',
  'success-soft': '#12301f',
  warning: '#f0c263',
  'warning-soft': '#382a0b',
  danger: '#ff9b92',
  'danger-soft': '#421915',
}

/** Roles of colours, in the order of the table. */
// The keys of a literal are its own.
export const COLOR_ROLES = Object.keys(LIGHT) as readonly ColorRole[]

/** Before the name of a colour that counts on a dark page. */
export const DARK_PREFIX = 'dark-'

const SHAPES = {
  /** Text. */
  'font-body': { kind: 'font', value: 'system-ui, sans-serif', host: '--pgn-typography-font-family-base' },
  /** Headings. */
  'font-heading': { kind: 'font', value: 'system-ui, sans-serif' },
  /** Size of text. */
  'font-size': { kind: 'size', value: '1rem' },
  /** How much larger each step of headings is. */
  'font-scale': { kind: 'number', value: '1.25' },
  /** Height of a line of text, in its size. */
  'line-height': { kind: 'number', value: '1.6' },
  /** The unit of all distances. */
  space: { kind: 'size', value: '0.5rem' },
  /** Corners of buttons and fields. */
  radius: { kind: 'size', value: '0.5rem' },
  /** Corners of cards. */
  'radius-large': { kind: 'size', value: '0.875rem' },
  /** Under cards. */
  shadow: { kind: 'shadow', value: '0 1px 2px rgba(16, 24, 40, 8%)' },
  /** Widest page. */
  'page-width': { kind: 'size', value: '72rem' },
} as const satisfies Readonly<Record<string, ThemeToken>>

/** All design tokens by name. Colours of dark pages are `dark-` and the role. */
export const THEME_TOKENS: Readonly<Record<string, ThemeToken>> = {
  ...LIGHT,
  ...Object.fromEntries(COLOR_ROLES.map((role) => [`${DARK_PREFIX}${role}`, color(DARK[role])])),
  ...SHAPES,
}
