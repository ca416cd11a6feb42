import { families } from '../catalogue/families.ts'
import { catalogue } from '../catalogue/index.ts'
import { bugsNotShown, scenariosNotShown } from '../catalogue/not-shown.ts'
import { familyOf, type Scenario } from '../scenario/scenario.ts'
import { expectedInWords } from './expected-in-words.ts'
import { stepInWords } from './step-in-words.ts'

const introduction = `# The stories of logging out

For whoever wants to know what a scenario does before it is told. Made from \`scenarios/catalogue/\` by \`npx vitest run scenarios/report -u\`. \`sloop run\` tells them, \`sloop run signature/none\` one of them. Each begins in a world of its own and ends with a proof: what is alive and what is dead is probed, whatever anybody claimed.

"Shows" names the clauses that a story rests on and the [bugs of the field](bugs.md) that would make it red. What Elasticsearch refuses is 401 in recent versions and 500 in older ones, unless a status is said.
`

/** The page of all stories (`docs/scenarios.md`). */
export function scenariosDocument(): string {
  const parts = Object.entries(families).map(([family, sentence]) => {
    const stories = catalogue.filter((story) => familyOf(story) === family)
    return [`## ${family} (${stories.length})\n\n${sentence}\n`, ...stories.map(storyInWords)].join('\n')
  })
  return [introduction, `${catalogue.length} stories.\n`, ...parts, notShown()].join('\n')
}

function storyInWords(story: Scenario): string {
  const { id, title, steps, expected } = story
  return [
    `### ${id}\n`,
    `${sentenceOf(title)}\n`,
    ...steps.map((step, index) => `${index + 1}. ${sentenceOf(stepInWords(step))}`),
    '',
    ...beginningOf(story).map((line) => `- ${line}`),
    `- Ends so: ${expectedInWords(expected).join('; ')}.`,
    `- Shows: ${shownBy(story)}.`,
    '',
  ].join('\n')
}

function beginningOf({ given, conditions, onlyIn, notes = [] }: Scenario): readonly string[] {
  return [
    ...notes,
    ...(given === undefined ? [] : [`World: \`${shortened(given)}\``]),
    ...(conditions === undefined ? [] : [`Conditions: \`${shortened(conditions)}\``]),
    ...(onlyIn === undefined ? [] : [`Only by \`--driver ${onlyIn.driver}\`: ${onlyIn.because}`]),
  ]
}

const shownBy = ({ clauses, bugs = [] }: Scenario): string =>
  [...clauses, ...bugs.map((bug) => `[${bug}](bugs.md#${bug.toLowerCase()})`)].join(', ')

const longest = 200

const shortened = (value: object): string =>
  JSON.stringify(value, (_key, each) => (typeof each === 'string' && each.length > longest ? '…' : each))

const sentenceOf = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

function notShown(): string {
  const scenarios = Object.entries(scenariosNotShown).map(([number, why]) => `- logout-bugs scenario ${number}: ${why}`)
  const bugs = Object.entries(bugsNotShown).map(([bug, why]) => `- [${bug}](bugs.md#${bug.toLowerCase()}): ${why}`)
  return ['## Not shown\n', ...scenarios, ...bugs, ''].join('\n')
}
