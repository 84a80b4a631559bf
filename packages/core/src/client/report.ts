/** Lets the page hear of an error in what its host gave, as of any that nobody caught, and goes on. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
