import { entry, nameIn, serialize, textOf, type CosDict, type CosValue } from '../cos/values.ts'

const KEYS = ['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'Name', 'M', 'Reference']
const DATE = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\+08'00'$/

/** Whether the dictionary has exactly the entries that this product writes for an approval signature. */
export function isApproval(dict: CosDict, fieldName: string): boolean {
  const references = entry(dict, 'Reference')
  return (
    hasOwnKeys(dict) &&
    references?.kind === 'array' &&
    references.items.length === 1 &&
    locksOnly(references.items[0], fieldName)
  )
}

/** The same for the certification: DocMDP P=2 beside the lock of its own field (ISO 32000-1, 12.8.2.2). */
export function isCertification(dict: CosDict, fieldName: string): boolean {
  const references = entry(dict, 'Reference')
  if (!hasOwnKeys(dict) || references?.kind !== 'array' || references.items.length !== 2) return false
  const [certification, lock] = references.items
  const level = entry(entry(certification, 'TransformParams'), 'P')
  return (
    nameIn(certification, 'TransformMethod') === 'DocMDP' &&
    level?.kind === 'number' &&
    level.value === 2 &&
    locksOnly(lock, fieldName)
  )
}

function hasOwnKeys(dict: CosDict): boolean {
  const keys = [...dict.entries.keys()]
  return (
    keys.length === KEYS.length &&
    KEYS.every((key) => dict.entries.has(key)) &&
    nameIn(dict, 'Type') === 'Sig' &&
    nameIn(dict, 'Filter') === 'Adobe.PPKLite' &&
    nameIn(dict, 'SubFilter') === 'ETSI.CAdES.detached'
  )
}

function locksOnly(reference: CosValue | undefined, fieldName: string): boolean {
  const parameters = entry(reference, 'TransformParams')
  const fields = entry(parameters, 'Fields')
  return (
    nameIn(reference, 'TransformMethod') === 'FieldMDP' &&
    nameIn(parameters, 'Action') === 'Include' &&
    fields?.kind === 'array' &&
    fields.items.length === 1 &&
    textOf(fields.items[0]) === fieldName
  )
}

/** The time claimed in /M; undefined when it is not written as this product writes it. */
export function claimedTime(dict: CosDict): Date | undefined {
  const match = DATE.exec(textOf(entry(dict, 'M')) ?? '')
  if (!match) return undefined
  const [, year, month, day, hour, minute, second] = match
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
}

/** Whether the two dictionaries say the same but for the entries named. */
export function sameBut(before: CosDict, after: CosDict, ...changed: string[]): boolean {
  const rest = (dict: CosDict) =>
    [...dict.entries]
      .filter(([key]) => !changed.includes(key))
      .map(([key, value]) => `${key} ${serialize(value)}`)
  return rest(before).sort().join('\n') === rest(after).sort().join('\n')
}
