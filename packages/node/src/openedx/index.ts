export { type OpenEdx, type OpenEdxOptions, openedx } from './openedx.ts'
export type { OpenEdxTarget } from './openedx-target.ts'
