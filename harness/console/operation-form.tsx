import { legibleText } from '#server/legible-text'
import type { DescribedOperation } from '../control/describe-operations.ts'
import { FieldView, isAbout, type Refused } from './field-view.tsx'
import { exampleHere, fieldsHere } from './fields-here.ts'
import { type FormField, formFields } from './form-fields.ts'
import type { KnownHere } from './known-here.ts'

interface FormProps {
  readonly operation: DescribedOperation
  readonly known: KnownHere
  readonly root: string
  /** What was sent; undefined where nothing was yet. */
  readonly form?: URLSearchParams | undefined
  readonly refused?: Refused | undefined
}

/** The form of an operation, from its schema and from what there is here; what can be wrong about a message is a part of its own. */
export function OperationForm({ operation, known, root, form, refused }: FormProps) {
  const fields = fieldsHere(formFields(exampleHere(operation, known)), operation, known).map((field) =>
    form === undefined ? field : { ...field, value: form.get(field.name) ?? '' },
  )
  const ofChange = fields.filter(isOfChange)
  const change = operation.fields.find(({ name }) => name === 'change')
  return (
    <form method="post" action={`${root}console/${operation.name}`} class="card fields-of">
      <Fields fields={fields.filter((field) => !isOfChange(field))} refused={refused} />
      {ofChange.length > 0 && <Change fields={ofChange} isNeeded={change?.required === true} refused={refused} />}
      <button type="submit">{operation.name}</button>
    </form>
  )
}

const isOfChange = ({ name }: FormField): boolean => name.startsWith('change.')

interface FieldsProps {
  readonly fields: readonly FormField[]
  readonly refused: Refused | undefined
}

function Fields({ fields, refused }: FieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <FieldView field={field} problem={isAbout(refused, field.name) ? refused?.says : undefined} />
      ))}
    </>
  )
}

/** Folded where nothing is wrong, and nothing need be. */
function Change({ fields, isNeeded, refused }: FieldsProps & { isNeeded: boolean }) {
  const isOpen = isNeeded || isAbout(refused, 'change') || fields.some(({ value }) => value !== '')
  return (
    <details open={isOpen}>
      <summary>
        <code>change</code> <span class="quiet">{isNeeded ? 'needed: one at least' : 'what is wrong on purpose'}</span>
      </summary>
      {refused?.field === 'change' && <p class="bad">{legibleText(refused.says)}</p>}
      <div class="keys">
        <Fields fields={fields} refused={refused} />
      </div>
    </details>
  )
}
