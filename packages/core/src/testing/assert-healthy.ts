import { type Storage, systemRuntime } from '../ports/index.ts'
import { type DoctorFinding, doctor, formatDoctorReport } from '../report/index.ts'
import type { Instant } from '../time/index.ts'

/** Is it what no test may leave: something broken, or more sold than there was? Of that the doctor makes a case, since staff may lower a limit. */
const isFault = ({ severity, message }: DoctorFinding): boolean =>
  severity === 'broken' || message.includes('above the limit')

/**
 * Throws unless every rule of the books holds: to be called after each test that writes. Cases for a person are no fault, but
 * more sold than there was.
 *
 * @param now the clock by which something is late. @default the system's
 * @throws Error with what is broken, as `bursar doctor` says it
 */
export async function assertHealthy(
  storage: Storage,
  scope: { operator: string },
  now: Instant = systemRuntime().now(),
): Promise<void> {
  const { checked, findings } = await doctor({ storage }, { scope, now })
  const faults = findings.filter(isFault)
  if (faults.length > 0) throw new Error(formatDoctorReport({ checked, findings: faults }))
}
