export type {
  AdminApiKeysApi,
  AdminAuditEventsApi,
  AdminClient,
  AdminCustomersApi,
  AdminGrantsApi,
  AdminJobsApi,
  AdminOrdersApi,
  AdminPaymentsApi,
  AdminProductsApi,
  AdminReportsApi,
  ApiKeyView,
  CreateInput,
  CustomerExport,
  ImportProductsInput,
  ImportResult,
  PutCustomerInput,
  RecordInput,
  RecordsApi,
  UpdateInput,
  Versioned,
} from '../contract/admin-api.ts'
export type { AdminOperationName, OperationError, OperationOptions, PageInput, PageOf } from '../contract/index.ts'
export { BursarError, type ErrorCode, isBursarError } from '../errors/index.ts'
export type { ClientOptions, Secret, Send } from './client-options.ts'
export { createAdminClient } from './create-admin-client.ts'
