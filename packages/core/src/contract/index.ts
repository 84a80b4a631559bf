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
} from './admin-api.ts'
export type { CartsApi, CommerceClient, MeApi, OrdersApi, ProductsApi, QuotesApi, SiteApi } from './api.ts'
export type { OperationOptions, PageInput, PageOf } from './common.ts'
export type { Route } from './route.ts'
