import { object, type Read, text } from './shape.ts'

/** Where a rule or a value comes from: a source of the file, the place in Chinese, its English gloss. */
export const clause = object({ source: text, at: text, en: text })
export type Clause = Read<typeof clause>
