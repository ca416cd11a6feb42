import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { partnerChangeSchema, partnersListSchema } from '../control/partner-schema.ts'
import { ControlError, startLab } from '../index.ts'

async function labWithPartners() {
  const lab = await startLab({ applications: [], partners: [{ name: 'wiki' }, { name: 'mail', temper: 'silent' }] })
  onTestFinished(() => lab.close())
  const { wiki = '', mail = '' } = lab.partnerUrls
  const before = [
    { name: 'wiki', url: wiki, entityId: wiki, temper: 'polite' },
    { name: 'mail', url: mail, entityId: mail, temper: 'silent' },
  ]
  return { lab, before }
}

test('partners are listed in the order of the world, and change their temper while they run', async () => {
  const { lab, before } = await labWithPartners()
  expect(await lab.partners.list()).toEqual({ partners: before })
  expect(await lab.partners.change('wiki', { temper: 'lying' })).toEqual({ ...before[0], temper: 'lying' })
  const after = await lab.partners.list()
  expect(after.partners.map(({ temper }) => temper)).toEqual(['lying', 'silent'])
  expect(partnersListSchema.parse(after)).toEqual(after)
})

test('an unknown partner and an unknown temper are refused with the nearest, and nothing changes', async () => {
  const { lab, before } = await labWithPartners()
  const unknown = lab.partners.change('wikki', { temper: 'lying' })
  await expect(unknown).rejects.toThrow(ControlError)
  await expect(unknown).rejects.toMatchObject({
    type: 'noSuchParty',
    message: 'there is no partner [wikki], did you mean wiki?',
    path: 'name',
  })
  for (const [change, message] of [
    [{ temper: 'lieing' }, 'temper: expected one of polite, slow,'],
    [{}, 'temper: expected one of polite, slow,'],
    [{ tempr: 'lying' }, 'tempr: unknown key, did you mean temper?'],
    [null, 'expected a mapping, found nothing'],
  ] as const) {
    const refused = lab.partners.change('wiki', change as never)
    await expect(refused).rejects.toThrow(ControlError)
    await expect(refused).rejects.toThrow(message)
  }
  expect(await lab.partners.list()).toEqual({ partners: before })
})

test('the schemas can be told to programs as JSON Schema', () => {
  expect(z.toJSONSchema(partnerChangeSchema)).toMatchObject({ required: ['temper'], additionalProperties: false })
  expect(z.toJSONSchema(partnersListSchema)).toMatchObject({ required: ['partners'] })
})
