import type { DoctorSeverity } from './doctor-report.ts'

/** What a check has found at a record. */
export interface Problem {
  /** Id of the record. */
  record: string
  /** What is wrong, with figures. */
  message: string
  /** @default 'broken' */
  severity?: DoctorSeverity | undefined
  /** Where it is another invariant than the check's first. */
  invariant?: string | undefined
}

/** One rule of the books: a pure function of the facts about one record. */
export interface Check<Facts> {
  /** Name in reports, in words. */
  name: string
  /** The invariant that it proves. */
  invariant: string
  /** What is wrong; empty when all is well. */
  find: (facts: Facts) => readonly Problem[]
}

/** The problem where the condition does not hold. */
export function problemUnless(holds: boolean, record: string, message: string): Problem[] {
  return holds ? [] : [{ record, message }]
}

/** Something for a person to decide. */
export function openCase(record: string, message: string): Problem {
  return { record, message, severity: 'case' }
}
