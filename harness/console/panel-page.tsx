import { legibleText } from '#server/legible-text'
import type { ControlError } from '../control/control-error.ts'
import type { DescribedOperation } from '../control/describe-operations.ts'
import { diagramStyle } from '../diagram/diagram-style.ts'
import { Layout } from '../pages/layout.tsx'
import { consoleStyle } from './console-style.ts'
import { type FormField, formFields } from './form-fields.ts'
import { Links } from './links.tsx'

export const panelParts = { styles: [diagramStyle, consoleStyle], hasForms: true } as const

interface PanelProps {
  readonly operations: readonly DescribedOperation[]
  readonly chosen: DescribedOperation
  readonly root: string
  readonly at: string
  /** What was sent last. */
  readonly form?: URLSearchParams
  readonly refusal?: ControlError
  /** What was answered, as JSON. */
  readonly answer?: string
}

/** A form for every operation that changes something, or that is asked more than a link can say. */
export function PanelPage({ operations, chosen, root, at, form, refusal, answer }: PanelProps) {
  return (
    <Layout title={chosen.name} about={at} {...panelParts} links={<Links root={root} current="panel" />}>
      <div class="beside">
        <nav class="contents" aria-label="Operations">
          <h2>Operations</h2>
          <ul>
            {operations.map(({ name }) => (
              <li>
                <a
                  href={`${root}console/panel?operation=${name}`}
                  aria-current={name === chosen.name ? 'page' : undefined}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main">
          <h1>{chosen.name}</h1>
          <p>{chosen.says}</p>
          {refusal !== undefined && (
            <p class="problem" role="alert">
              {legibleText(refusal.message)}
            </p>
          )}
          {answer !== undefined && (
            <section class="card" aria-labelledby="answer" role="status">
              <h2 id="answer">Done</h2>
              {answer !== '' && <pre>{answer.split('\n').map(legibleText).join('\n')}</pre>}
            </section>
          )}
          <form method="post" action={`${root}console/${chosen.name}`} class="card fields-of">
            {formFields(chosen).map((field) => (
              <Field field={field} said={form?.get(field.name)} refusal={refusal} />
            ))}
            <button type="submit">{chosen.name}</button>
          </form>
        </main>
      </div>
    </Layout>
  )
}

interface FieldProps {
  readonly field: FormField
  readonly said: string | null | undefined
  readonly refusal: ControlError | undefined
}

function Field({ field: { name, type, required, means, choices, value }, said, refusal }: FieldProps) {
  const isWrong = refusal?.path !== undefined && `${refusal.path}.`.startsWith(`${name}.`)
  const content = said ?? value
  const attributes = {
    ...{ id: name, name, 'aria-describedby': `about-${name}` },
    ...(isWrong && { 'aria-invalid': true }),
  } as const
  return (
    <div class="field">
      <label for={name}>
        <code>{name}</code> {required && <span class="quiet">needed</span>}
      </label>
      {choices === undefined ? (
        <input {...attributes} value={content} autocomplete="off" spellcheck={false} />
      ) : (
        <select {...attributes}>
          {[...(required ? [] : ['']), ...choices].map((each) => (
            <option value={each} selected={each === content}>
              {each}
            </option>
          ))}
        </select>
      )}
      <small id={`about-${name}`} class="quiet">
        {isWrong && <b class="bad">{legibleText(refusal.message)} </b>}
        {means} {choices === undefined && <code>{type}</code>}
      </small>
    </div>
  )
}
