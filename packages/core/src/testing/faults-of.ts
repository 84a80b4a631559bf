import type { DoctorFinding } from '../report/index.ts'

/**
 * What no test, race or killed process may leave: what is broken, and more sold than there was. Of that the doctor makes a case,
 * since staff may lower a limit; in a test nobody does.
 */
export function faultsOf(findings: readonly DoctorFinding[]): DoctorFinding[] {
  return findings.filter(({ severity, message }) => severity === 'broken' || message.includes('above the limit'))
}
