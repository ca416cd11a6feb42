import { z } from 'zod'
import { row } from './change-row.ts'
import { type Parameter, parameterRoles } from './parameter.ts'

const extra: Parameter = { role: 'extra', signed: 'extra=1', sent: 'extra=1' }

export const parameters = row({
  point: 'envelope',
  values: z.array(z.enum(parameterRoles)).max(20),
  says: 'Sends these parameters of the query, in this order; what is left out is left out, what is named twice is sent twice.',
  onTheWire:
    'The signature is over what the binding says, whatever is sent. extra is extra=1; what the message has not is passed over.',
  bugs: ['A2', 'A7', 'A15', 'A19'],
  whyNot: (_value, { draft: { to } }) =>
    to.way === 'redirect' ? undefined : 'there is no query, and this message goes by another binding',
  make: (sent, roles) => roles.flatMap((role) => [...sent, extra].filter((parameter) => parameter.role === role)),
})
