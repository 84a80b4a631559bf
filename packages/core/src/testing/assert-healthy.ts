import { type Storage, systemRuntime } from '../ports/index.ts'
import { doctor, formatDoctorReport } from '../report/index.ts'
import type { Instant } from '../time/index.ts'
import { faultsOf } from './faults-of.ts'

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
  const faults = faultsOf(findings)
  if (faults.length > 0) throw new Error(formatDoctorReport({ checked, findings: faults }))
}
