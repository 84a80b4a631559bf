import { defineProject, type UserWorkspaceConfig } from 'vitest/config'
import { project } from '../../vitest.shared.ts'

/**
 * The tests of this package. React, and what is made for it, is taken from the folder of the configuration: so the same
 * tests run on each React that is supported.
 */
export const reactProject = (name: string, react: string): UserWorkspaceConfig => {
  const { resolve, ssr, test } = project(name, { include: [`${import.meta.dirname}/src/**/*.test.{ts,tsx}`] })
  const dedupe = ['react', 'react-dom', '@testing-library/react', '@tanstack/react-query']
  return defineProject({
    resolve: { ...resolve, dedupe },
    ssr: { ...ssr },
    test: { ...test, provide: { react } },
  })
}
