export { codesCsv } from './codes-csv.ts'
