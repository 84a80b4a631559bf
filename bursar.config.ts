// `npm run bursar -- <command>` in a clone works on the sample shop.
export { default } from './examples/sample-shop/bursar.config.ts'
