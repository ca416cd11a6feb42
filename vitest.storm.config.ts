import { defineConfig, mergeConfig } from 'vitest/config'
import tests from './vitest.config.ts'

/** Each runs against `testStores`. */
const storeRules = [
  'core/server/{shared-faults,store/**/*}.test.ts',
  'idp/{replicas,sessions/session-store}.test.ts',
  'idp/slo/{end-behind,logout-run-store,seen-requests}.test.ts',
  'idp/sso/sso-task-store.test.ts',
  'sp-emulator/partner-replicas.test.ts',
  'sp-emulator/es/replicas.test.ts',
  'sp-emulator/tokens/shared-token-store.test.ts',
  'sp-emulator/webapp/{replicas,login/replay-memory,sessions/session-store}.test.ts',
]
const storms = ['scenarios/conformance/replicas/*.spec.ts', 'core/server/store/**/*.spec.ts']

const clusterAsEngine = {
  find: /^\.\/engine\.test-support\.ts$/,
  replacement: `${import.meta.dirname}/core/server/store/cluster-engine.test-support.ts`,
}

/** What takes too long for every run of all tests: storms, and every rule of the stores at a cluster. */
export default defineConfig({
  test: {
    projects: [
      { ...tests, test: { ...tests.test, name: 'storm', include: storms } },
      {
        ...mergeConfig(tests, { resolve: { alias: [clusterAsEngine] } }),
        test: { ...tests.test, name: 'cluster', include: storeRules },
      },
    ],
  },
})
