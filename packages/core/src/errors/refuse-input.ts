import { BursarError } from './bursar-error.ts'
import type { InputIssue } from './coded-error.ts'

/** At most so many issues are told at once; more help nobody. */
const MAXIMUM_ISSUES = 100

/** No issue where the rule holds, else one. */
export function issueUnless(holds: boolean, path: string, message: string): readonly InputIssue[] {
  return holds ? [] : [{ path, message }]
}

/** @throws BursarError `invalid_input` with the issues, if there are any */
export function refuseInput(issues: readonly InputIssue[]): void {
  if (issues.length > 0) throw new BursarError('invalid_input', { issues: issues.slice(0, MAXIMUM_ISSUES) })
}
