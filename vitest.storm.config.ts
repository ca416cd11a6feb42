import { defineConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** The storm that takes too long for every run of all tests. */
export default defineConfig({
  ...tests,
  test: { ...tests.test, include: ['scenarios/conformance/replicas/*.spec.ts'] },
})
