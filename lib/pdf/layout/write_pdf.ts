import { createHash } from 'node:crypto'
import { PDFDocument, PDFHexString, PDFName, type PDFContext, type PDFRef } from 'pdf-lib'
import { concat, latin1, type Bytes } from '../../pki/bytes.ts'
import { pageContent, usedCharacters } from './content.ts'
import { embedFonts } from './embed_fonts.ts'
import { PAGE, type Flow } from './flow.ts'
import { signatureField } from './signature_fields.ts'
import { structureTree, type TaggedPage, type TaggedWidget } from './structure.ts'

export type DocumentInfo = {
  title: string
  subject: string
  createdAt: Date
  identity: string
  fieldText: string
}

/**
 * The laid-out document as PDF/A-2u, tagged, one contiguous cross-reference section, the same bytes for the
 * same input. `fieldText` is what signatures will need to write later: its glyphs are embedded now, so that
 * no signature has to add a font.
 */
export async function writePdf(flow: Flow, info: DocumentInfo): Promise<Bytes> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const { context } = document
  const used = usedCharacters(
    flow.pages.flatMap(({ ops }) => ops),
    flow.fonts
  )
  const forFields = usedCharacters(
    [
      {
        kind: 'text',
        x: 0,
        y: 0,
        size: 1,
        weight: 'regular',
        text: info.fieldText,
        colour: [0, 0, 0],
        spacing: 0,
        tag: undefined,
      },
    ],
    flow.fonts
  )
  for (const [face, characters] of forFields)
    used.set(face, new Set([...(used.get(face) ?? []), ...characters]))
  const fonts = await embedFonts(context, flow.fonts, used)
  const resources = context.register(
    context.obj({
      Font: Object.fromEntries([...fonts.values()].map(({ resource, ref }) => [resource, ref])),
    })
  )
  const tagged: TaggedPage[] = []
  const widgets: TaggedWidget[] = []
  for (const [index, page] of flow.pages.entries()) {
    const node = document.addPage([PAGE.width, PAGE.height])
    const { source, marks } = pageContent(page.ops, flow.fonts, fonts)
    node.node.set(PDFName.of('Resources'), resources)
    node.node.set(PDFName.of('Contents'), context.register(context.flateStream(source)))
    node.node.set(PDFName.of('StructParents'), context.obj(index))
    node.node.set(PDFName.of('Tabs'), PDFName.of('S'))
    for (const field of page.fields) {
      const key = flow.pages.length + widgets.length
      const widget = signatureField(context, field, node.ref, key, fonts.get('regular')!.ref)
      widgets.push({ tag: field.tag, page: node.ref, widget, key })
    }
    const annotations = widgets.filter((widget) => widget.page === node.ref).map(({ widget }) => widget)
    if (annotations.length > 0) node.node.set(PDFName.of('Annots'), context.obj(annotations))
    tagged.push({ page: node.ref, marks })
  }
  const { catalog } = document
  catalog.set(PDFName.of('StructTreeRoot'), structureTree(context, flow.root, tagged, widgets))
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }))
  catalog.set(
    PDFName.of('AcroForm'),
    context.register(context.obj({ Fields: widgets.map(({ widget }) => widget), SigFlags: 3 }))
  )
  catalog.set(
    PDFName.of('Outlines'),
    outlines(
      context,
      flow,
      tagged.map(({ page }) => page)
    )
  )
  setMetadata(document, info)
  document.convertToPDFA({ conformance: '2U' })
  const bytes = await document.save({
    useObjectStreams: false,
    updateFieldAppearances: false,
    addDefaultPage: false,
  })
  return concat(bytes, bytes.at(-1) === 0x0a ? latin1('') : latin1('\n'))
}

function setMetadata(document: PDFDocument, info: DocumentInfo): void {
  document.setTitle(info.title)
  document.setSubject(info.subject)
  document.setLanguage('zh-CN')
  document.setProducer('论证 Lunzheng')
  document.setCreator('论证 Lunzheng')
  document.setCreationDate(info.createdAt)
  document.setModificationDate(info.createdAt)
  const id = PDFHexString.of(createHash('sha256').update(info.identity).digest('hex').slice(0, 32))
  document.context.trailerInfo.ID = document.context.obj([id, id])
}

function outlines(context: PDFContext, flow: Flow, pages: readonly PDFRef[]): PDFRef {
  const root = context.nextRef()
  const refs = flow.bookmarks.map(() => context.nextRef())
  for (const [index, { title, page, y }] of flow.bookmarks.entries()) {
    const item = context.obj({ Parent: root, Dest: [pages[page]!, 'XYZ', null, Math.round(y), null] })
    item.set(PDFName.of('Title'), PDFHexString.fromText(title))
    if (index > 0) item.set(PDFName.of('Prev'), refs[index - 1]!)
    if (index < refs.length - 1) item.set(PDFName.of('Next'), refs[index + 1]!)
    context.assign(refs[index]!, item)
  }
  context.assign(
    root,
    context.obj({ Type: 'Outlines', First: refs[0]!, Last: refs.at(-1)!, Count: refs.length })
  )
  return root
}
