import type { Check } from './check.ts'
import type { DoctorFinding, DoctorReport } from './doctor-report.ts'

/** What a walk over live data has looked at and found so far. */
export class Examination {
  readonly #checked = new Map<string, number>()
  readonly #findings: DoctorFinding[] = []

  /**
   * Looks at one record. Data move while they are looked at, and what is read in several steps is of several moments; so
   * a broken rule counts only if a second look, at what is there then, finds it too.
   *
   * @param again reads the facts anew; null when the record is gone meanwhile.
   */
  async look<Facts>(checks: readonly Check<Facts>[], facts: Facts, again: () => Promise<Facts | null>): Promise<void> {
    for (const { name } of checks) this.count(name)
    const first = findingsOf(checks, facts)
    if (!first.some(({ severity }) => severity === 'broken')) {
      this.#findings.push(...first)
      return
    }
    const now = await again()
    const second = now === null ? [] : findingsOf(checks, now)
    const before = new Set(first.map(keyOf))
    this.#findings.push(...second.filter((finding) => finding.severity === 'case' || before.has(keyOf(finding))))
  }

  /** Counts records that a check has looked at. */
  count(check: string, records = 1): void {
    this.#checked.set(check, (this.#checked.get(check) ?? 0) + records)
  }

  /** Notes something that no check of a record finds. */
  add(finding: DoctorFinding): void {
    this.#findings.push(finding)
  }

  /** What was seen. */
  report(): DoctorReport {
    return { checked: Object.fromEntries(this.#checked), findings: this.#findings }
  }
}

function findingsOf<Facts>(checks: readonly Check<Facts>[], facts: Facts): DoctorFinding[] {
  return checks.flatMap((check) =>
    check.find(facts).map(({ record, message, severity = 'broken', invariant = check.invariant }) => ({
      invariant,
      check: check.name,
      severity,
      record,
      message,
    })),
  )
}

const keyOf = ({ check, record, message }: DoctorFinding): string => JSON.stringify([check, record, message])
