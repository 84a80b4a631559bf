/**
 * Whose data: leads every key. The operator `system` holds what must be found before an operator is known.
 * Collections `of: 'site'` need the site; all else ignores it.
 */
export type Scope = { operator: string; site?: string | undefined }
