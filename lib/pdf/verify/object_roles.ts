import type { CosFile } from '../cos/file.ts'
import { entry, nameIn, type CosValue } from '../cos/values.ts'
import type { SignatureField } from '../sign/fields.ts'
import type { FindingCode } from './findings.ts'

type Role = { code: FindingCode; page?: number }

/** What each object of the certified revision is for, so that a change to it can be named. */
export class ObjectRoles {
  readonly pages: number[] = []
  private readonly roles = new Map<number, Role>()
  private readonly visited = new Set<number>()
  private readonly file: CosFile
  private readonly revision: number

  constructor(file: CosFile, revision: number, fields: readonly SignatureField[]) {
    this.file = file
    this.revision = revision
    const { entries } = file.sections[revision]!.trailer
    const catalog = file.catalog(revision)
    this.readPages(entry(catalog, 'Pages'))
    this.assign(entries.get('Root'), { code: 'catalog_changed' })
    this.assign(entries.get('Info'), { code: 'info_changed' })
    this.assign(entry(catalog, 'Metadata'), { code: 'metadata_changed' })
    this.assign(entry(catalog, 'StructTreeRoot'), { code: 'structure_changed' })
    this.assign(entry(catalog, 'AcroForm'), { code: 'form_changed' })
    for (const field of fields) {
      const page = this.pageOf(field)
      this.roles.set(field.object, { code: 'field_changed', ...(page ? { page } : {}) })
      this.roles.set(field.appearance, { code: 'appearance_changed', ...(page ? { page } : {}) })
    }
  }

  /** The page, from 1, that a field's widget is on. */
  pageOf(field: SignatureField): number | undefined {
    const page = entry(field.dict, 'P')
    const index = page?.kind === 'ref' ? this.pages.indexOf(page.number) : -1
    return index < 0 ? undefined : index + 1
  }

  /** Names the change of an object from one revision to the next. */
  changeOf(number: number, before: CosValue | undefined, after: CosValue | undefined): Role {
    const page = this.pages.indexOf(number)
    if (page >= 0) return { code: this.pageChange(before, after), page: page + 1 }
    const known = this.roles.get(number)
    if (known) return known
    if (!before)
      return {
        code:
          nameIn(after, 'Type') === 'Annot' || nameIn(after, 'Subtype') === 'Widget'
            ? 'annotation_added'
            : 'object_added',
      }
    return { code: codeByType(nameIn(before, 'Type')) }
  }

  private pageChange(before: CosValue | undefined, after: CosValue | undefined): FindingCode {
    const same = (key: string) => JSON.stringify(entry(before, key)) === JSON.stringify(entry(after, key))
    if (!same('Contents')) return 'page_content_replaced'
    return same('Annots') ? 'page_changed' : 'annotation_added'
  }

  private assign(value: CosValue | undefined, role: Role): void {
    if (value?.kind === 'ref' && !this.roles.has(value.number)) this.roles.set(value.number, role)
  }

  private readPages(node: CosValue | undefined, depth = 0): void {
    // Each node once: a tree that loops or branches back must not cost more than its nodes.
    if (node?.kind !== 'ref' || depth > 20 || this.visited.has(node.number)) return
    this.visited.add(node.number)
    const dict = this.file.resolve(node, this.revision)
    const kids = this.file.resolve(entry(dict, 'Kids'), this.revision)
    if (kids?.kind === 'array') {
      this.assign(node, { code: 'page_order_changed' })
      for (const kid of kids.items) this.readPages(kid, depth + 1)
      return
    }
    const page = this.pages.push(node.number)
    const contents = entry(dict, 'Contents')
    for (const stream of contents?.kind === 'array' ? contents.items : [contents])
      this.assign(stream, { code: 'page_content_replaced', page })
    this.readFonts(entry(dict, 'Resources'))
  }

  private readFonts(resources: CosValue | undefined): void {
    const fonts = this.file.resolve(entry(this.file.resolve(resources, this.revision), 'Font'), this.revision)
    this.assign(resources, { code: 'font_changed' })
    if (fonts?.kind !== 'dict') return
    for (const reference of fonts.entries.values()) {
      if (reference.kind === 'ref' && this.roles.has(reference.number)) continue
      const font = this.file.resolve(reference, this.revision)
      const descendants = this.file.resolve(entry(font, 'DescendantFonts'), this.revision)
      const descendant = descendants?.kind === 'array' ? descendants.items[0] : undefined
      const descriptor = entry(this.file.resolve(descendant, this.revision), 'FontDescriptor')
      const program = entry(this.file.resolve(descriptor, this.revision), 'FontFile2')
      for (const part of [reference, entry(font, 'ToUnicode'), descendant, descriptor, program])
        this.assign(part, { code: 'font_changed' })
    }
  }
}

function codeByType(type: string | undefined): FindingCode {
  switch (type) {
    case 'Sig':
      return 'signature_replaced'
    case 'Annot':
      return 'annotation_changed'
    case 'StructElem':
      return 'structure_changed'
    case 'Font':
    case 'FontDescriptor':
      return 'font_changed'
    default:
      return 'object_changed'
  }
}
