export type {
  AdminProduct,
  CreateProductInput,
  ProductRef,
  PublicationInput,
  UpdateProductInput,
  VariantInput,
} from './admin-api.ts'
export type { AdminPorts } from './admin-ports.ts'
export { bundleParts, chosenParts, chosenWrong } from './bundle-parts.ts'
export { type PublicationRecord, productCollections, products, publications, variants } from './catalog.collection.ts'
export type { GetProductInput, ListProductsInput, PriceTier, ProductView, VariantView } from './catalog-api.ts'
export { checkAttributes } from './check-attributes.ts'
export { checkVariant } from './check-variant.ts'
export { draftVariant, type VariantPlace } from './draft-variant.ts'
export { type CheckedImport, type CheckImportOptions, checkImport, missingBundleParts } from './import-check.ts'
export { productOfRow, variantInputOfRow, variantNameOf } from './import-draft.ts'
export { IMPORT_FIELDS, type ImportField, isImportField } from './import-fields.ts'
export type { CheckTarget } from './import-fulfilment.ts'
export type { DateOrder, ImportDateOptions } from './import-instant.ts'
export type { Parsed } from './import-parsed.ts'
export { type ParsePriceOptions, parsePrice } from './import-price.ts'
export type { CatalogRowPrice, ImportPriceOptions } from './import-prices.ts'
export {
  type CatalogRow,
  type ValidatedImportRow,
  type ValidateImportRowOptions,
  validateImportRow,
} from './import-row.ts'
export type { ImportIssue } from './import-row-reader.ts'
export { misreadNumber } from './misread-number.ts'

export type {
  Bundle,
  BundleGroup,
  BundlePart,
  BundlePricing,
  FulfilmentTarget,
  OwnedPartsRule,
  Prerequisite,
  Product,
  RecordStatus,
  Upgrade,
  Variant,
} from './product.ts'
export {
  type CollectionFinder,
  type CollectionRule,
  findCollections,
  type ProductCollection,
} from './product-collection.ts'
export { type NewProductCollection, productCollectionKind } from './product-collection-kind.ts'
export {
  draftProductFields,
  type ProductFields,
  type ProductFieldsInput,
  type ShownProductFields,
  shownProductFields,
} from './product-fields.ts'
export type { AttributeDefinition, ProductType } from './product-type.ts'
export type { Publication } from './publication.ts'
export { checkPublication, publicationOf, publish, shownBy, slugCandidates } from './publish.ts'
export { type Run, runCounter } from './run.ts'
export { type ShownVariant, shownVariant } from './shown-variant.ts'
export { standardProductTypes } from './standard-product-types.ts'
