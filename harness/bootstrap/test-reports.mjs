import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { repository } from './repository.mjs'

/** How many lines of what a test says of its failure are repeated at the end. */
const linesOfOne = 20

/** What vitest's JSON report says: how many tests passed and failed, and each failure. A file that could not be loaded is a failure without a test. */
export function readVitest({ numPassedTests, numFailedTests, testResults }) {
  return { passed: numPassedTests, failed: numFailedTests, failures: testResults.flatMap(failuresOfFile) }
}

function failuresOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((result) => result.status === 'failed')
  if (failed.length === 0 && status === 'failed') return [failure(name, [], [message])]
  return failed.map(({ fullName, failureMessages }) => failure(name, [fullName], failureMessages))
}

/** The same of Playwright's. What failed outside of every test, such as a server that did not start, is a failure, too. */
export function readPlaywright({ config, stats, suites, errors }) {
  const outside = errors.map(({ message }) => failure(config.configFile, [], [message]))
  const failed = suites.flatMap((suite) => specsIn(suite)).filter(({ spec }) => !spec.ok)
  const failures = failed.map((each) => failedSpec(config.rootDir, each))
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, failures: [...outside, ...failures] }
}

function specsIn({ specs, suites = [] }, titles = []) {
  return [
    ...specs.map((spec) => ({ spec, titles: [...titles, spec.title] })),
    ...suites.flatMap((suite) => specsIn(suite, [...titles, suite.title])),
  ]
}

function failedSpec(folder, { spec, titles }) {
  const errors = spec.tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
  const messages = errors.map(({ message }) => message)
  return failure(join(folder, spec.file), titles, messages)
}

/** One failure, in lines: which test it was, then what it said. */
function failure(file, titles, messages) {
  const said = stripVTControlCharacters(messages.join('\n')).split('\n')
  const ours = said.filter(
    (line) => line.trim() !== '' && !line.includes('/node_modules/') && !line.includes('(<anonymous>)'),
  )
  return [[relative(repository, file), ...titles].join(' > '), ...ours.slice(0, linesOfOne)].join('\n    ')
}
