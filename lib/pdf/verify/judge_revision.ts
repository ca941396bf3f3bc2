import type { CosFile, Section } from '../cos/file.ts'
import { dictOf, entry, serialize, type CosDict } from '../cos/values.ts'
import { fieldFont } from '../sign/field_font.ts'
import type { SignatureField } from '../sign/fields.ts'
import { timeShown } from './appearance_policy.ts'
import type { Finding, FindingCode } from './findings.ts'
import type { ObjectRoles } from './object_roles.ts'
import { isApproval, sameBut } from './signature_dictionary.ts'

/** What is the same for every revision after the certified one. */
export type RevisionContext = {
  file: CosFile
  certified: number
  fields: readonly SignatureField[]
  roles: ObjectRoles
}

/** The field that a revision fills, with its signature object, and the time its appearance shows. */
export type FilledField = { field: SignatureField; signature: number; shown: Date | undefined }
export type RevisionJudgement = { filled: FilledField | undefined; findings: Finding[] }

/**
 * Judges one revision after the certified one: it may fill one expected person's signature field (its /V, its
 * appearance) and nothing else, with every byte of it accounted for. DocMDP P=2 and FieldMDP, taken strictly.
 */
export function judgeRevision(context: RevisionContext, revision: number): RevisionJudgement {
  const { file, certified, roles } = context
  const section = file.sections[revision]!
  const number = revision - certified + 1
  const findings: Finding[] = []
  const report = (code: FindingCode, rest: Partial<Finding> = {}) =>
    void findings.push({ code, revision: number, ...rest })
  if (!trailerKept(file, revision)) report('trailer_changed')
  const candidates = context.fields.filter((field) => fills(file, field, revision))
  if (candidates.length === 0) report('revision_without_signature')
  if (candidates.length > 1) report('several_signatures_in_revision')
  const [field] = candidates
  const filled = field && candidates.length === 1 ? judgeField(context, field, revision, report) : undefined
  const expected = new Set(filled ? [filled.field.object, filled.field.appearance, filled.signature] : [])
  for (const [object, { free }] of section.entries) {
    if (free) report('object_freed', { object })
    else if (!expected.has(object)) {
      const { code, page } = roles.changeOf(
        object,
        file.object(object, revision - 1),
        file.object(object, revision)
      )
      report(code, { object, ...(page ? { page } : {}) })
    }
  }
  if (!everyByteListed(file, section, revision)) report('revision_junk')
  return { filled, findings }
}

/** Whether the revision puts a value into a field that had none. */
function fills(file: CosFile, field: SignatureField, revision: number): boolean {
  if (!file.sections[revision]!.entries.has(field.object)) return false
  return (
    entry(file.object(field.object, revision), 'V') !== undefined &&
    entry(file.object(field.object, revision - 1), 'V') === undefined
  )
}

type Report = (code: FindingCode, rest?: Partial<Finding>) => void

function judgeField(
  context: RevisionContext,
  field: SignatureField,
  revision: number,
  report: Report
): FilledField | undefined {
  const { file, roles } = context
  const page = roles.pageOf(field)
  const place = { field: field.name, ...(page ? { page } : {}) }
  const before = dictOf(file.object(field.object, revision - 1))
  const after = dictOf(file.object(field.object, revision))
  const value = after?.entries.get('V')
  if (!before || !after || value?.kind !== 'ref' || !sameBut(before, after, 'V'))
    return void report('field_changed', place)
  if (field.kind !== 'person')
    return void report(field.kind === 'archive' ? 'archive_field_filled' : 'field_signed_twice', place)
  const isNew =
    file.sections[revision]!.entries.has(value.number) && !file.entryOf(value.number, revision - 1)
  const signature = file.object(value.number, revision)
  if (!isNew || signature?.kind !== 'dict' || !isApproval(signature, field.name))
    report('signature_dictionary_invalid', place)
  const shown = judgeAppearance(context, field, revision)
  if (!shown) report('appearance_not_allowed', place)
  return { field, signature: value.number, shown }
}

function judgeAppearance(
  { file, certified }: RevisionContext,
  field: SignatureField,
  revision: number
): Date | undefined {
  const before = file.object(field.appearance, revision - 1)
  const after = file.object(field.appearance, revision)
  if (before?.kind !== 'stream' || after?.kind !== 'stream' || !sameBut(before.dict, after.dict, 'Length'))
    return undefined
  return timeShown(after.data, field.expected?.name ?? '', fieldFont(file, before, certified))
}

/** Root, Info, ID as before, /Size one past the highest object, no other keys. */
function trailerKept(file: CosFile, revision: number): boolean {
  const { trailer, entries } = file.sections[revision]!
  const before: CosDict = file.sections[revision - 1]!.trailer
  const size = trailer.entries.get('Size')
  const sizeBefore = before.entries.get('Size')
  if (size?.kind !== 'number' || sizeBefore?.kind !== 'number') return false
  const kept = ['Root', 'Info', 'ID'].every((key) => {
    const [was, is] = [before.entries.get(key), trailer.entries.get(key)]
    return was !== undefined && is !== undefined && serialize(was) === serialize(is)
  })
  return (
    kept &&
    trailer.entries.size === 5 &&
    size.value >= sizeBefore.value &&
    [...entries.keys()].every((object) => object < size.value)
  )
}

/** From the end of the revision before to the table, there are the objects listed, and single line ends between. */
function everyByteListed(file: CosFile, section: Section, revision: number): boolean {
  let position = file.sections[revision - 1]!.end
  const objects = [...section.entries]
    .filter(([, { free }]) => !free)
    .sort(([, a], [, b]) => a.offset - b.offset)
  for (const [number, entry] of objects) {
    if (entry.offset !== position) return false
    const { end } = file.objectAt(number, entry, revision)
    if (file.bytes[end] !== 0x0a) return false
    position = end + 1
  }
  return position === section.start
}
