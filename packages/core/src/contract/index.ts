export type {
  AdminApiKeysApi,
  AdminAuditEventsApi,
  AdminCartsApi,
  AdminClient,
  AdminCodeBatchesApi,
  AdminCodesApi,
  AdminCustomersApi,
  AdminGrantsApi,
  AdminJobsApi,
  AdminOrdersApi,
  AdminPaymentsApi,
  AdminProductsApi,
  AdminPromotionsApi,
  AdminReportsApi,
  ApiKeyView,
  AssignedCode,
  BatchCode,
  CartExplanation,
  CartsPreview,
  CartToPreview,
  CodeWrite,
  CreateCodeBatchInput,
  CreateInput,
  CustomerExport,
  ErasedCustomer,
  ImportProductsInput,
  ImportResult,
  NewPromotionInput,
  PreviewCartsInput,
  PreviewedCart,
  PreviewedOrder,
  PreviewPromotionInput,
  PromotionPreview,
  PutCustomerInput,
  RecordInput,
  RecordsApi,
  UpdateCodeBatchInput,
  UpdateInput,
  Versioned,
} from './admin-api.ts'

export type { CartsApi, CommerceClient, MeApi, OrdersApi, ProductsApi, QuotesApi, SiteApi } from './api.ts'
export { type ClientBuilder, clientBuilder } from './build-client.ts'
export type { Invoke, RouteTable } from './build-noun.ts'
export type { OperationOptions, PageInput, PageOf } from './common.ts'
export { decodeRequest, type RequestParts } from './decode.ts'

export { createOpenApiDocument } from './openapi.ts'
export type {
  AdminOperationName,
  CommerceOperationName,
  InputOf,
  OperationError,
  OperationInput,
  OperationMethod,
  OperationName,
  OperationOutput,
  OutputOf,
} from './operation.ts'
export { findOperation, type Operation, operations } from './operations.ts'
export { invalidInput, parseInput, refuseCardNumber } from './parse-input.ts'
export { decodeOptions, parseOptions } from './parse-options.ts'
export { type Problem, STATUS_TITLES, toProblem } from './problem.ts'
export { type RawParameter, type RawRoute, rawRoutes } from './raw-routes.ts'
export { type MayCall, mayCall } from './rights.ts'
export type { Route, RouteAddress } from './route.ts'
export { routes } from './routes.ts'
export type { OperationSchemas } from './schemas.ts'
export { buildWholeClient, type WholeClient } from './whole-client.ts'
