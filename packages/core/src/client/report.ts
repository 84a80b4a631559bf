/** Lets the page hear of an error in what its host gave, as of any that nobody caught, and goes on. */
export function report(error: unknown): undefined {
  queueMicrotask(() => {
    throw error
  })
}

/** Does what the host gave: the answer, or nothing where it throws, which is reported. */
export function shielded<Answer>(act: () => Answer): Answer | undefined {
  try {
    return act()
  } catch (error) {
    return report(error)
  }
}
