import type { Language } from '#lib/verify/texts'

/** Chinese first, unless the environment speaks another language. */
export function preferredLanguage(environment: NodeJS.ProcessEnv): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  return locale === '' || locale === 'C' || /^(zh|C\.|POSIX)/.test(locale) ? 'zh' : 'en'
}

export const HELP: Record<Language, string> = {
  zh: `用法：npm run verify -- 文件或目录 … [--trust 文件或目录] [--json] [--lang zh|en]
离线核验论证报告（PDF）、专家抽取与回看抽查的证据（JSON）、证据包（ZIP）和存证日志（含 checkpoint 与 tile 的
目录），不用服务器和数据库。
  --trust  登记的公钥与根证书；不给时用本机安装的（VAR_DIR/trust）；都没有时，最好的结论是“不知出自何人”
  --json   结果为 JSON，每个原因有代码和中英文
  --lang   文字用中文（zh）或英文（en）
  --help   显示本说明
结果：0 真实，1 不真实或不知出自何人，2 无法读取或用法不对；有多个文件时取最差的。
`,
  en: `usage: npm run verify -- FILE|DIR … [--trust FILE|DIR] [--json] [--lang zh|en]
Verifies review reports (PDF), evidence of draws and spot checks (JSON), evidence bundles (ZIP) and ledgers (a folder
with checkpoint and tile), offline, without server or database.
  --trust  pinned keys and root certificates; this installation's own (VAR_DIR/trust) when left out; with
           neither the best result is: signer unknown
  --json   the result as JSON, each reason by its code and in both languages
  --lang   words in Chinese (zh) or English (en)
  --help   this text
Ends with 0 genuine, 1 not genuine or signer unknown, 2 unreadable or misuse; of several files with the worst.
`,
}
