export {
  type JsonWebKeySet,
  type JwtAuthenticatorOptions,
  type JwtClaims,
  type JwtDiscountsOptions,
  type JwtKeys,
  jwtAuthenticator,
  jwtDiscounts,
  type SessionLookup,
  sessionAuthenticator,
} from './authenticators/index.ts'
export { type BursarConfig, defineConfig, type ServerConfig } from './define-config.ts'
export {
  createHandler,
  type Handler,
  type HandlerOptions,
  type LimitedAct,
  type RateLimits,
  type RequestInfo,
} from './handler/index.ts'
export { type PinoLoggerOptions, pinoLogger } from './logging/index.ts'
export { type ActLimit, type LimitOptions, memoryRateLimits } from './rate-limits/index.ts'
export { type ResilienceOptions, type ResilienceState, type Resilient, resilient } from './resilience.ts'
export {
  type NodeListener,
  type NodeListenerOptions,
  type RunningServer,
  type ServeOptions,
  serve,
  toNodeListener,
} from './server/index.ts'
