export { createHandler } from './create-handler.ts'
export type { Handler, HandlerOptions, RequestInfo } from './handler-options.ts'
export type { LimitedAct, RateLimits } from './rate-limits.ts'
