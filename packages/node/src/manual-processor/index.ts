export { type ManualProcessorOptions, manualProcessor } from './manual-processor.ts'
