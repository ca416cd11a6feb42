import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPlaywright, readVitest } from './test-reports.mjs'

const bin = (name, path) => join('node_modules', name, path)

/**
 * What `npm test` runs, in this order; what stands in one list runs at the same time, since a checker of types, like a browser that waits for a page,
 * leaves a core free. A step that runs tests writes a report, and `report` reads it. A step that is not run is listed with the reason, `notRun`.
 */
export function testSteps(reports, { withPeers }) {
  const unit = join(reports, 'vitest.json')
  const browser = join(reports, 'playwright.json')
  const peers = join(reports, 'peers.json')
  const json = [`--outputFile.json=${unit}`, '--reporter=default', '--reporter=json']
  return [
    [
      // Several checkers would each work out the types of all packages: on two cores one takes no longer, and a third less CPU.
      // And its memory is not tidied up: all of it is a gigabyte and a half, a tenth more than with.
      {
        name: 'types',
        args: [bin('typescript', 'bin/tsc'), '--noEmit', '--checkers', '1'],
        env: { GOGC: 'off', GOMEMLIMIT: '3GiB' },
      },
      { name: 'lint', args: [bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.'] },
      { name: 'build', args: [join('harness', 'bootstrap', 'rebuild.mjs')] },
    ],
    [
      { name: 'unit tests', args: [bin('vitest', 'vitest.mjs'), 'run', ...json], report: () => readVitest(read(unit)) },
      playwright('browser tests', 'e2e/playwright.config.ts', browser),
    ],
    withPeers ? playwright('peers', 'e2e/peers/playwright.config.ts', peers) : { name: 'peers', notRun: withoutPeers },
  ]
}

const withoutPeers =
  'SLOOP_PEERS=1 is not set, with which Shibboleth, mod_auth_mellon and SimpleSAMLphp are installed from Debian and tried against ours'

function playwright(name, config, report) {
  return {
    name,
    args: [bin('playwright', 'cli.js'), 'test', '-c', config, '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    report: () => readPlaywright(read(report)),
  }
}

/** A step that failed counts for at least one, even if it never came to running a test. */
export function outcome(code, reported) {
  return { ...reported, failed: code === 0 ? reported.failed : Math.max(1, reported.failed) }
}

function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
