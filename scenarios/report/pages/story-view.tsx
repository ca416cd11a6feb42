import { legibleText } from '#server/legible-text'
import { makeDiagram } from '../../../harness/diagram/diagram.ts'
import { DiagramView } from '../../../harness/diagram/diagram-view.tsx'
import { exchangesIn } from '../../../harness/journal/exchanges.ts'
import { entriesOfResult, familyOfResult, fileNameOf, nameOf, type ScenarioResult } from '../../run/scenario-result.ts'
import { legibleLines } from '../legible-lines.ts'
import { stepInWords } from '../step-in-words.ts'
import { LedgerView, ProvenView } from './claims-view.tsx'
import { MessagesView, messageIdOf } from './messages-view.tsx'
import { participantsOf } from './participants.ts'

const marks = { held: '✓ held', differs: '✗ differs', notRun: '– not run' } as const

/** All that is known of one scenario: what it is about, what differs, what was done, and what went over the wire. */
export function StoryView({ result }: { result: ScenarioResult }) {
  const { scenario, outcome, ms, lies } = result
  return (
    <details
      class={`story card ${outcome}`}
      id={fileNameOf(result)}
      data-outcome={outcome}
      data-family={familyOfResult(result)}
      open={outcome === 'differs'}
    >
      <summary>
        <span class={`mark ${outcome}`}>{marks[outcome]}</span>
        {lies.length > 0 && <span class="mark lie">claimed, not so</span>} <b>{legibleText(scenario.title)}</b>{' '}
        <span class="quiet">
          {legibleText(nameOf(result))}
          {outcome === 'notRun' ? '' : `, ${ms} ms`}
        </span>
      </summary>
      <Sentences result={result} />
      <Tale result={result} />
      <LedgerView ledgers={result.ledgers} />
      <Wire result={result} />
      <Pictures result={result} />
    </details>
  )
}

function Sentences({ result: { reason, differences, lies, bundle } }: { result: ScenarioResult }) {
  const others = differences.filter((each) => !lies.includes(each))
  return (
    <>
      {reason !== null && <p>Not run: {legibleText(reason)}</p>}
      <List title="Claimed, not so" sentences={lies} />
      <List title="Not as it should be" sentences={others} />
      {bundle !== null && (
        <p>
          Repeat it by <code>sloop run --bundle {legibleText(bundle)}</code>
        </p>
      )}
    </>
  )
}

function List({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <div class="problem">
      <h3>{title}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li>{legibleLines(sentence).join('\n')}</li>
        ))}
      </ul>
    </div>
  )
}

/** What is not as usual while a story is told. */
function Circumstance({ what, is }: { what: string; is: object | undefined }) {
  if (is === undefined) return null
  return (
    <p>
      {what}: <code>{legibleText(JSON.stringify(is))}</code>
    </p>
  )
}

function Tale({ result }: { result: ScenarioResult }) {
  const { notes = [], clauses, bugs = [], steps, given, conditions } = result.scenario
  return (
    <div class="tale">
      <div>
        {notes.map((note) => (
          <p>{legibleText(note)}</p>
        ))}
        <Circumstance what="World" is={given} />
        <Circumstance what="Conditions" is={conditions} />
        <h3>What is done</h3>
        <ol>
          {steps.map((step) => (
            <li>{legibleText(stepInWords(step))}</li>
          ))}
        </ol>
        <p class="quiet">
          {legibleText([...clauses, ...(bugs.length === 0 ? [] : [`bugs ${bugs.join(', ')}`])].join(' · '))}
        </p>
      </div>
      <div>
        <ProvenView result={result} />
      </div>
    </div>
  )
}

function Wire({ result }: { result: ScenarioResult }) {
  const { world } = result.sight
  const entries = entriesOfResult(result)
  if (entries.length === 0) return null
  const story = fileNameOf(result)
  const messages = exchangesIn(entries).filter(({ first }) => first.document !== null)
  const withMessage = new Set(messages.map(({ first }) => first.seq))
  const href = (seq: number) => (withMessage.has(seq) ? `#${messageIdOf(story, seq)}` : `#${story}`)
  return (
    <>
      <h3>What went over the wire</h3>
      <div class="wire">
        <DiagramView diagram={makeDiagram(entries, participantsOf(world))} href={href} />
      </div>
      <MessagesView story={story} messages={messages} />
    </>
  )
}

function Pictures({ result: { sight } }: { result: ScenarioResult }) {
  if (sight.pictures.length === 0) return null
  return (
    <>
      <h3>What was on the screen at the end</h3>
      {sight.pictures.map(({ browser, png }) => (
        <figure>
          <img src={`data:image/png;base64,${Buffer.from(png).toString('base64')}`} alt={`the page in ${browser}`} />
          <figcaption class="quiet">{legibleText(browser)} browser</figcaption>
        </figure>
      ))}
    </>
  )
}
