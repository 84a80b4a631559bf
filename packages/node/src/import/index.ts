export { type FormatReportOptions, formatReport } from './format-report.ts'
export type { ImportRefusal, ImportReport } from './import-report.ts'
export { createProgressBar, type ImportProgress, type ProgressBar, type ProgressStream } from './progress-bar.ts'
export { type ReadCatalogFileOptions, type ReadCatalogFileResult, readCatalogFile } from './read-catalog-file.ts'
