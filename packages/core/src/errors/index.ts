export { BursarError, type ErrorDetails, type InputIssue, isBursarError } from './bursar-error.ts'
export { type CommonErrorCode, ERRORS, type ErrorAudience, type ErrorCode, type ErrorEntry } from './codes.ts'
export { issueUnless, refuseInput } from './refuse-input.ts'
