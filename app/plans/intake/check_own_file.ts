import type { CheckedFile } from '#lib/pdf_intake/check_file'

/**
 * The check of an upload for a file that this installation made itself: the same questions, without the
 * process that keeps a hostile file from harm. Loaded when it is needed, since it brings a PDF reader along.
 */
export async function checkOwnFile(path: string): Promise<CheckedFile> {
  const { checkFile } = await import('#lib/pdf_intake/check_file')
  return checkFile(path, () => undefined)
}
