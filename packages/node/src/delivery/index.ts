export {
  type DownloadCheck,
  type DownloadDelivery,
  type DownloadDeliveryOptions,
  downloadDelivery,
} from './download-delivery.ts'
export { manualDelivery } from './manual-delivery.ts'
