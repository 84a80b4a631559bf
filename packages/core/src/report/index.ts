export { doctor } from './doctor.ts'
export type { DoctorFinding, DoctorReport, DoctorSeverity } from './doctor-report.ts'
export { formatDoctorReport } from './format-doctor-report.ts'
