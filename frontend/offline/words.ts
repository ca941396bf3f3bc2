import type { Language, Text } from '../../lib/verify/texts.ts'

const WORDS = {
  brand: ['论证', 'Lunzheng'],
  place: ['离线核验', 'Offline verifier'],
  intro: [
    '把证据包、论证报告或抽取证据放到这里。核验在本页内完成，本页不能联网，文件不会离开这台设备。',
    'Drop an evidence bundle, a review report or the evidence of a draw here. Everything is checked inside this page, which can’t reach a network: no file leaves this device.',
  ],
  choose: ['选择文件', 'Choose files'],
  trust: ['登记的公钥与根证书', 'Pinned keys and roots'],
  trust_hint: [
    '从公告或建管中心、住建局的公函取得，不要用证据包里附的。不给时只能核验内容是否一致，不知出自何人。',
    'Take them from a notice or a letter of the centre and the authority, never from the bundle itself. Without them the page can tell whether all is consistent, but not whose it is.',
  ],
  choose_trust: ['选择公钥与根证书', 'Choose keys and roots'],
  trust_none: ['还没有选择', 'None chosen yet'],
  busy: ['正在核验', 'Verifying'],
  done_one: ['核验完毕', 'Verified'],
  steps: ['核验步骤', 'Steps'],
  passed: ['相符', 'Holds'],
  failed: ['不符', 'Fails'],
  step: ['查什么', 'Check'],
  bytes: ['查的内容', 'On which bytes'],
  outcome: ['结果', 'Outcome'],
  show_bytes: ['字节与指纹', 'Bytes and fingerprints'],
  size: ['字节', 'bytes'],
  again: ['重新核验', 'Verify again'],
  trust_bad: ['这份证书读不出来', 'This certificate can’t be read'],
  broke: [
    '核验程序出错，不能据此判断文件真伪',
    'The verifier itself failed; this says nothing about the file',
  ],
  not_checked: [
    '未核验：证书是否在本次核验之后被吊销；证据之外的事项。',
    'Not checked: whether a certificate was revoked later than the evidence tells; anything outside these files.',
  ],
  language: ['English', '中文'],
} as const satisfies Record<string, Text>

export type Word = keyof typeof WORDS

export function say(word: Word, language: Language): string {
  return WORDS[word][language === 'zh' ? 0 : 1]
}
