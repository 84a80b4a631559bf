export { BursarError, type ErrorDetails, type InputIssue, isBursarError } from './bursar-error.ts'
export { type CommonErrorCode, type ErrorAudience, type ErrorCode, type ErrorEntry, ERRORS } from './codes.ts'
export { issueUnless, refuseInput } from './refuse-input.ts'
