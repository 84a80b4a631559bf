export { type RunningServer, type ServeOptions, serve } from './serve.ts'
export { type NodeListener, type NodeListenerOptions, toNodeListener } from './to-node-listener.ts'
