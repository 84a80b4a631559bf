export type { DoctorFinding, DoctorReport } from './doctor-report.ts'
