export { createCommerce } from './create-commerce.ts'
