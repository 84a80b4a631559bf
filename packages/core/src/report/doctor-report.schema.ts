import { compoundId } from '../ids/id.schema.ts'
import { model, part, type SchemaOf } from '../json/checked.schema.ts'
import { choice, dictionary, items, text, whole } from '../json/field.schema.ts'
import type { DoctorFinding, DoctorReport } from './doctor-report.ts'

/** What the doctor saw. */
export const doctorReport: SchemaOf<DoctorReport> = model<DoctorReport>('DoctorReport')({
  checked: dictionary(whole(0, Number.MAX_SAFE_INTEGER)),
  findings: items(
    part<DoctorFinding>()({
      invariant: text(1, 20),
      check: text(1, 100),
      severity: choice('broken', 'case'),
      record: compoundId,
      message: text(1, 5000),
    }),
  ),
})
