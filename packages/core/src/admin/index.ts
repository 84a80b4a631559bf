export { archiveProduct } from './archive-product.ts'
export { type AssignedCode, assignCodes, codesToRemind, markReminded } from './assign-codes.ts'
export { createProduct } from './create-product.ts'
export { type CartExplanation, explainCart } from './explain-cart.ts'
export { type CustomerRecords, exportCustomer } from './export-customer.ts'
export { getAdminProduct, listAdminProducts } from './get-products.ts'
export { type ImportOutcome, importCatalog } from './import-catalog.ts'
export { depthOfJobs, dismissJob, listJobs, retryJob } from './jobs.ts'
export { listPriceChanges } from './list-price-changes.ts'
export { codesOfBatch, createCodeBatch, mintCodes } from './mint-codes.ts'
export {
  type CartsPreview,
  type CartToPreview,
  type PreviewCartsInput,
  type PreviewedCart,
  previewCarts,
} from './preview-carts.ts'
export {
  type PreviewedOrder,
  type PreviewPromotionInput,
  type PromotionPreview,
  previewPromotion,
} from './preview-promotion.ts'
export { type Beside, createRecord, getRecord, listRecords, updateRecord } from './records.ts'
export { createSite, siteKindOf, updateSite } from './sites.ts'
export { updateProduct } from './update-product.ts'
