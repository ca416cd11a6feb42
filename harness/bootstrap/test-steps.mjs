import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const bin = (name, path) => join('node_modules', name, path)

/** What `npm test` runs, in this order. A step that runs tests writes a report, and `count` reads it. */
export function testSteps(reports) {
  const unit = join(reports, 'vitest.json')
  const browser = join(reports, 'playwright.json')
  const json = [`--outputFile.json=${unit}`, '--reporter=default', '--reporter=json']
  return [
    { name: 'types', args: [bin('typescript', 'bin/tsc'), '--noEmit'] },
    { name: 'lint', args: [bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.'] },
    { name: 'unit tests', args: [bin('vitest', 'vitest.mjs'), 'run', ...json], count: () => countVitest(read(unit)) },
    { name: 'build', args: [join('harness', 'bootstrap', 'rebuild.mjs')] },
    {
      name: 'browser tests',
      args: [bin('playwright', 'cli.js'), 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browser },
      count: () => countPlaywright(read(browser)),
    },
  ]
}

export function countVitest({ numPassedTests, numFailedTests }) {
  return { passed: numPassedTests, failed: numFailedTests }
}

export function countPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected }
}

/** A step that failed counts for at least one, even if it never came to running a test. */
export function outcome(code, counted) {
  return { passed: counted.passed, failed: code === 0 ? counted.failed : Math.max(1, counted.failed) }
}

function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
