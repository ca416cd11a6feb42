import { writeXml, type XmlNode, xml } from '#saml/xml/build'
import { legibleText } from '#server/legible-text'
import { familyOfResult, nameOf, type ScenarioResult } from '../run/scenario-result.ts'
import { legibleLines } from './legible-lines.ts'

/** JUnit XML as Jenkins and Surefire write it down: a suite for each family. A claim that is not so is a failure of a type of its own. */
export function toJunit(results: readonly ScenarioResult[]): string {
  const families = [...new Set(results.map(familyOfResult))]
  const suites = families.map((family) =>
    suiteOf(
      family,
      results.filter((each) => familyOfResult(each) === family),
    ),
  )
  const { tests, failures, errors, time } = countsOf(results)
  return `${writeXml(xml('testsuites', { name: 'sloop', tests, failures, errors, time }, ...suites))}\n`
}

const suiteOf = (family: string, results: readonly ScenarioResult[]): XmlNode =>
  xml('testsuite', { name: family, ...countsOf(results) }, ...results.map(caseOf))

const countsOf = (results: readonly ScenarioResult[]) => ({
  tests: String(results.length),
  failures: String(results.filter(({ outcome }) => outcome === 'differs').length),
  errors: '0',
  skipped: String(results.filter(({ outcome }) => outcome === 'notRun').length),
  time: seconds(results.reduce((sum, { ms }) => sum + ms, 0)),
})

function caseOf(result: ScenarioResult): XmlNode {
  const { scenario, reason, differences, lies, ms } = result
  const others = differences.filter((each) => !lies.includes(each))
  return xml(
    'testcase',
    {
      name: printable(`${nameOf(result)}: ${scenario.title}`),
      classname: `sloop.${familyOfResult(result)}`,
      time: seconds(ms),
    },
    ...failure('claimed, not so', lies),
    ...failure('differs', others),
    reason !== null && xml('skipped', { message: printable(reason) }),
  )
}

function failure(type: string, sentences: readonly string[]): XmlNode[] {
  const [first] = sentences
  if (first === undefined) return []
  return [
    xml('failure', { message: printable(legibleLines(first).join(' ')), type }, sentences.map(inLines).join('\n')),
  ]
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(3)

const inLines = (text: string): string => legibleLines(text).map(printable).join('\n')

/** One line of characters that XML can carry. */
const printable = (text: string): string => legibleText(text).replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
