import { onTestFinished } from 'vitest'
import { examineBy } from './src/testing/examine-when-finished.ts'

// Every shop that a test opens is examined by the doctor when the test has ended.
examineBy((work) => onTestFinished(work))
