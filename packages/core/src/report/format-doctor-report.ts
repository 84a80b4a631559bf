import { CHECK_NAMES } from './checks.ts'
import type { DoctorFinding, DoctorReport } from './doctor-report.ts'

/** A report as text: a line per check with its counts, then each finding, what is broken first. Ends with a line break. */
export function formatDoctorReport({ checked, findings }: DoctorReport): string {
  const broken = findings.filter(({ severity }) => severity === 'broken')
  const cases = findings.filter(({ severity }) => severity === 'case')
  const lines = [
    ...Object.entries(checked)
      .map(([check, count]) => checkLine(check, count, findings))
      .sort(byInvariant)
      .map(({ line }) => line),
    '',
    verdictOf(broken.length, cases.length),
    ...[...broken, ...cases].map(findingLine),
  ]
  return `${lines.join('\n')}\n`
}

/** Widest name of a check, for columns. */
const WIDTH = Math.max(...CHECK_NAMES.map(({ name }) => name.length))
const PLACES = new Map(CHECK_NAMES.map(({ name }, place) => [name, place]))
const INVARIANTS = new Map(CHECK_NAMES.map(({ name, invariant }) => [name, invariant]))

const byInvariant = (left: { place: number }, right: { place: number }): number => left.place - right.place

function checkLine(check: string, count: number, findings: readonly DoctorFinding[]): { place: number; line: string } {
  const own = findings.filter((finding) => finding.check === check)
  const broken = own.filter(({ severity }) => severity === 'broken').length
  const counts = [`${count} checked`]
  if (broken > 0) counts.push(`${broken} broken`)
  if (own.length > broken) counts.push(own.length - broken === 1 ? '1 case' : `${own.length - broken} cases`)
  const known = PLACES.get(check)
  return {
    place: known ?? CHECK_NAMES.length,
    line: `${(INVARIANTS.get(check) ?? '').padEnd(4)} ${check.padEnd(WIDTH)}  ${counts.join(', ')}`,
  }
}

function verdictOf(broken: number, cases: number): string {
  if (broken + cases === 0) return 'All is well.'
  const waiting = cases === 0 ? '' : `${cases === 1 ? '1 case waits' : `${cases} cases wait`} for a person`
  if (broken === 0) return `Nothing is broken; ${waiting}:`
  const rules = broken === 1 ? '1 finding: a rule is broken' : `${broken} findings: rules are broken`
  return `${rules}${waiting === '' ? '' : `; ${waiting}`}:`
}

const findingLine = ({ invariant, severity, record, message }: DoctorFinding): string =>
  `  ${severity.padEnd(6)} ${invariant.padEnd(4)} ${record}: ${message}`
